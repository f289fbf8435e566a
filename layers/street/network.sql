-- title:     Streets, plain format or a town's own network | Voies, format simple ou réseau propre à une ville
-- into:      street
-- access:    open
-- geometry:  line
-- weight:    -1
-- key:       code
-- method:    counter_code ties a pedestrian counter without coordinates to its street
-- reject:    code_missing | no id | pas d'identifiant
--
-- code             = street_id, id_troncon, id_voie, gid, fid, id
-- road_class       = road_class, type_chemin, type_voie, classe_voie
-- name             ? name, nom, nom_voie
-- is_pedestrian    ? is_pedestrian, pieton, pietonne
-- speed_limit_km_h ? speed_limit_km_h, vitesse, vitesse_max
-- is_cycle         ? is_cycle, cyclable
-- counter_code     ? counter_code, compteur
-- other            ! highway, fclass, cleabs
SELECT insee(code, 1)                                   AS code,
       name,
       insee(road_class, 1)                             AS road_class,
       whole(is_pedestrian)                             AS is_pedestrian,
       whole(speed_limit_km_h)                          AS speed_limit_km_h,
       whole(is_cycle)                                  AS is_cycle,
       nullif(trim(counter_code), '')                   AS counter_code,
       length_m,
       on_surface_x_m,
       on_surface_y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing' END   AS rejected
FROM source;
