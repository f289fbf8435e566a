-- District 1: a house of 1948 (old, the boundary) of 80 m2, a flat of 1949 (not old) of 40 m2, one of unknown type, year and 60 m2.
-- District 2: one flat, nothing else known. District 3: none.
INSERT INTO dwelling (dwelling_id, code, dwelling_type, construction_year, surface_m2) VALUES (1, 'a', 'house', 1948, 80), (2, 'b', 'flat', 1949, 40),
  (3, 'c', NULL, NULL, 60), (4, 'd', 'flat', NULL, NULL);
INSERT INTO dwelling_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (2, 4, 1, 0, 1);
