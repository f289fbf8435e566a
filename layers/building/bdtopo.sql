-- title:     BD TOPO buildings | Bâtiments de la BD TOPO
-- into:      building
-- publisher: IGN
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- key:       code
-- method:    floors, dwellings and height are often unknown (NULL), which is not zero; the year is that of the first appearance
-- reject:    code_missing | no id | pas d'identifiant
--
-- code         = cleabs, id
-- floors       = nombre_d_etages, nb_etages
-- height_m     = hauteur
-- dwellings    = nombre_de_logements, nb_logts
-- building_use ? usage_1, usage1
-- nature       ? nature
-- light        ? construction_legere, leger
-- appeared     ? date_d_apparition, date_app
SELECT code,
       coalesce(nullif(trim(building_use), ''), nature)      AS building_use,
       CASE slug(light) WHEN 'oui' THEN 1 WHEN 'true' THEN 1 WHEN '1' THEN 1
                        WHEN 'non' THEN 0 WHEN 'false' THEN 0 WHEN '0' THEN 0 END AS is_light,
       whole(floors)                                         AS floors,
       decimal(height_m)                                     AS height_m,
       whole(dwellings)                                      AS dwellings,
       year_in(substr(appeared, 1, 10))                      AS construction_year,
       area_m2,
       centroid_x_m,
       centroid_y_m,
       on_surface_x_m,
       on_surface_y_m,
       geom,
       CASE WHEN nullif(trim(code), '') IS NULL THEN 'code_missing' END AS rejected
FROM source;
