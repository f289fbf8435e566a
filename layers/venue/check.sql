-- check:     one_name_two_venues
-- table:     venue
-- title:     two venues of one name at one place | deux équipements du même nom au même endroit
-- severity:  note
-- param:     near_m real = 30
-- reference: id of the other | identifiant de l'autre
SELECT a.source_file_id,
       a.source_row,
       a.name      AS value,
       min(b.code) AS reference
FROM venue AS a
JOIN venue AS b ON b.name = a.name AND b.venue_id <> a.venue_id
               AND abs(b.x_m - a.x_m) < :near_m AND abs(b.y_m - a.y_m) < :near_m
GROUP BY a.venue_id;
