-- title:     BD TOPO road sections | Tronçons de route de la BD TOPO
-- into:      street
-- publisher: IGN
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  line
-- key:       code
-- method:    is_pedestrian: Sentier, Escalier, or light vehicles not admitted; the speed is a mean speed of light vehicles, not
--            a limit, and is kept as such only from 5 to 130 km/h
-- reject:    code_missing | no id | pas d'identifiant
--
-- code       = cleabs, id
-- nature     = nature
-- importance = importance
-- name       ? nom_voie_ban_gauche, nom_1_gauche, nom_collaboratif_gauche, nom_1_g, nom_voie_g
-- speed      ? vitesse_moyenne_vl, vit_moy_vl
-- cars       ? acces_vehicule_leger, acces_vl
-- cycle      ? amenagement_cyclable_gauche, cycl_g
SELECT code,
       name,
       nature                                                   AS road_class,
       nature IN ('Sentier', 'Escalier') OR coalesce(cars = 'Physiquement impossible', 0)
                                                                AS is_pedestrian,
       CASE WHEN whole(speed) BETWEEN 5 AND 130 THEN whole(speed) END
                                                                AS speed_limit_km_h,
       nature = 'Piste cyclable' OR nullif(trim(cycle), '') IS NOT NULL AS is_cycle,
       length_m,
       on_surface_x_m,
       on_surface_y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing' END           AS rejected
FROM source;
