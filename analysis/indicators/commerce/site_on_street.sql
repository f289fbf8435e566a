-- topic:    site_on_street
-- title:    The street a counting site stands on | La voie sur laquelle compte un site
-- feature:  footfall_site
-- needs:    site_street, street
-- method:   table site_street; a street without a name is told by its code
--           | table site_street ; une rue sans nom est désignée par son code
-- source:   geometry of streets
--
-- street_name         text, -, short ff_street  | Nearest street | Voie la plus proche
-- street_distance_m   index, m, short ff_str_m  | Distance to that street | Distance à cette voie
SELECT s.footfall_site_id,
       coalesce(w.name, w.code) AS street_name,
       s.distance_m             AS street_distance_m
FROM site_street AS s
JOIN street AS w USING (street_id);
