-- Square 11: 100 m2 of 3 floors in district 1, 100 m2 of unknown floors (one) in 2: 100 people go 75 and 25. District 3 touches none.
INSERT INTO district (district_id, grain, code, name, area_m2, geom) VALUES (11, 'grid200m', 'a', 'A', 10000, box(50, 0, 150, 100));
INSERT INTO grid_population (district_id, people, households, poor_households, is_imputed) VALUES (11, 100, 40, 10, 0);
INSERT INTO building (building_id, code, floors, area_m2) VALUES (1, 'a', 3, 100), (2, 'b', NULL, 100);
INSERT INTO building_district VALUES (11, 1, 1, 100, 1), (11, 2, 1, 100, 1), (1, 1, 1, 100, 1), (2, 2, 1, 100, 1);
