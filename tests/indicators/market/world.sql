-- Sales of 2023 and 2024, two years: three dwellings in district 1 with 100 dwellings' worth of two: 1.5 a year over 2, by 1000: 750.
-- District 2: a sale, no dwelling: NULL. District 3: none.
INSERT INTO sale (sale_id, code, year, dwellings) VALUES (1, 'a', 2023, 1), (2, 'b', 2024, 2), (3, 'c', 2024, NULL), (4, 'd', 2024, 1);
INSERT INTO sale_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (2, 4, 1, 0, 1);
INSERT INTO dwelling_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1);
