-- title:     Équipements, national schema (SCDL) | Équipements, schéma national (SCDL)
-- into:      venue
-- publisher: socle commun des données locales (OpenDataFrance)
-- access:    open
-- geometry:  none
-- key:       code
-- method:    culture is the theme « Équipement culturel »
-- reject:    code_missing | no id | pas d'identifiant
-- reject:    position_missing | no usable longitude and latitude | pas de longitude et latitude utilisables
--
-- code       = equip_uid
-- name       = equip_nom
-- theme      = equip_theme
-- lat        = equip_lat
-- lon        = equip_long
-- venue_type ? equip_type
SELECT code,
       name,
       coalesce(nullif(trim(venue_type), ''), theme) AS venue_type,
       theme,
       slug(theme) GLOB '*cultur*'                   AS is_culture,
       st_x(geom)                                    AS x_m,
       st_y(geom)                                    AS y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN geom IS NULL THEN 'position_missing' END AS rejected
FROM (SELECT nullif(trim(code), '') AS code, name, venue_type, theme,
             metric_point(decimal(lon), decimal(lat), 'EPSG:4326') AS geom
      FROM source
      LIMIT -1);
