-- table:   site_reading
-- title:   What a counting site says of a day | Ce qu'un site de comptage dit d'un jour
-- needs:   footfall_site
-- uses:    site_year, site_expanded, footfall_count
-- key:     footfall_site_id
-- version: 2
-- method:  people a day of the year: weekdays and months balanced (site_year); where a site lacks the weekdays for that, the mean
--          of the days with a measure; where it was counted by hand only, what its hours make of a year (site_expanded). Hours
--          no profile is known for say nothing of a day
-- source:  the counting files of the run
SELECT s.footfall_site_id,
       s.x_m,
       s.y_m,
       coalesce(y.footfall_year_per_day, c.people, e.footfall_expanded_per_day) AS people,
       CASE WHEN y.footfall_year_per_day IS NOT NULL THEN 'year'
            WHEN c.people IS NOT NULL THEN 'days'
            ELSE 'expanded' END                                                 AS method
FROM footfall_site AS s
LEFT JOIN site_year AS y USING (footfall_site_id)
LEFT JOIN site_expanded AS e USING (footfall_site_id)
LEFT JOIN (SELECT footfall_site_id, 1.0 * sum(people) / count(*) AS people
           FROM (SELECT footfall_site_id, day, sum(count) AS people FROM footfall_count GROUP BY footfall_site_id, day)
           GROUP BY footfall_site_id) AS c USING (footfall_site_id)
WHERE coalesce(y.footfall_year_per_day, c.people, e.footfall_expanded_per_day) > 0;
