-- table:   site_profile
-- title:   Counts of a site folded into a week and a year | Comptages d'un site repliés en semaine et en année
-- needs:   footfall_site, footfall_count
-- key:     footfall_site_id
-- ranges:  footfall_site
-- source:  the counting files of the run; both directions together, days and hours are local
SELECT s.footfall_site_id,
       fold('count_profile', 'footfall_count', 'day, start_s, count', 'footfall_site_id', s.footfall_site_id, :time_zone) AS profile
FROM footfall_site AS s
WHERE EXISTS (SELECT 1 FROM footfall_count AS c WHERE c.footfall_site_id = s.footfall_site_id);
