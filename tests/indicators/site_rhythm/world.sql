-- Monday 3 February 2025: 10 people at 8:00, 30 at noon. Saturday 8: 20 at noon, 20 at 23:00. 80 in all: 12.5 % from 7 to 10, 62.5 % from
-- 12 to 14, 25 % at night. Morning (7 to 9) over midday (11 to 13): 10 / 50. No month
-- has all its weekdays.
INSERT INTO footfall_count VALUES
    (1, 20250203, strftime('%s', '2025-02-03 07:00'), 0, 10, 1, 2), (1, 20250203, strftime('%s', '2025-02-03 11:00'), 0, 30, 1, 3),
    (1, 20250208, strftime('%s', '2025-02-08 11:00'), 0, 20, 1, 4), (1, 20250208, strftime('%s', '2025-02-08 22:00'), 0, 20, 1, 5);
INSERT INTO footfall_site (footfall_site_id) SELECT DISTINCT footfall_site_id FROM footfall_count;
