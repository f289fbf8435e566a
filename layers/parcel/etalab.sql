-- title:     Cadastre parcels (Etalab) | Parcelles cadastrales (Etalab)
-- into:      parcel
-- publisher: DGFiP, Etalab
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- files:     *parcelle*, *parcel*
-- vintage:   latest
-- key:       code
-- latest:    max(updated_year)
-- reject:    code_missing | no parcel id | pas d'identifiant de parcelle
-- reject:    code_not_14_characters | a parcel id has 14 characters | un identifiant de parcelle a 14 caractères
--
-- code           = id, idu_14, id_parcelle
-- section        = section
-- numero         = numero, number
-- fiscal_area_m2 ? contenance
-- updated        ? updated
SELECT code,
       decimal(fiscal_area_m2) AS fiscal_area_m2,
       whole(substr(updated, 1, 4)) AS updated_year,
       area_m2,
       centroid_x_m,
       centroid_y_m,
       on_surface_x_m,
       on_surface_y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN length(code) <> 14 THEN 'code_not_14_characters' END AS rejected
FROM source;
