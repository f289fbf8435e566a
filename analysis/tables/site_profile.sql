-- table:   site_profile
-- title:   Counts of a site folded into a week and a year | Comptages d'un site repliés en semaine et en année
-- needs:   footfall_count
-- key:     footfall_site_id
-- source:  the counting files of the run; both directions together, days and hours are local
SELECT footfall_site_id,
       count_profile(day, local_minute(start_s, :time_zone), count, start_s) AS profile
FROM footfall_count
GROUP BY footfall_site_id;
