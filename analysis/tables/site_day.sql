-- table:   site_day
-- title:   People a site counted day by day | Passages par site, jour après jour
-- needs:   site_profile
-- key:     footfall_site_id, day
-- method:  local calendar days; instants: how many times of the day were measured, so an hourly counter gives 24, and 23 or 25
--          on the days the clocks change
-- source:  the counting files of the run
SELECT p.footfall_site_id,
       CAST(d.key AS INTEGER)          AS day,
       json_extract(d.value, '$[0]')   AS people,
       json_extract(d.value, '$[1]')   AS instants
FROM site_profile AS p, json_each(profile_series(p.profile)) AS d;
