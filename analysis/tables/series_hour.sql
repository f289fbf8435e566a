-- table:   series_hour
-- title:   The day hour by hour, in the week and at the weekend | La journée heure par heure, en semaine et le week-end
-- needs:   site_profile
-- uses:    district_profile
-- key:     feature, feature_id, part, hour
-- method:  people an hour, of a site or the mean site of a district, over the days with a measure: Monday to Friday (week), Saturday
--          and Sunday (weekend). Counts of a whole day, or of steps of more than an hour, stand in the hour they begin
-- source:  the counting files of the run
WITH folded AS (
    SELECT 'footfall_site' AS feature, footfall_site_id AS feature_id, profile FROM site_profile
    UNION ALL
    SELECT 'district', district_id, profile FROM district_profile),
part AS (
    SELECT f.feature, f.feature_id, p.part, p.from_day, p.to_day, f.profile, profile_days(f.profile, p.from_day, p.to_day) AS days
    FROM folded AS f
    CROSS JOIN (SELECT 'week' AS part, 1 AS from_day, 5 AS to_day UNION ALL SELECT 'weekend', 6, 7) AS p)
SELECT p.feature,
       p.feature_id,
       p.part,
       h.hour,
       h.people / p.days AS people_per_hour
FROM part AS p, profile_hours(p.profile, p.from_day, p.to_day) AS h
WHERE p.days > 0;
