-- District 1: a house of 1900, occupied, 80 m2; vacant since 2023 (two years: not long, the boundary), 1948 (old), flat of
-- 40 m2; vacant since 2022 (three years: long), of 1949 (not old); vacant for 2.9 years (long);
-- occupation unknown; vacant since 2014 (11 years) and since 2015 (10 years); vacant of unknown age.
-- Vacant 6 of 7 known, long 4. District 2: one, occupied, nothing else known. District 3: none. One dwelling of ten has no
-- home: any count may be one more.
-- Years 1900, 1948, 1949, 2001: median 1948.5.
-- Smoothed: all of both 6 of 8 = 0.75; variance (7 (6/7 - 3/4)^2 + (3/4)^2) / 8 = 0.0804, chance 0.75 / 4 = 0.1875: more, so both 75.
INSERT INTO dwelling (dwelling_id, code, dwelling_type, construction_year, surface_m2, vacant_since_year, vacancy_years, is_vacant, in_stock)
VALUES (1, 'a', 'house', 1900, 80, NULL, NULL, 0, 1), (2, 'b', 'flat', 1948, 40, 2023, NULL, 1, 1), (3, 'c', NULL, 1949, 60, 2022, NULL, 1, 1),
       (4, 'd', NULL, 2001, NULL, NULL, 2.9, 1, 1), (5, 'e', NULL, NULL, NULL, NULL, NULL, NULL, 1), (6, 'f', NULL, NULL, NULL, 2014, NULL, 1, 1),
       (7, 'g', NULL, NULL, NULL, 2015, NULL, 1, 1), (8, 'h', NULL, NULL, NULL, NULL, NULL, 1, 1), (9, 'i', 'flat', NULL, NULL, NULL, NULL, 0, 1),
       (10, 'j', NULL, NULL, NULL, NULL, NULL, 0, 1);
INSERT INTO dwelling_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (1, 4, 1, 0, 1), (1, 5, 1, 0, 1), (1, 6, 1, 0, 1),
       (1, 7, 1, 0, 1), (1, 8, 1, 0, 1), (2, 9, 1, 0, 1);
