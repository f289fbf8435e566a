-- title:     Cadastre parcels (PCI EDIGEO) | Parcelles cadastrales (PCI EDIGEO)
-- into:      parcel
-- publisher: DGFiP
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- named:     *parcelle_id*
-- key:       code
-- method:    IDU has no département: it is that of the sheet in the archive's name (edigeo-130290000A01.tar.bz2)
-- reject:    code_missing | no IDU | pas d'IDU
-- reject:    department_unknown | the file's name does not begin with edigeo- and the sheet | le nom du fichier ne commence pas par edigeo- et la feuille
--
-- idu            = idu
-- object         = object_rid
-- fiscal_area_m2 ? supf
-- updated        ? update_date
SELECT substr(:file_name, 8, 2) || idu AS code,
       decimal(fiscal_area_m2)         AS fiscal_area_m2,
       whole(substr(updated, 1, 4))    AS updated_year,
       area_m2,
       centroid_x_m,
       centroid_y_m,
       on_surface_x_m,
       on_surface_y_m,
       geom,
       CASE WHEN idu IS NULL OR length(idu) <> 12 THEN 'code_missing'
            WHEN :file_name NOT GLOB 'edigeo-[0-9][0-9AB]*' THEN 'department_unknown' END AS rejected
FROM source;
