-- title:     Parking of Nantes Métropole's open data | Stationnement de l'open data de Nantes Métropole
-- into:      parking
-- publisher: Nantes Métropole
-- licence:   ODbL 1.0
-- access:    open
-- geometry:  point
-- named:     *parking*, *stationnement*
-- weight:    1
-- key:       code
-- method:    bicycle stands and shared cars are among them: parking_type tells; no number of spaces
-- reject:    code_missing | no id | pas d'identifiant
--
-- code     = _idobj
-- theme    = libtheme
-- category = libcategorie
-- type     ? libtype
-- place    ? geo
SELECT insee(code, 1)                        AS code,
       coalesce(json_extract(place, '$.name'), place) AS name,
       coalesce(type, category)              AS parking_type,
       on_surface_x_m                        AS x_m,
       on_surface_y_m                        AS y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing' END AS rejected
FROM source;
