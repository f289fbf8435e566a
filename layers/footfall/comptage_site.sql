-- title:     Counting sites, national schema | Sites de comptage, schéma national
-- into:      footfall_site
-- publisher: schéma national des comptages de mobilité (Etalab)
-- access:    open
-- geometry:  none
-- key:       code
-- reject:    code_missing | no site id | pas d'identifiant de site
-- reject:    position_missing | no usable longitude and latitude | pas de longitude et latitude utilisables
-- reject:    metres_as_degrees | coordinates too great for degrees: metres? | coordonnées trop grandes pour des degrés : des mètres ?
--
-- code = site_id
-- lon  = xlong
-- lat  = ylat
-- name = site_name
-- other ! channel_id
SELECT code,
       name,
       st_x(geom) AS x_m,
       st_y(geom) AS y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN abs(lon) > 360 OR abs(lat) > 90 THEN 'metres_as_degrees'
            WHEN geom IS NULL THEN 'position_missing' END AS rejected
FROM (SELECT code,
             name,
             decimal(lon) AS lon,
             decimal(lat) AS lat,
             metric_point(decimal(lon), decimal(lat), 'EPSG:4326') AS geom
      FROM source
      LIMIT -1);
