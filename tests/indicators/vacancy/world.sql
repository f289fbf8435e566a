-- District 1: five dwellings; occupied; vacant since 2023 (two years: not long, the boundary); vacant since 2022 (long);
-- vacant for 2.5 years (long); occupation unknown. District 2: one, occupied, year unknown. District 3: none.
INSERT INTO dwelling (dwelling_id, code, construction_year, vacant_since_year, vacancy_years, is_vacant, in_stock, source_file_id, source_row)
VALUES (1, 'a', 1900, NULL, NULL, 0, 1, 1, 1), (2, 'b', 1950, 2023, NULL, 1, 1, 1, 2), (3, 'c', 1970, 2022, NULL, 1, 1, 1, 3),
       (4, 'd', 2001, NULL, 2.5, 1, 1, 1, 4), (5, 'e', NULL, NULL, NULL, NULL, 1, 1, 5), (6, 'f', NULL, NULL, NULL, 0, 1, 1, 6);
INSERT INTO dwelling_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (1, 4, 1, 0, 1), (1, 5, 1, 0, 1), (2, 6, 1, 0, 1);
