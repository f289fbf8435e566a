-- table:   parcel_street
-- title:   The street of each parcel | La voie de chaque parcelle
-- needs:   parcel, street, unwalked_street
-- key:     parcel_id
-- param:   reach_m integer = 200 -- a parcel farther from every street has none
-- method:  the street nearest to the parcel's point on surface, as the crow flies; streets nobody walks on stand apart
-- source:  geometry of parcels and streets
SELECT n.point_id   AS parcel_id,
       n.line_id    AS street_id,
       n.distance_m AS distance_m
FROM (SELECT line_set(street_id, geom) AS lines
      FROM street AS s
      WHERE NOT EXISTS (SELECT 1 FROM unwalked_street
                        WHERE s.road_class GLOB pattern AND :period BETWEEN from_year AND to_year)) AS l,
     (SELECT point_set(on_surface_x_m, on_surface_y_m, parcel_id) AS points FROM parcel) AS p,
     line_near(l.lines, p.points, :reach_m) AS n;
