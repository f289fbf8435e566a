-- Two weeks of every month: in 2024 90 people a day then 110, in 2025 99 then 121: ten per cent more, without any residual, so both ends
-- of the trend are 10. December on December: means 100 and 110; variances 200 and 242 a weekday, a fourteenth of them for the mean of
-- the month; relative 1 / 700 each: 1.96 * sqrt(2 / 700) = 0.104766; 1.1 * exp(-0.104766) = 0.990588, 1.1 * exp(0.104766) = 1.221496.
-- Index: over the moving average 100 + (20 k - 130) / 24 of month k, July 2024 (7) to June 2025 (18), 1 / ratio is 1.045833 in December,
-- 1.001136 in the mean of the year; 100 * 110 / 105 (the mean of both years) * 1.045833 / 1.001136 = 109.4391.
WITH RECURSIVE d(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM d WHERE n < 14),
               m(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM m WHERE i < 12),
               y(year, low, high) AS (VALUES (2024, 90, 110), (2025, 99, 121))
INSERT INTO footfall_count
SELECT 1, year * 10000 + i * 100 + n, strftime('%s', printf('%d-%02d-%02d 10:00', year, i, n)), 0, CASE WHEN n < 8 THEN low ELSE high END, 1, n
FROM y, m, d;
INSERT INTO footfall_site (footfall_site_id) SELECT DISTINCT footfall_site_id FROM footfall_count;
