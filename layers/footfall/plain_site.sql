-- title:     Counting sites, plain format | Sites de comptage, format simple
-- into:      footfall_site
-- access:    open
-- geometry:  point
-- key:       code
-- reject:    code_missing | no sensor id | pas d'identifiant de capteur
--
-- code = sensor_id
-- name ? name, nom
SELECT code,
       name,
       on_surface_x_m AS x_m,
       on_surface_y_m AS y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing' END AS rejected
FROM source;
