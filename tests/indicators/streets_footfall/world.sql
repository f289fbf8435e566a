-- The T of streets of street_footfall's world, ten times as many people: street 1 (100 m) is guessed at 1208.089, street 2 at 3311.013
-- (errors on the logarithm 0.922882), street 3 at 2000 (0.677211); street 4 has no counter in reach.
INSERT INTO street (street_id, geom, length_m, on_surface_x_m, on_surface_y_m)
VALUES (1, line(0, 0, 100, 0), 100, 50, 0), (2, line(100, 0, 200, 0), 100, 150, 0), (3, line(100, 0, 100, 100), 100, 100, 50),
       (4, line(10000, 0, 10100, 0), 100, 10050, 0);
INSERT INTO footfall_site (footfall_site_id, x_m, y_m) VALUES (1, 0, 0), (2, 200, 0), (3, 100, 100);
INSERT INTO footfall_count VALUES (1, 20250203, 0, 0, 1000, 1, 2), (2, 20250203, 0, 0, 4000, 1, 3), (3, 20250203, 0, 0, 2000, 1, 4);
-- District 1 holds street 1 and half of street 2, district 2 the other half and street 3, district 3 street 4.
-- District 1: (100 * 1208.089 + 50 * 3311.013) / 150 people, error 0.922882 as both streets; district 2: (50 * 3311.013 + 100 * 2000) / 150, error
-- (165550.65 * 0.922882 + 200000 * 0.677211) / 365550.65 = 0.788471. Ends: times exp(-+1.959964 * error).
INSERT INTO street_district VALUES (1, 1, 1, 0, 1), (1, 2, 0.5, 0, 1), (2, 2, 0.5, 0, 0), (2, 3, 1, 0, 1), (3, 4, 1, 0, 1);
