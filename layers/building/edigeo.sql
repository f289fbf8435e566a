-- title:     Cadastre buildings (PCI EDIGEO) | Bâtiments du cadastre (PCI EDIGEO)
-- into:      building
-- publisher: DGFiP
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- named:     *batiment_id*
-- key:       code
-- method:    one sheet; its objects' numbers are its own: the code is file and row; DUR 02 is a light building
--
-- object = object_rid
-- dur    = dur
SELECT slug(:file_name) || ' ' || source_row                 AS code,
       CASE dur WHEN '01' THEN 0 WHEN '02' THEN 1 END        AS is_light,
       area_m2,
       centroid_x_m,
       centroid_y_m,
       on_surface_x_m,
       on_surface_y_m,
       geom,
       NULL                                                  AS rejected
FROM source;
