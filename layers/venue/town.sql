-- title:     Venues, plain format or a town's own points | Équipements, format simple ou points d'une ville
-- into:      venue
-- access:    open
-- geometry:  point
-- named:     *venue*, *equip*, *cultur*, poles*, *_poles*, *-poles*, *loisir*, *musee*, *bibliotheque*
-- weight:    -1
-- key:       code
-- method:    culture is what the column is_culture says, else unknown
-- reject:    name_missing | no name | pas de nom
--
-- name       = name, nom, lieu, libelle, nom_equipement
-- code       ? venue_id, id, code, identifiant
-- venue_type ? venue_type, type, type_equipement, categorie
-- theme      ? theme
-- is_culture ? is_culture, culture
-- other      ! sensor_id, nb_places
SELECT coalesce(insee(code, 1), slug(:file_layer) || ' ' || source_row) AS code,
       name,
       venue_type,
       theme,
       whole(is_culture)                     AS is_culture,
       on_surface_x_m                        AS x_m,
       on_surface_y_m                        AS y_m,
       geom,
       CASE WHEN nullif(trim(name), '') IS NULL THEN 'name_missing' END AS rejected
FROM source;
