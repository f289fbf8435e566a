-- topic:    footfall
-- title:    Footfall | Fréquentation piétonne
-- needs:    footfall_site_district, site_footfall
-- method:   mean over the sites of the district that have a measure; sites weigh the same
--           | moyenne des sites du quartier qui ont une mesure ; les sites pèsent autant
-- source:   the counting files of the run
--
-- footfall_sites    stock, count, short ff_sites     | Counting sites | Sites de comptage
-- footfall_per_day  mean, people/day, short ff_day   | People a day and site | Passages par jour et par site
SELECT p.district_id,
       count(*)                AS footfall_sites,
       avg(s.footfall_per_day) AS footfall_per_day
FROM footfall_site_district AS p
JOIN site_footfall AS s USING (footfall_site_id)
WHERE p.is_home
GROUP BY p.district_id;
