-- title:     A town's own parking: points, streets or zones | Stationnement d'une ville : points, rues ou zones
-- into:      parking
-- access:    open
-- geometry:  feature
-- named:     *stationnement*, *parking*
-- weight:    -1
-- key:       code
-- method:    a street or a zone becomes a point on it; without a column of spaces they are unknown, not zero
--
-- name            ? nom_1_g, nom_voie, name, nom, libelle
-- code            ? parking_id, id, code, identifiant
-- spaces          ? spaces, nb_places, places, capacite, nbre_places
-- disabled_spaces ? disabled_spaces, nb_pmr, places_pmr
-- is_free         ? is_free, gratuit
-- parking_type    ? parking_type, usage, type_ouvrage, type_stationnement, type
-- label           = name, nom, libelle, nb_places, spaces, nom_1_g
-- other           ! libtheme, highway
SELECT code,
       name,
       spaces,
       disabled_spaces,
       is_free,
       parking_type,
       x_m,
       y_m,
       metric_point(x_m, y_m, 'store') AS geom,
       NULL AS rejected
FROM (SELECT coalesce(insee(code, 1), slug(:file_layer) || ' ' || source_row) AS code,
             nullif(trim(name), '')            AS name,
             whole(spaces)                     AS spaces,
             whole(disabled_spaces)            AS disabled_spaces,
             CASE slug(is_free) WHEN 'true' THEN 1 WHEN 'oui' THEN 1 WHEN '1' THEN 1
                                WHEN 'false' THEN 0 WHEN 'non' THEN 0 WHEN '0' THEN 0 END AS is_free,
             coalesce(nullif(trim(parking_type), ''),
                      CASE WHEN area_m2 > 0 THEN 'zone' WHEN length_m > 0 THEN 'street' END) AS parking_type,
             on_surface_x_m                    AS x_m,
             on_surface_y_m                    AS y_m
      FROM source
      LIMIT -1);
