-- Site 1: two weeks of February 2025, 10 people a day then 14. Mean 12; in each weekday the two days differ by 4: variance 8, pooled 8;
-- 7 weekdays of two days: 8 * (7 / 2) / 49 = 8 / 14; no season is told but by site 3, whose months are all alike: 1.96 * sqrt(8 / 14) = 1.4816.
-- Site 2: 3 and 6 February, 5 people: two days in four, a gap of two, no yearly figure.
-- Site 3: the first two weeks of every month of 2025, 10 then 14: 8 * 12 / 14 / 144 = 8 / 168, 1.96 * sqrt(8 / 168) = 0.4277; from
-- 14 January to 1 February 17 days are silent; 168 days of 348.
WITH RECURSIVE d(n) AS (VALUES (3) UNION ALL SELECT n + 1 FROM d WHERE n < 16)
INSERT INTO footfall_count
SELECT 1, 20250200 + n, strftime('%s', printf('2025-02-%02d 10:00', n)), 0, CASE WHEN n < 10 THEN 10 ELSE 14 END, 1, n FROM d;
INSERT INTO footfall_count VALUES (2, 20250203, 1738576800, 0, 5, 1, 20), (2, 20250206, 1738836000, 0, 5, 1, 21);
WITH RECURSIVE d(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM d WHERE n < 14),
               m(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM m WHERE i < 12)
INSERT INTO footfall_count
SELECT 3, 20250000 + i * 100 + n, strftime('%s', printf('2025-%02d-%02d 10:00', i, n)), 0, CASE WHEN n < 8 THEN 10 ELSE 14 END, 1, 30 + n
FROM m, d;
INSERT INTO footfall_site (footfall_site_id) SELECT DISTINCT footfall_site_id FROM footfall_count;
