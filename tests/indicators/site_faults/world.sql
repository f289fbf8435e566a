-- Six weeks of 100 people a day from Monday 6 January 2025, but: nothing on 21 and 22 January (a gap of two days), 0 on 29 January
-- (silent), 1000 on 6 February (ten times what is usual). District 1 so that there is a calendar.
-- Site 2 has the same 100 people a day and nothing odd: 0, not nothing.
WITH RECURSIVE d(n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM d WHERE n < 41)
INSERT INTO footfall_count
SELECT 1, strftime('%Y%m%d', '2025-01-06', '+' || n || ' days'), strftime('%s', '2025-01-06 10:00', '+' || n || ' days'), 0,
       CASE n WHEN 23 THEN 0 WHEN 31 THEN 1000 ELSE 100 END, 1, n
FROM d
WHERE n NOT IN (15, 16);
WITH RECURSIVE d(n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM d WHERE n < 41)
INSERT INTO footfall_count
SELECT 2, strftime('%Y%m%d', '2025-01-06', '+' || n || ' days'), strftime('%s', '2025-01-06 10:00', '+' || n || ' days'), 0, 100, 1, n FROM d;
INSERT INTO footfall_site (footfall_site_id) SELECT DISTINCT footfall_site_id FROM footfall_count;
