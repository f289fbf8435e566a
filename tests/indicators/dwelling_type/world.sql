-- The T of streets of street_footfall's world, ten times as many people: street 1 (100 m) is guessed at 1208.089, street 2 at 3311.013
-- (errors on the logarithm 0.922882), street 3 at 2000 (0.677211); street 4 has no counter in reach.
INSERT INTO street (street_id, geom, length_m, on_surface_x_m, on_surface_y_m)
VALUES (1, line(0, 0, 100, 0), 100, 50, 0), (2, line(100, 0, 200, 0), 100, 150, 0), (3, line(100, 0, 100, 100), 100, 100, 50),
       (4, line(10000, 0, 10100, 0), 100, 10050, 0);
INSERT INTO footfall_site (footfall_site_id, x_m, y_m) VALUES (1, 0, 0), (2, 200, 0), (3, 100, 100);
INSERT INTO footfall_count VALUES (1, 20250203, 0, 0, 1000, 1, 2), (2, 20250203, 0, 0, 4000, 1, 3), (3, 20250203, 0, 0, 2000, 1, 4);
INSERT INTO street_district VALUES (1, 1, 1, 0, 1), (1, 2, 0.5, 0, 1), (2, 2, 0.5, 0, 0), (2, 3, 1, 0, 1), (3, 4, 1, 0, 1);
-- Footfall as in the world of streets_footfall: 1909.064 people a day, error 0.922883, and 2437.004, error 0.788471. Under 1000:
-- normal(ln(1000 / 1909.064) / 0.922883) = normal(-0.700669) = 0.241762; under 2000: normal(0.050415) = 0.520107; so 0.241762, 0.278345,
-- 0.479893 in district 1. District 2: 0.129292, 0.271754, 0.598954.
-- District 1: 300 of 1500 dwellings vacant, 20 %: over 9.5 % for sure, as it is 13.9 standard errors above: class 33 with 0.479893, unsure.
-- District 2: 4 of 50, 8 %. Under 7 %: normal((0.07 - 0.08) / sqrt(0.07 * 0.93 / 50)) = normal(-0.277136) = 0.390837; under 9.5 %:
-- normal(0.015 / sqrt(0.095 * 0.905 / 50)) = normal(0.361737) = 0.641225: 0.390837, 0.250387, 0.358775. Class 13: 0.390837 * 0.598954 = 0.234094.
-- District 3 has no dwelling and no estimate.
INSERT INTO dwelling (dwelling_id, in_stock, is_vacant)
WITH RECURSIVE k (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM k WHERE i < 1550)
SELECT i, 1, CASE WHEN i <= 1500 THEN i <= 300 ELSE i <= 1504 END FROM k;
INSERT INTO dwelling_district SELECT CASE WHEN dwelling_id <= 1500 THEN 1 ELSE 2 END, dwelling_id, 1, 0, 1 FROM dwelling;
