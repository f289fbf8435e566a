-- title:     Counting sites of a city's series | Sites de comptage d'une série municipale
-- into:      footfall_site
-- access:    open
-- geometry:  none
-- weight:    -1
-- key:       code
-- reject:    code_missing | no sensor id | pas d'identifiant de capteur
-- reject:    position_missing | no usable longitude and latitude | pas de longitude et latitude utilisables
--
-- code = location_id, sensor_id, camera_id, id_compteur, id
-- name = locname, location_name, sensor_description, sensor_name, nom_compteur
-- lon  = x_lon, longitude, lon
-- lat  = y_lat, latitude, lat
SELECT code,
       name,
       st_x(geom) AS x_m,
       st_y(geom) AS y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN geom IS NULL THEN 'position_missing' END AS rejected
FROM (SELECT nullif(trim(code), '') AS code,
             nullif(trim(name), '') AS name,
             metric_point(decimal(lon), decimal(lat), 'EPSG:4326') AS geom
      FROM source
      LIMIT -1);
