-- title:     Counting sites of an open data portal (Eco-Compteur) | Sites de comptage d'un portail (Eco-Compteur)
-- into:      footfall_site
-- access:    open
-- geometry:  none
-- weight:    -1
-- key:       code
-- method:    user_type undefined counts everybody: set aside, like bicycles
-- reject:    code_missing | no name | pas de nom
-- reject:    not_pedestrian | the site does not count pedestrians only | le site ne compte pas que des piétons | expected
-- reject:    position_missing | no usable position | pas de position utilisable
--
-- code      = name, nom
-- user_type = user_type, type_usager
-- lat_lon   = geo, geo_point_2d, coordinates, coordonnees, geolocation
SELECT code,
       code AS name,
       st_x(geom) AS x_m,
       st_y(geom) AS y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN slug(user_type) NOT IN ('pedestrian', 'pedestrians', 'pieton', 'pietons') THEN 'not_pedestrian'
            WHEN geom IS NULL THEN 'position_missing' END AS rejected
FROM (SELECT nullif(trim(code), '') AS code,
             user_type,
             metric_point(decimal(substr(lat_lon, instr(lat_lon, ',') + 1)),
                          decimal(substr(lat_lon, 1, instr(lat_lon, ',') - 1)), 'EPSG:4326') AS geom
      FROM source
      LIMIT -1);
