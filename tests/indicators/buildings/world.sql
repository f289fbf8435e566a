-- District 1 (1 ha): 10 m and 2 floors on 1000 m2; height and floors unknown on 500 m2; half of a building of 1000 m2 at home here, 20 m
-- and 4 floors. District 2 (2 ha): the other half. District 3: none.
INSERT INTO building (building_id, code, floors, height_m, area_m2) VALUES (1, 'a', 2, 10, 1000), (2, 'b', NULL, NULL, 500), (3, 'c', 4, 20, 1000);
INSERT INTO building_district VALUES (1, 1, 1, 1000, 1), (1, 2, 1, 500, 1), (1, 3, 0.5, 500, 1), (2, 3, 0.5, 500, 0);
