-- table:   series_cell
-- title:   People of the days of a month and weekday, of a site or a district | Passages des jours d'un mois et d'un jour de semaine, par site ou quartier
-- needs:   site_profile
-- uses:    district_profile
-- key:     feature, feature_id, month, weekday
-- method:  month: YYYYMM. Sums over the counted days and of their squares: what means and their doubt are made of. feature: footfall_site, or
--          district (the mean site of district_profile)
-- source:  the counting files of the run
SELECT 'footfall_site' AS feature, s.footfall_site_id AS feature_id, c.month, c.weekday, c.days, c.people, c.squares
FROM site_profile AS s, profile_cells(s.profile) AS c
UNION ALL
SELECT 'district', d.district_id, c.month, c.weekday, c.days, c.people, c.squares
FROM district_profile AS d, profile_cells(d.profile) AS c;
