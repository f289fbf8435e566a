-- table:   series_year
-- title:   People a day of the year, and how sure that is | Passages par jour moyen de l'année, et leur incertitude
-- needs:   series_cell, slot_share
-- key:     feature, feature_id
-- param:   months integer = 6  -- from which a series tells its own season
-- method:  of a site or a district (as in series_cell); weekdays weigh the same in a month, months in the year; months without every
--          weekday stand apart. The interval (95 %) adds two doubts: days of the same month and weekday differ (their variance, pooled
--          over the series, over the days counted), and months not counted differ from those that were (variance between months, of the
--          series when it has at least `months` of them, else the greatest relative one of the sites, else the one of slot_share), finite
--          population of twelve. Days one after the other are taken as independent. A series without a single month of every weekday has
--          no yearly figure; the interval is missing where no weekday of a month was counted twice
-- source:  AASHTO method, Transportation Research Record 2024, 03611981241281736; stratified sampling, Cochran 1977, ch. 5
WITH cell AS (
    SELECT feature, feature_id, month % 100 AS month, weekday, sum(days) AS days, sum(people) / sum(days) AS people,
           max(sum(squares) - sum(people) * sum(people) / sum(days), 0.0) AS squares
    FROM series_cell
    GROUP BY feature, feature_id, month % 100 * 8 + weekday), -- as one number: quickly sorted
spread AS (
    SELECT feature, feature_id, sum(squares) / nullif(sum(days - 1), 0) AS day_variance, sum(days) AS counted_days
    FROM cell
    GROUP BY feature, feature_id),
month AS (
    SELECT feature, feature_id, month, avg(people) AS people, sum(1.0 / days) / 49 AS weight
    FROM cell
    GROUP BY feature, feature_id, month
    HAVING count(*) = 7),
year AS (
    SELECT feature, feature_id, avg(people) AS people, count(*) AS months, sum(weight) / (count(*) * count(*)) AS weight,
           max(sum(people * people) - count(*) * avg(people) * avg(people), 0.0) / nullif(count(*) - 1, 0) AS month_variance
    FROM month
    GROUP BY feature, feature_id),
season AS (
    SELECT coalesce(max(month_variance / (people * people)),
                    (SELECT max(season_log * season_log) FROM slot_share WHERE :period BETWEEN from_year AND to_year)) AS relative_variance
    FROM year
    WHERE feature = 'footfall_site' AND months >= :months AND people > 0),
doubt AS (
    SELECT feature, feature_id, people, counted_days, months,
           1.96 * sqrt(day_variance * weight
                       + CASE WHEN months = 12 THEN 0
                              WHEN months >= :months THEN month_variance
                              ELSE people * people * (SELECT relative_variance FROM season) END
                         / months * (1 - months / 12.0)) AS half
    FROM year
    JOIN spread USING (feature, feature_id))
SELECT feature,
       feature_id,
       people                AS footfall_year_per_day,
       max(people - half, 0) AS footfall_year_per_day_low,
       people + half         AS footfall_year_per_day_high,
       counted_days,
       months
FROM doubt;
