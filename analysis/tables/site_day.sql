-- table:   site_day
-- title:   People a site counted day by day, beside what is usual | Passages par site, jour après jour, et ce qui est habituel
-- needs:   site_profile
-- key:     footfall_site_id, day
-- param:   near integer = 4 -- days of the same weekday before, and after
-- method:  local calendar days; instants: how many times of the day were measured, so an hourly counter gives 24, and 23 or 25
--          on the days the clocks change. wait: days since the counted day before. usual: median of the up to eight counted days of
--          the same weekday nearest in time, four before and four after; deviation: their median absolute deviation from it
-- source:  the counting files of the run
SELECT p.footfall_site_id, d.day, d.weekday, d.people, d.instants, d.wait, d.usual, d.usual_days, d.deviation
FROM site_profile AS p, profile_series(p.profile, :near) AS d;
