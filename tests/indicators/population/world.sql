-- Squares 11 (100 people, on the border of districts 1 and 2, half each), 12 (30 people, whole in district 2), 13 (outside, 7 people).
-- District 1: 50 people on 5000 m2 of 10 000; district 2: 50 + 30 on 5000 + 10 000 of 20 000; district 3 touches no square: NULL.
INSERT INTO district (district_id, grain, code, name, area_m2, geom) VALUES (11, 'grid200m', 'a', 'A', 10000, box(50, 0, 150, 100)),
  (12, 'grid200m', 'b', 'B', 10000, box(150, 0, 250, 100)), (13, 'grid200m', 'c', 'C', 10000, box(50, 500, 150, 600));
INSERT INTO grid_population (district_id, people, households, poor_households, is_imputed) VALUES (11, 100, 40, 10, 0), (12, 30, 12, 6, 1), (13, 7, 3, NULL, 0);
