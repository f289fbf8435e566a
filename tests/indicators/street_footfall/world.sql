-- A T of streets: 1 from (0, 0) to (100, 0), 2 on to (200, 0), 3 from (100, 0) up to (100, 100); 4 lies far away, with no counter in
-- reach. Counters at the three ends: 100, 400 and 200 people a day, each 200 m from the others along the streets.
-- The middle of street 1 is 50 m from the first, 150 m from the others: weights 9, 1, 1. Its estimate: exp((9 ln 100 + ln 400 + ln 200) / 11).
-- Left out, the first is guessed at sqrt(400 * 200) = 282.84, off by ln 2.8284 = 1.0397; the second at 141.42, off by as much; the third
-- at 200, exactly. Mean square 2 * 1.0397^2 / 3 = 0.72068. Street 1: ((9 + 1) * 1.08102 / 11 + 0.72068) / 2, root 0.92288: 151.65 %.
INSERT INTO street (street_id, geom, on_surface_x_m, on_surface_y_m)
VALUES (1, line(0, 0, 100, 0), 50, 0), (2, line(100, 0, 200, 0), 150, 0), (3, line(100, 0, 100, 100), 100, 50),
       (4, line(10000, 0, 10100, 0), 10050, 0);
INSERT INTO footfall_site (footfall_site_id, x_m, y_m) VALUES (1, 0, 0), (2, 200, 0), (3, 100, 100);
-- The first was counted over eight days, two of them Mondays: 130 on each Monday, 95 on the six others, 103.75 on the mean and
-- (130 + 6 * 95) / 7 = 100 when weekdays weigh the same. The others have one day, which is their mean.
INSERT INTO footfall_count VALUES (1, 20250203, 0, 0, 130, 1, 2), (1, 20250204, 86400, 86400, 95, 1, 3), (1, 20250205, 172800, 172800, 95, 1, 4),
       (1, 20250206, 259200, 259200, 95, 1, 5), (1, 20250207, 345600, 345600, 95, 1, 6), (1, 20250208, 432000, 432000, 95, 1, 7),
       (1, 20250209, 518400, 518400, 95, 1, 8), (1, 20250210, 604800, 604800, 130, 1, 9),
       (2, 20250203, 0, 0, 400, 1, 10), (3, 20250203, 0, 0, 200, 1, 11);
