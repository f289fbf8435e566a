-- table:   site_year
-- title:   People a day of the year at a site | Passages par jour moyen de l'année d'un site
-- needs:   series_year
-- key:     footfall_site_id
-- method:  as series_year
-- source:  the counting files of the run
SELECT feature_id AS footfall_site_id,
       footfall_year_per_day,
       footfall_year_per_day_low,
       footfall_year_per_day_high,
       counted_days,
       months,
       'counted' AS method
FROM series_year
WHERE feature = 'footfall_site';
