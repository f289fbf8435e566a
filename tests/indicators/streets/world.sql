-- District 1 (1 ha): a footway of 100 m, 30 km/h 100 m (calm, the boundary), 31 km/h 100 m with a cycle lane, unknown limit 100 m, half
-- of a street of 200 m at 50 km/h: 500 m, 200 calm, 100 for people on foot, 100 for bicycles. District 2 (2 ha): the other half.
INSERT INTO street (street_id, code, is_pedestrian, speed_limit_km_h, is_cycle, length_m) VALUES (1, 'a', 1, NULL, 0, 100), (2, 'b', 0, 30, 0, 100),
  (3, 'c', 0, 31, 1, 100), (4, 'd', 0, NULL, NULL, 100), (5, 'e', 0, 50, NULL, 200);
INSERT INTO street_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (1, 4, 1, 0, 1), (1, 5, 0.5, 0, 1), (2, 5, 0.5, 0, 0);
