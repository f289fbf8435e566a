-- IRIS figures on IRIS 1, 2, 3 and on two quarters. 1: 100 dwellings, 8 vacant, 4 long. 2: 200, vacant secret (1 to 10), long secret.
-- 3: 50 dwellings, 5 vacant, long missing. Quarter 21 is IRIS 1 and half of IRIS 2; quarter 22 lies outside: nothing known, no zero.
-- A census row of IRIS 1 (all dwellings) is never mixed with the private stock; an older row of it is not taken.
INSERT INTO district (district_id, grain, code, name, area_m2, geom) VALUES
  (21, 'quarter', 'a', 'A', 20000, box(0, 0, 200, 100)), (22, 'quarter', 'b', 'B', 100, box(900, 900, 910, 910));
INSERT INTO housing_area (housing_area_id, area_level, area_code, concept, period, dwellings, dwellings_status, vacant_dwellings,
  vacant_status, vacant_low, vacant_high, long_vacant_dwellings, long_vacant_status, long_vacant_low, long_vacant_high) VALUES
  (1, 'iris', '1', 'private', 2025, 100, 'ok', 8, 'ok', NULL, NULL, 4, 'ok', NULL, NULL),
  (2, 'iris', '2', 'private', 2025, 200, 'ok', NULL, 'secret', 1, 10, NULL, 'secret', 1, 10),
  (3, 'iris', '3', 'private', 2025, 50, 'ok', 5, 'ok', NULL, NULL, NULL, 'missing', NULL, NULL),
  (4, 'iris', '1', 'private', 2024, 90, 'ok', 9, 'ok', NULL, NULL, 9, 'ok', NULL, NULL),
  (5, 'iris', '1', 'all', 2025, 999, 'ok', 99, 'ok', NULL, NULL, NULL, 'missing', NULL, NULL);
