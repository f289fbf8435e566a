-- District 1: vacant since 2023 (2 years: the first class), 2022 (3: the second, the boundary), 2.9 years (the first), 2014 (11: the
-- last), 2015 (10: the third); one vacant of unknown age and one occupied stand apart. Median of 2, 2.9, 3, 10, 11 is 3.
INSERT INTO dwelling (dwelling_id, code, vacant_since_year, vacancy_years, is_vacant, in_stock) VALUES (1, 'a', 2023, NULL, 1, 1), (2, 'b', 2022, NULL, 1, 1),
  (3, 'c', NULL, 2.9, 1, 1), (4, 'd', 2014, NULL, 1, 1), (5, 'e', 2015, NULL, 1, 1), (6, 'f', NULL, NULL, 1, 1), (7, 'g', NULL, NULL, 0, 1), (8, 'h', NULL, NULL, 0, 1);
INSERT INTO dwelling_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (1, 4, 1, 0, 1), (1, 5, 1, 0, 1), (1, 6, 1, 0, 1), (1, 7, 1, 0, 1),
  (2, 8, 1, 0, 1);
