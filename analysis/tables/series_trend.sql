-- table:   series_trend
-- title:   Yearly trend, and change against the same month a year before | Tendance annuelle, et évolution sur le même mois un an avant
-- needs:   series_month
-- key:     feature, feature_id
-- param:   trend_months integer = 24   -- with fewer months there is no trend
-- method:  of a site or a district (as in series_cell). trend: least squares of the logarithm of the people a day on time, a level for
--          each month of the year; the interval (95 %) is widened where a month resembles the one before (first autocorrelation r of
--          the residuals, by (1 + r) / (1 - r)). Change: the last month whose month a year before was counted too; interval from the
--          days of the two months. index_100: of the last month that has one
-- source:  seasonal dummies, Frisch and Waugh 1933; autocorrelation, Bartlett 1935
WITH point AS (
    SELECT feature, feature_id, number, month,
           number / 12.0 - avg(number / 12.0) OVER alike                 AS t,
           ln(people_per_day) - avg(ln(people_per_day)) OVER alike       AS y
    FROM series_month
    WHERE people_per_day > 0
    WINDOW alike AS (PARTITION BY feature, feature_id, month % 100)),
line AS (
    SELECT feature, feature_id, sum(t * y) / sum(t * t) AS slope, sum(t * t) AS tt, count(*) AS months,
           count(*) - count(DISTINCT month % 100) - 1 AS freedom
    FROM point
    GROUP BY feature, feature_id
    HAVING count(*) >= :trend_months AND sum(t * t) > 0),
residual AS (
    SELECT feature, feature_id, number, y - slope * t AS e, slope, tt, freedom
    FROM point
    JOIN line USING (feature, feature_id)),
fit AS (
    SELECT a.feature, a.feature_id, a.slope, a.tt, a.freedom, count(*) AS months, sum(a.e * a.e) AS squares,
           max(total(a.e * b.e) / nullif(sum(a.e * a.e), 0), 0) AS alike
    FROM residual AS a
    LEFT JOIN residual AS b ON b.feature = a.feature AND b.feature_id = a.feature_id AND b.number = a.number - 1
    GROUP BY a.feature, a.feature_id),
trend AS (
    SELECT feature, feature_id, slope, months,
           1.96 * sqrt(squares / nullif(freedom, 0) / tt * (1 + coalesce(alike, 0)) / (1 - coalesce(alike, 0))) AS half
    FROM fit),
change AS (
    SELECT n.feature, n.feature_id, max(n.number) AS number, n.month, n.days + b.days AS days, ln(n.people_per_day / b.people_per_day) AS ratio,
           1.96 * sqrt(n.variance / (n.people_per_day * n.people_per_day) + b.variance / (b.people_per_day * b.people_per_day)) AS half
    FROM series_month AS n
    JOIN series_month AS b ON b.feature = n.feature AND b.feature_id = n.feature_id AND b.number = n.number - 12
    WHERE n.people_per_day > 0 AND b.people_per_day > 0
    GROUP BY n.feature, n.feature_id),
latest AS (
    SELECT feature, feature_id, max(number) AS number, month, index_100
    FROM series_month
    WHERE index_100 IS NOT NULL
    GROUP BY feature, feature_id)
SELECT s.feature,
       s.feature_id,
       t.months                          AS trend_months,
       100 * (exp(t.slope) - 1)          AS trend_pct,
       100 * (exp(t.slope - t.half) - 1) AS trend_low_pct,
       100 * (exp(t.slope + t.half) - 1) AS trend_high_pct,
       c.month                           AS change_month,
       c.days                            AS change_days,
       100 * (exp(c.ratio) - 1)          AS change_pct,
       100 * (exp(c.ratio - c.half) - 1) AS change_low_pct,
       100 * (exp(c.ratio + c.half) - 1) AS change_high_pct,
       l.month                           AS index_month,
       l.index_100
FROM (SELECT DISTINCT feature, feature_id FROM series_month) AS s
LEFT JOIN trend AS t USING (feature, feature_id)
LEFT JOIN change AS c USING (feature, feature_id)
LEFT JOIN latest AS l USING (feature, feature_id);
