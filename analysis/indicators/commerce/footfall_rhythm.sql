-- topic:    footfall_rhythm
-- title:    Rhythm of footfall | Rythme de la fréquentation
-- needs:    footfall_site_district, site_profile, day_part
-- shown:    none
-- method:   the counts of all sites of the district together, so that a busy site weighs more, except footfall_year_per_day,
--           the mean of the sites (weekdays weigh the same in a month, months in the year; months without every weekday
--           stand apart); footfall_seasonality needs twelve months; completeness: days with a measure in those between the
--           first and the last of each site
--           | les comptages de tous les sites du quartier ensemble, un site fréquenté pèse donc davantage, sauf
--           footfall_year_per_day, moyenne des sites (les jours de semaine pèsent autant dans un mois, les mois dans l'année ;
--           les mois sans tous les jours de semaine sont laissés de côté) ; footfall_seasonality demande douze mois ;
--           complétude : jours mesurés parmi ceux du premier au dernier de chaque site
-- source:   yearly mean: AASHTO method, Transportation Research Record 2024, 03611981241281736; ratios: Miranda-Moreno and
--           others 2013; day parts and night: Eco-Compteur
--
-- footfall_year_per_day    mean, people/day, short ff_year  | People a day of the year and site | Passages par jour moyen de l'année et par site
-- footfall_07_10_pct       share, %, short ff07_10    | From 7:00 to 10:00 | De 7 h à 10 h
--                          = 100 * people_07_10 / people, range 0..100
-- footfall_10_12_pct       share, %, short ff10_12    | From 10:00 to 12:00 | De 10 h à 12 h
--                          = 100 * people_10_12 / people, range 0..100
-- footfall_12_14_pct       share, %, short ff12_14    | From 12:00 to 14:00 | De 12 h à 14 h
--                          = 100 * people_12_14 / people, range 0..100
-- footfall_14_17_pct       share, %, short ff14_17    | From 14:00 to 17:00 | De 14 h à 17 h
--                          = 100 * people_14_17 / people, range 0..100
-- footfall_17_20_pct       share, %, short ff17_20    | From 17:00 to 20:00 | De 17 h à 20 h
--                          = 100 * people_17_20 / people, range 0..100
-- footfall_20_07_pct       share, %, short ff20_07    | From 20:00 to 7:00 | De 20 h à 7 h
--                          = 100 * people_20_07 / people, range 0..100
-- footfall_night_pct       share, %, short ff_night   | From 20:00 to 6:00 | De 20 h à 6 h
--                          = 100 * people_night / people, range 0..100
-- weekend_week_ratio       index, ratio, short ff_wkend | Saturday and Sunday over Monday to Friday, people a day | Samedi et dimanche sur lundi à vendredi, passages par jour
--                          = 1 * weekend_per_day / week_per_day
-- morning_midday_ratio     index, ratio, short ff_am_md | From 7:00 to 9:00 over 11:00 to 13:00 | De 7 h à 9 h sur 11 h à 13 h
--                          = 1 * people_morning / people_midday
-- footfall_peak_hour       class, h, short ff_peak    | Busiest hour of the day begins at | Heure la plus fréquentée, début
-- footfall_seasonality     index, ratio, short ff_seas | Highest less lowest month over the mean | Mois le plus fort moins le plus faible, sur la moyenne
-- footfall_completeness_pct share, %, short ff_compl  | Days with a measure | Jours avec une mesure
--                          = 100 * counted_days / span_days, range 0..100
SELECT s.district_id,
       max(s.footfall_year_per_day) AS footfall_year_per_day,
       max(profile_sum(s.profile, 1, 7, 0, 1440)) AS people,
       max(CASE d.part WHEN '07_10' THEN profile_sum(s.profile, 1, 7, d.start_minute, d.end_minute) END) AS people_07_10,
       max(CASE d.part WHEN '10_12' THEN profile_sum(s.profile, 1, 7, d.start_minute, d.end_minute) END) AS people_10_12,
       max(CASE d.part WHEN '12_14' THEN profile_sum(s.profile, 1, 7, d.start_minute, d.end_minute) END) AS people_12_14,
       max(CASE d.part WHEN '14_17' THEN profile_sum(s.profile, 1, 7, d.start_minute, d.end_minute) END) AS people_14_17,
       max(CASE d.part WHEN '17_20' THEN profile_sum(s.profile, 1, 7, d.start_minute, d.end_minute) END) AS people_17_20,
       max(CASE d.part WHEN '20_07' THEN profile_sum(s.profile, 1, 7, d.start_minute, d.end_minute) END) AS people_20_07,
       max(CASE d.part WHEN 'night' THEN profile_sum(s.profile, 1, 7, d.start_minute, d.end_minute) END) AS people_night,
       max(CASE d.part WHEN 'morning' THEN profile_sum(s.profile, 1, 7, d.start_minute, d.end_minute) END) AS people_morning,
       max(CASE d.part WHEN 'midday' THEN profile_sum(s.profile, 1, 7, d.start_minute, d.end_minute) END) AS people_midday,
       max(profile_sum(s.profile, 6, 7, 0, 1440) / nullif(profile_days(s.profile, 6, 7), 0)) AS weekend_per_day,
       max(profile_sum(s.profile, 1, 5, 0, 1440) / nullif(profile_days(s.profile, 1, 5), 0)) AS week_per_day,
       max(profile_peak_minute(s.profile)) / 60 AS footfall_peak_hour,
       max(profile_seasonality(s.profile))      AS footfall_seasonality,
       max(s.counted_days)                      AS counted_days,
       max(s.span_days)                         AS span_days
FROM (SELECT p.district_id,
             profile_add(f.profile)             AS profile,
             avg(profile_per_day(f.profile))    AS footfall_year_per_day,
             sum(profile_days(f.profile, 1, 7)) AS counted_days,
             sum(profile_span_days(f.profile))  AS span_days
      FROM footfall_site_district AS p
      JOIN site_profile AS f USING (footfall_site_id)
      WHERE p.is_home
      GROUP BY p.district_id) AS s
CROSS JOIN day_part AS d
WHERE :period BETWEEN d.from_year AND d.to_year
GROUP BY s.district_id;
