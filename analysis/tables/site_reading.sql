-- table:   site_reading
-- title:   What a counting site says of a day | Ce qu'un site de comptage dit d'un jour
-- needs:   footfall_site
-- uses:    footfall_count, footfall_slot
-- key:     footfall_site_id
-- method:  sum of the counts over the days with a measure; where a site has none, the sum of its slots of two hours, the mean
--          of the days that were counted: people in those hours only, comparable between such sites and no figure of a day
-- source:  the counting files of the run
SELECT s.footfall_site_id,
       s.x_m,
       s.y_m,
       coalesce(c.people, t.people)                              AS people,
       CASE WHEN c.people IS NULL THEN 'slots' ELSE 'days' END   AS unit
FROM footfall_site AS s
LEFT JOIN (SELECT footfall_site_id, 1.0 * sum(people) / count(*) AS people
           FROM (SELECT footfall_site_id, day, sum(count) AS people FROM footfall_count GROUP BY footfall_site_id, day)
           GROUP BY footfall_site_id) AS c USING (footfall_site_id)
LEFT JOIN (SELECT footfall_site_id, avg(people) AS people
           FROM (SELECT footfall_site_id, weekday, sum(people) AS people, count(*) = count(people) AS is_whole
                 FROM footfall_slot GROUP BY footfall_site_id, weekday)
           WHERE is_whole GROUP BY footfall_site_id) AS t USING (footfall_site_id)
WHERE coalesce(c.people, t.people) > 0;
