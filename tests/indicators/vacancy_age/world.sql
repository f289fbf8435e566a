-- District 1: vacant since 2023 (two years) and for 2.9 years (both of the first class), since 2022 (three: the second, the boundary),
-- since 2014 (11: the last, the boundary) and 2015 (10: the third); one vacant of unknown age, one occupied and one unknown stand
-- apart. Ages 2, 2.9, 3, 10, 11: median 3. District 2: one, occupied. District 3: none.
INSERT INTO dwelling (dwelling_id, code, dwelling_type, construction_year, surface_m2, vacant_since_year, vacancy_years, is_vacant, in_stock)
VALUES (1, 'a', 'house', 1900, 80, NULL, NULL, 0, 1), (2, 'b', 'flat', 1948, 40, 2023, NULL, 1, 1), (3, 'c', NULL, 1949, 60, 2022, NULL, 1, 1),
       (4, 'd', NULL, 2001, NULL, NULL, 2.9, 1, 1), (5, 'e', NULL, NULL, NULL, NULL, NULL, NULL, 1), (6, 'f', NULL, NULL, NULL, 2014, NULL, 1, 1),
       (7, 'g', NULL, NULL, NULL, 2015, NULL, 1, 1), (8, 'h', NULL, NULL, NULL, NULL, NULL, 1, 1), (9, 'i', 'flat', NULL, NULL, NULL, NULL, 0, 1),
       (10, 'j', NULL, NULL, NULL, NULL, NULL, 0, 1);
INSERT INTO dwelling_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (1, 4, 1, 0, 1), (1, 5, 1, 0, 1), (1, 6, 1, 0, 1),
       (1, 7, 1, 0, 1), (1, 8, 1, 0, 1), (2, 9, 1, 0, 1);
