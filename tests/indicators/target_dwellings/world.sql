-- Parcel 1: vacant since 2015 (built 1900, class 7) and since 2020 (1950, class 5), one occupied: 10 and 5 years, mean 7.5, 2 of 3.
-- Parcel 2: vacant for 3.5 years by the file, nothing else known. Parcel 3: occupied, no row. A vacant dwelling on no parcel.
INSERT INTO dwelling (dwelling_id, code, parcel_id, is_vacant, vacant_since_year, vacancy_years, construction_year, cadastral_class, in_stock)
VALUES (1, 'a', 1, 1, 2015, NULL, 1900, 7, 1), (2, 'b', 1, 1, 2020, NULL, 1950, 5, 1), (3, 'c', 1, 0, NULL, NULL, 1800, 8, 1),
       (4, 'd', 2, 1, NULL, 3.5, NULL, NULL, 1), (5, 'e', 3, 0, NULL, NULL, 1900, NULL, 1), (6, 'f', NULL, 1, 2010, NULL, 1900, 7, 1);
