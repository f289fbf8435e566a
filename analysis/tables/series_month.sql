-- table:   series_month
-- title:   People a day month by month, and the index without the seasons | Passages par jour, mois par mois, et indice corrigé des saisons
-- needs:   series_cell
-- key:     feature, feature_id, month
-- method:  of a site or a district (as in series_cell); weekdays weigh the same; a month without every weekday has no row. variance:
--          of that mean, from days of the same weekday, taken as independent. season: mean ratio of the month to the moving average
--          over twelve months around it (half weights at both ends), all of which must be there, the twelve scaled to a mean of 1.
--          index_100: people a day over the season, 100 the mean of the months; NULL where a month's season is not known
-- source:  ratio to moving average, Macaulay 1931
WITH month AS (
    SELECT feature, feature_id, month, month / 100 * 12 + month % 100 AS number, sum(days) AS days, avg(people / days) AS people_per_day,
           sum(max(squares - people * people / days, 0.0)) / nullif(sum(days - 1), 0) * sum(1.0 / days) / 49 AS variance
    FROM series_cell
    GROUP BY feature, feature_id, month
    HAVING count(*) = 7),
moving AS (
    SELECT feature, feature_id, month % 100 AS of_year,
           people_per_day / ((sum(people_per_day) OVER wide + sum(people_per_day) OVER narrow) / 24) AS ratio,
           count(*) OVER wide AS months
    FROM month
    WINDOW wide AS (PARTITION BY feature, feature_id ORDER BY number RANGE BETWEEN 6 PRECEDING AND 6 FOLLOWING),
           narrow AS (PARTITION BY feature, feature_id ORDER BY number RANGE BETWEEN 5 PRECEDING AND 5 FOLLOWING)),
raw AS (
    SELECT feature, feature_id, of_year, avg(ratio) AS ratio
    FROM moving
    WHERE months = 13
    GROUP BY feature, feature_id, of_year),
season AS (
    SELECT feature, feature_id, of_year, CASE count(*) OVER whole WHEN 12 THEN ratio / avg(ratio) OVER whole END AS season
    FROM raw
    WINDOW whole AS (PARTITION BY feature, feature_id))
SELECT m.feature,
       m.feature_id,
       m.month,
       m.number,
       m.days,
       m.people_per_day,
       m.variance,
       s.season,
       100 * (m.people_per_day / s.season) / avg(m.people_per_day / s.season) OVER (PARTITION BY m.feature, m.feature_id) AS index_100
FROM month AS m
LEFT JOIN season AS s ON s.feature = m.feature AND s.feature_id = m.feature_id AND s.of_year = m.month % 100;
