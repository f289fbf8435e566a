-- title:     Counting sites, national schema | Sites de comptage, schéma national
-- into:      footfall_site
-- publisher: schéma national des comptages de mobilité (Etalab)
-- access:    open
-- geometry:  none
-- key:       code
-- reject:    code_missing | no site id | pas d'identifiant de site
-- reject:    position_missing | no usable longitude and latitude | pas de longitude et latitude utilisables
--
-- code = site_id
-- lon  = xlong
-- lat  = ylat
-- name = site_name
-- other ! channel_id
SELECT code,
       name,
       st_x(metric_point(decimal(lon), decimal(lat), 'EPSG:4326')) AS x_m,
       st_y(metric_point(decimal(lon), decimal(lat), 'EPSG:4326')) AS y_m,
       metric_point(decimal(lon), decimal(lat), 'EPSG:4326')       AS geom,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN metric_point(decimal(lon), decimal(lat), 'EPSG:4326') IS NULL
            THEN 'position_missing' END AS rejected
FROM source;
