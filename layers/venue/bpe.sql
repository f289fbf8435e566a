-- title:     Base permanente des équipements (BPE) | Base permanente des équipements (BPE)
-- into:      venue
-- publisher: INSEE
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  none
-- uses:      venue_type
-- key:       code
-- method:    culture is the sub-domain F3 (cinema, library, stage, museum, archive); a row has no id of its own: file and row
-- reject:    type_missing | no type | pas de type
-- reject:    position_missing | no usable coordinates | pas de coordonnées utilisables
--
-- venue_type = typequ
-- x          = lambert_x
-- y          = lambert_y
-- commune    ? depcom, geo
-- name       ? nomrs, libelle
SELECT code,
       coalesce(name, (SELECT t.name FROM venue_type AS t WHERE t.code = venue_type)) AS name,
       venue_type,
       (SELECT t.theme FROM venue_type AS t WHERE t.code = venue_type) AS theme,
       venue_type GLOB 'F3*'                                           AS is_culture,
       st_x(geom)                                                      AS x_m,
       st_y(geom)                                                      AS y_m,
       geom,
       CASE WHEN venue_type IS NULL THEN 'type_missing'
            WHEN geom IS NULL THEN 'position_missing' END              AS rejected
FROM (SELECT slug(:file_layer) || ' ' || source_row                    AS code,
             nullif(trim(name), '')                                    AS name,
             nullif(trim(venue_type), '')                              AS venue_type,
             metric_point(decimal(x), decimal(y),
                          CASE substr(insee(commune, 5), 1, 3)
                          WHEN '971' THEN 'EPSG:5490' WHEN '972' THEN 'EPSG:5490' WHEN '973' THEN 'EPSG:2972'
                          WHEN '974' THEN 'EPSG:2975' WHEN '976' THEN 'EPSG:4471' ELSE 'EPSG:2154' END) AS geom
      FROM source
      LIMIT -1);
