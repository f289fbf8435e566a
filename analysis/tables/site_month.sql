-- table:   site_month
-- title:   People a day month by month at a site, and the index without the seasons | Passages par jour d'un site, mois par mois, et indice corrigé des saisons
-- needs:   site_day
-- key:     footfall_site_id, month
-- method:  weekdays weigh the same; a month without every weekday has no row. variance: of that mean, from days of the same weekday,
--          taken as independent. season: mean ratio of the month to the moving average over twelve months around it (half weights
--          at both ends), all of which must be there, the twelve scaled to a mean of 1. index_100: people a day over the season,
--          100 the mean of the site's months; NULL where a month's season is not known
-- source:  ratio to moving average, Macaulay 1931
WITH cell AS (
    SELECT footfall_site_id, day / 100 AS month, weekday(day) AS weekday, count(*) AS days, avg(people) AS people,
           max(sum(people * people) - count(*) * avg(people) * avg(people), 0.0) AS squares
    FROM site_day
    GROUP BY 1, 2, 3),
month AS (
    SELECT footfall_site_id, month, month / 100 * 12 + month % 100 AS number, sum(days) AS days, avg(people) AS people_per_day,
           sum(squares) / nullif(sum(days - 1), 0) * sum(1.0 / days) / 49 AS variance
    FROM cell
    GROUP BY footfall_site_id, month
    HAVING count(*) = 7),
moving AS (
    SELECT footfall_site_id, month % 100 AS of_year,
           people_per_day / ((sum(people_per_day) OVER wide + sum(people_per_day) OVER narrow) / 24) AS ratio,
           count(*) OVER wide AS months
    FROM month
    WINDOW wide AS (PARTITION BY footfall_site_id ORDER BY number RANGE BETWEEN 6 PRECEDING AND 6 FOLLOWING),
           narrow AS (PARTITION BY footfall_site_id ORDER BY number RANGE BETWEEN 5 PRECEDING AND 5 FOLLOWING)),
raw AS (
    SELECT footfall_site_id, of_year, avg(ratio) AS ratio
    FROM moving
    WHERE months = 13
    GROUP BY footfall_site_id, of_year),
season AS (
    SELECT footfall_site_id, of_year, CASE count(*) OVER site WHEN 12 THEN ratio / avg(ratio) OVER site END AS season
    FROM raw
    WINDOW site AS (PARTITION BY footfall_site_id))
SELECT m.footfall_site_id,
       m.month,
       m.number,
       m.days,
       m.people_per_day,
       m.variance,
       s.season,
       100 * (m.people_per_day / s.season) / avg(m.people_per_day / s.season) OVER (PARTITION BY m.footfall_site_id) AS index_100
FROM month AS m
LEFT JOIN season AS s ON s.footfall_site_id = m.footfall_site_id AND s.of_year = m.month % 100;
