-- title:     Off-street parking, national schema | Stationnement hors voirie, schéma national
-- into:      parking
-- publisher: schéma national du stationnement (Etalab)
-- access:    open
-- geometry:  none
-- key:       code
-- reject:    code_missing | no id | pas d'identifiant
-- reject:    position_missing | no usable longitude and latitude | pas de longitude et latitude utilisables
--
-- code            = id
-- spaces          = nb_places
-- lon             = xlong
-- lat             = ylat
-- name            ? nom
-- disabled_spaces ? nb_pmr
-- is_free         ? gratuit
-- parking_type    ? type_ouvrage
SELECT code,
       name,
       whole(spaces)                                     AS spaces,
       whole(disabled_spaces)                            AS disabled_spaces,
       CASE slug(is_free) WHEN 'true' THEN 1 WHEN 'oui' THEN 1 WHEN '1' THEN 1
                          WHEN 'false' THEN 0 WHEN 'non' THEN 0 WHEN '0' THEN 0 END AS is_free,
       parking_type,
       st_x(geom)                                        AS x_m,
       st_y(geom)                                        AS y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN geom IS NULL THEN 'position_missing' END AS rejected
FROM (SELECT nullif(trim(code), '') AS code, name, spaces, disabled_spaces, is_free, parking_type,
             metric_point(decimal(lon), decimal(lat), 'EPSG:4326') AS geom
      FROM source
      LIMIT -1);
