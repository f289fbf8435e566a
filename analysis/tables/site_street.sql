-- table:   site_street
-- title:   The street of each counting site | La voie de chaque site de comptage
-- needs:   footfall_site, street, unwalked_street
-- key:     footfall_site_id
-- param:   reach_m integer = 50 -- a site farther from every street has none, as in site_walk
-- method:  the street nearest to the site, as the crow flies; streets nobody walks on stand apart
-- source:  geometry of streets
SELECT n.point_id   AS footfall_site_id,
       n.line_id    AS street_id,
       n.distance_m AS distance_m
FROM (SELECT line_set(street_id, geom) AS lines
      FROM street AS s
      WHERE NOT EXISTS (SELECT 1 FROM unwalked_street
                        WHERE s.road_class GLOB pattern AND :period BETWEEN from_year AND to_year)) AS l,
     (SELECT point_set(x_m, y_m, footfall_site_id) AS points FROM footfall_site) AS p,
     line_near(l.lines, p.points, :reach_m) AS n;
