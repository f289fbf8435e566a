-- topic:    site_footfall
-- title:    Footfall by counting site | Fréquentation par site de comptage
-- feature:  footfall_site
-- needs:    site_profile
-- method:   sum of the counts over the days with a measure; both directions together; days are local
--           | somme des comptages rapportée aux jours qui ont une mesure ; les deux sens ensemble ; les jours sont locaux
-- source:   the counting files of the run
--
-- footfall_per_day  mean, people/day, short ff_day   | People a day | Passages par jour
-- counted_days      stock, days, short days          | Days with a measure | Jours avec une mesure
SELECT footfall_site_id,
       profile_sum(profile, 1, 7, 0, 1440) / profile_days(profile, 1, 7) AS footfall_per_day,
       profile_days(profile, 1, 7)                                       AS counted_days
FROM site_profile;
