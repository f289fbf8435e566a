-- title:     Places of Nantes Métropole's open data | Lieux de l'open data de Nantes Métropole
-- into:      venue
-- publisher: Nantes Métropole
-- licence:   ODbL 1.0
-- access:    open
-- geometry:  point
-- key:       code
-- method:    the name stands in a nested object; culture is the theme CULTURE
-- reject:    code_missing | no id | pas d'identifiant
--
-- code     = _idobj
-- theme    = libtheme
-- category = libcategorie
-- type     ? libtype
-- place    ? geo
SELECT insee(code, 1)                        AS code,
       coalesce(json_extract(place, '$.name'), place) AS name,
       coalesce(type, category)              AS venue_type,
       theme,
       theme = 'CULTURE'                     AS is_culture,
       on_surface_x_m                        AS x_m,
       on_surface_y_m                        AS y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing' END AS rejected
FROM source;
