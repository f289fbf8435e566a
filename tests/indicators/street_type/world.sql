-- The T of streets of street_footfall's world, ten times as many people: street 1 (100 m) is guessed at 1208.089, street 2 at 3311.013
-- (errors on the logarithm 0.922882), street 3 at 2000 (0.677211); street 4 has no counter in reach.
INSERT INTO street (street_id, geom, length_m, on_surface_x_m, on_surface_y_m)
VALUES (1, line(0, 0, 100, 0), 100, 50, 0), (2, line(100, 0, 200, 0), 100, 150, 0), (3, line(100, 0, 100, 100), 100, 100, 50),
       (4, line(10000, 0, 10100, 0), 100, 10050, 0);
INSERT INTO footfall_site (footfall_site_id, x_m, y_m) VALUES (1, 0, 0), (2, 200, 0), (3, 100, 100);
INSERT INTO footfall_count VALUES (1, 20250203, 0, 0, 1000, 1, 2), (2, 20250203, 0, 0, 4000, 1, 3), (3, 20250203, 0, 0, 2000, 1, 4);
-- Parcel k lies 5 m off the middle of street k, parcel 5 is 500 m from any. Along street 1 4 of 12 dwellings are vacant: under 9.5 % with
-- normal((0.095 - 0.333333) / sqrt(0.095 * 0.905 / 12)) = normal(-2.815698) = 0.002433; under 1300 people with normal(ln(1300 / 1208.089) / 0.922883)
-- = normal(0.079453) = 0.531663: class 31, 0.997567 * 0.531663 = 0.530369. Street 2: none of one; normal(0.095 / sqrt(0.095 * 0.905)) =
-- 0.627029, normal(-1.013024) = 0.155528: class 13, 0.529509. Street 3: 1 of 8 known and one unknown; 0.386142 and 0.262351: the likeliest has 0.452811,
-- no class. Street 4: 1 of 2, no estimate. The dwellings of parcel 5 and the one outside the stock count nowhere.
INSERT INTO parcel (parcel_id, on_surface_x_m, on_surface_y_m) VALUES (1, 50, 5), (2, 150, 5), (3, 105, 50), (4, 10050, 5), (5, 5000, 5000);
INSERT INTO dwelling (dwelling_id, parcel_id, in_stock, is_vacant)
WITH RECURSIVE k (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM k WHERE i < 25)
SELECT i, CASE WHEN i <= 12 THEN 1 WHEN i = 13 THEN 2 WHEN i <= 22 THEN 3 WHEN i <= 24 THEN 4 ELSE 5 END, 1,
       CASE WHEN i = 22 THEN NULL ELSE i <= 4 OR i = 14 OR i = 23 OR i = 25 END FROM k;
INSERT INTO dwelling (dwelling_id, parcel_id, in_stock, is_vacant) VALUES (26, 1, 0, 1);
