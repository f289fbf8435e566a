-- table:   street_walk
-- title:   Ways from counting sites to streets | Chemins des sites de comptage aux voies
-- needs:   street, site_reading, unwalked_street
-- key:     street_id, footfall_site_id
-- param:   join_m real = 0.1       -- positions of streets nearer than this are one
-- param:   snap_m integer = 50     -- a site farther from every street is on none
-- param:   reach_m integer = 1500  -- longest way a counter speaks over
-- method:  shortest way along the streets to the street's own point
-- source:  Dijkstra 1959, A note on two problems in connexion with graphs
SELECT w.to_id AS street_id, w.from_id AS footfall_site_id, w.walk_m
FROM (SELECT line_set(street_id, geom) AS lines,
             point_set(on_surface_x_m, on_surface_y_m, street_id) AS points
      FROM street AS s
      WHERE NOT EXISTS (SELECT 1 FROM unwalked_street
                        WHERE s.road_class GLOB pattern AND :period BETWEEN from_year AND to_year)) AS l,
     (SELECT point_set(x_m, y_m, footfall_site_id) AS points FROM site_reading) AS p,
     line_walk(l.lines, p.points, l.points, :join_m, :snap_m, :reach_m) AS w;
