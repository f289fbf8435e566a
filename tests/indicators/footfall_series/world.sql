-- District 1: site 1 counts two weeks of every month, in 2024 90 people a day then 110, in 2025 99 then 121; site 2 begins in 2025 and
-- counts half of it: a site that comes moves nothing. The mean site is three quarters of site 1: 0.75 * 105 = 78.75 a day of the
-- year. Its doubt: the four days of a month and weekday (90, 110, 99, 121) vary by 542 / 3, times 0.5625 101.625; a quarter of it for a
-- weekday, a 28th for a month, a 336th for the year: 1.96 * sqrt(101.625 / 336) = 1.077919. 24 * 14 days. Trend, change and index: those
-- of site 1, as in the world of site_change. District 2: one day is no month. District 3: no site.
WITH RECURSIVE d(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM d WHERE n < 14),
               m(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM m WHERE i < 12),
               y(year, site, low, high) AS (VALUES (2024, 1, 90, 110), (2025, 1, 99, 121), (2025, 2, 49.5, 60.5))
INSERT INTO footfall_count
SELECT site, year * 10000 + i * 100 + n, strftime('%s', printf('%d-%02d-%02d 10:00', year, i, n)), 0, CASE WHEN n < 8 THEN low ELSE high END, 1, n
FROM y, m, d;
INSERT INTO footfall_count VALUES (3, 20250106, strftime('%s', '2025-01-06 10:00'), 0, 5, 1, 1);
INSERT INTO footfall_site_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (2, 3, 1, 0, 1);
INSERT INTO footfall_site (footfall_site_id) SELECT DISTINCT footfall_site_id FROM footfall_count;
