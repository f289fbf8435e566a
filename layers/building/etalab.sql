-- title:     Cadastre buildings (Etalab) | Bâtiments du cadastre (Etalab)
-- into:      building
-- publisher: DGFiP, Etalab
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- files:     *batiment*, *building*
-- vintage:   latest
-- key:       code
-- method:    the cadastre gives a building neither an id nor a parcel: its code is file and row; type 02 is a light building
--
-- type    = type
-- created = created, updated
-- commune ? commune
-- other   ! section, numero, prefixe, code, nature, fclass, contenance
SELECT slug(:file_layer) || ' ' || source_row                AS code,
       CASE type WHEN '01' THEN 0 WHEN '02' THEN 1 END       AS is_light,
       area_m2,
       centroid_x_m,
       centroid_y_m,
       on_surface_x_m,
       on_surface_y_m,
       geom,
       NULL                                                  AS rejected
FROM source;
