-- table:   site_trend
-- title:   Yearly trend of a site and change against the same month a year before | Tendance annuelle d'un site et évolution sur le même mois un an avant
-- needs:   site_month
-- key:     footfall_site_id
-- param:   trend_months integer = 24   -- with fewer months there is no trend
-- method:  trend: least squares of the logarithm of the people a day on time, a level for each month of the year; the interval
--          (95 %) is widened where a month resembles the one before (first autocorrelation r of the residuals, by (1 + r) / (1 - r)).
--          Change: the last month whose month a year before was counted too; interval from the days of the two months
-- source:  seasonal dummies, Frisch and Waugh 1933; autocorrelation, Bartlett 1935
WITH point AS (
    SELECT footfall_site_id, number, month,
           number / 12.0 - avg(number / 12.0) OVER alike                 AS t,
           ln(people_per_day) - avg(ln(people_per_day)) OVER alike       AS y
    FROM site_month
    WHERE people_per_day > 0
    WINDOW alike AS (PARTITION BY footfall_site_id, month % 100)),
line AS (
    SELECT footfall_site_id, sum(t * y) / sum(t * t) AS slope, sum(t * t) AS tt, count(*) AS months,
           count(*) - count(DISTINCT month % 100) - 1 AS freedom
    FROM point
    GROUP BY footfall_site_id
    HAVING count(*) >= :trend_months AND sum(t * t) > 0),
residual AS (
    SELECT footfall_site_id, number, y - slope * t AS e, slope, tt, freedom
    FROM point
    JOIN line USING (footfall_site_id)),
fit AS (
    SELECT a.footfall_site_id, a.slope, a.tt, a.freedom, sum(a.e * a.e) AS squares,
           max(total(a.e * b.e) / nullif(sum(a.e * a.e), 0), 0) AS alike
    FROM residual AS a
    LEFT JOIN residual AS b ON b.footfall_site_id = a.footfall_site_id AND b.number = a.number - 1
    GROUP BY a.footfall_site_id),
trend AS (
    SELECT footfall_site_id, slope,
           1.96 * sqrt(squares / nullif(freedom, 0) / tt * (1 + coalesce(alike, 0)) / (1 - coalesce(alike, 0))) AS half
    FROM fit),
change AS (
    SELECT n.footfall_site_id, max(n.number) AS number, n.month, ln(n.people_per_day / b.people_per_day) AS ratio,
           1.96 * sqrt(n.variance / (n.people_per_day * n.people_per_day) + b.variance / (b.people_per_day * b.people_per_day)) AS half
    FROM site_month AS n
    JOIN site_month AS b ON b.footfall_site_id = n.footfall_site_id AND b.number = n.number - 12
    WHERE n.people_per_day > 0 AND b.people_per_day > 0
    GROUP BY n.footfall_site_id)
SELECT s.footfall_site_id,
       100 * (exp(t.slope) - 1)          AS trend_pct,
       100 * (exp(t.slope - t.half) - 1) AS trend_low_pct,
       100 * (exp(t.slope + t.half) - 1) AS trend_high_pct,
       c.month                           AS change_month,
       100 * (exp(c.ratio) - 1)          AS change_pct,
       100 * (exp(c.ratio - c.half) - 1) AS change_low_pct,
       100 * (exp(c.ratio + c.half) - 1) AS change_high_pct
FROM (SELECT DISTINCT footfall_site_id FROM site_month) AS s
LEFT JOIN trend AS t USING (footfall_site_id)
LEFT JOIN change AS c USING (footfall_site_id);
