-- District 1 has 500 people (half of the square 11 of 1000), two cultural venues: 40 by 10 000. District 2 has a venue, no culture,
-- and the other half. District 3 has a venue and no square: NULL.
INSERT INTO district (district_id, grain, code, name, area_m2, geom) VALUES (11, 'grid200m', 'c', 'C', 10000, box(50, 0, 150, 100));
INSERT INTO grid_population (district_id, people, households, poor_households, is_imputed) VALUES (11, 1000, 400, 100, 0);
INSERT INTO venue (venue_id, code, venue_type, is_culture) VALUES (1, 'a', 'F307', NULL), (2, 'b', 'x', 1), (3, 'c', 'F101', NULL), (4, 'd', 'F303', NULL);
INSERT INTO venue_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (2, 3, 1, 0, 1), (3, 4, 1, 0, 1);
