-- The T of streets of street_footfall's world, ten times as many people: street 1 (100 m) is guessed at 1208.089, street 2 at 3311.013
-- (errors on the logarithm 0.922882), street 3 at 2000 (0.677211); street 4 has no counter in reach.
INSERT INTO street (street_id, geom, length_m, on_surface_x_m, on_surface_y_m)
VALUES (1, line(0, 0, 100, 0), 100, 50, 0), (2, line(100, 0, 200, 0), 100, 150, 0), (3, line(100, 0, 100, 100), 100, 100, 50),
       (4, line(10000, 0, 10100, 0), 100, 10050, 0);
INSERT INTO footfall_site (footfall_site_id, x_m, y_m) VALUES (1, 0, 0), (2, 200, 0), (3, 100, 100);
INSERT INTO footfall_count VALUES (1, 20250203, 0, 0, 1000, 1, 2), (2, 20250203, 0, 0, 4000, 1, 3), (3, 20250203, 0, 0, 2000, 1, 4);
INSERT INTO street_district VALUES (1, 1, 1, 0, 1), (1, 2, 0.5, 0, 1), (2, 2, 0.5, 0, 0), (2, 3, 1, 0, 1), (3, 4, 1, 0, 1);
-- Footfall as in the world of dwelling_type. District 1: none of 30 shops vacant. Under 5 %: normal(0.05 / sqrt(0.05 * 0.95 / 30)) =
-- normal(1.256562) = 0.895544; under 10 %: normal(0.1 / sqrt(0.1 * 0.9 / 30)) = normal(1.825742) = 0.966055. Class 13: 0.895544 * 0.479893.
-- District 2: 6 of 20, 30 %: under 5 %: normal(-5.13) ~ 0; under 10 %: normal(-2.981424) = 0.001434. Class 33: 0.998565 * 0.598954 = 0.598095.
INSERT INTO shop (shop_id, is_vacant) WITH RECURSIVE k (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM k WHERE i < 50) SELECT i, i > 44 FROM k;
INSERT INTO shop_district SELECT CASE WHEN shop_id <= 30 THEN 1 ELSE 2 END, shop_id, 1, 0, 1 FROM shop;
