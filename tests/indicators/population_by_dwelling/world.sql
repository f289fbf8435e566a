-- Square 11 has four dwellings, three of them in district 1, one in 2: 100 people go 75 and 25. Square 12, cut too, has none: by area.
INSERT INTO district (district_id, grain, code, name, area_m2, geom) VALUES (11, 'grid200m', 'a', 'A', 10000, box(50, 0, 150, 100)),
  (12, 'grid200m', 'b', 'B', 10000, box(250, 0, 350, 100));
INSERT INTO grid_population (district_id, people, households, poor_households, is_imputed) VALUES (11, 100, 40, 10, 0), (12, 30, 12, NULL, 1);
INSERT INTO dwelling_district VALUES (11, 1, 1, 0, 1), (11, 2, 1, 0, 1), (11, 3, 1, 0, 1), (11, 4, 1, 0, 1),
  (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (2, 4, 1, 0, 1);
