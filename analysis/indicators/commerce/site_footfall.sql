-- topic:    site_footfall
-- title:    Footfall by counting site | Fréquentation par site de comptage
-- feature:  footfall_site
-- needs:    footfall_count
-- method:   sum of the counts over the days with a measure; both directions together; days are local
-- source:   the counting files of the run
--
-- footfall_per_day  mean, people/day, short ff_day   | People a day | Passages par jour
-- counted_days      stock, days, short days          | Days with a measure | Jours avec une mesure
SELECT footfall_site_id,
       sum(count) / count(*) AS footfall_per_day,
       count(*)              AS counted_days
FROM (SELECT footfall_site_id, day, sum(count) AS count
      FROM footfall_count
      GROUP BY footfall_site_id, day)
GROUP BY footfall_site_id;
