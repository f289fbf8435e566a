-- table:   series_chart
-- title:   What charts draw, in numbers | Ce que dessinent les graphiques, en nombres
-- needs:   series_hour
-- uses:    series_month
-- key:     feature, feature_id
-- method:  numbers with a space between. week_hours and weekend_hours: people an hour from 0:00 to 23:00, Monday to Friday and
--          Saturday and Sunday; year_months: people a day from January to December, the mean of the years (series_month), '-' where
--          none is known. Of a site, or the mean site of a district
-- source:  the counting files of the run
WITH RECURSIVE year(month) AS (
    SELECT 1 UNION ALL SELECT month + 1 FROM year WHERE month < 12),
hours AS (
    SELECT feature, feature_id, part, group_concat(printf('%g', round(people_per_hour, 1)), ' ') AS numbers
    FROM (SELECT * FROM series_hour ORDER BY feature, feature_id, part, hour)
    GROUP BY feature, feature_id, part),
mean AS (
    SELECT feature, feature_id, month % 100 AS month, printf('%.0f', avg(people_per_day)) AS people
    FROM series_month
    GROUP BY feature, feature_id, month % 100),
months AS (
    SELECT feature, feature_id, count(people) AS known, group_concat(coalesce(people, '-'), ' ') AS numbers
    FROM (SELECT s.feature, s.feature_id, m.people
          FROM (SELECT DISTINCT feature, feature_id FROM series_hour) AS s
          CROSS JOIN year AS y
          LEFT JOIN mean AS m USING (feature, feature_id, month)
          ORDER BY s.feature, s.feature_id, y.month)
    GROUP BY feature, feature_id)
SELECT feature,
       feature_id,
       max(CASE h.part WHEN 'week' THEN h.numbers END)    AS week_hours,
       max(CASE h.part WHEN 'weekend' THEN h.numbers END) AS weekend_hours,
       CASE WHEN m.known > 0 THEN m.numbers END           AS year_months
FROM hours AS h
JOIN months AS m USING (feature, feature_id)
GROUP BY feature, feature_id;
