-- topic:    footfall_rhythm
-- title:    Rhythm of footfall | Rythme de la fréquentation
-- needs:    district_profile, day_part, series_chart
-- shown:    none
-- method:   the counts of all sites of the district together, so that a busy site weighs more; footfall_seasonality needs twelve
--           months; completeness: days with a measure in those between the first and the last of each site; the numbers for
--           charts are of the mean site (table series_chart)
--           | les comptages de tous les sites du quartier ensemble, un site fréquenté pèse donc davantage ;
--           footfall_seasonality demande douze mois ; complétude : jours mesurés parmi ceux du premier au dernier de chaque
--           site ; les nombres des graphiques sont ceux du site moyen (table series_chart)
-- source:   yearly mean: AASHTO method, Transportation Research Record 2024, 03611981241281736; ratios: Miranda-Moreno and
--           others 2013; day parts and night: Eco-Compteur
--
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
-- week_hours               text, people/h, short ff_hweek   | People an hour and site, Monday to Friday, from 0:00 to 23:00 | Passages par heure et par site, lundi à vendredi, de 0 h à 23 h
-- weekend_hours            text, people/h, short ff_hwend   | People an hour and site, Saturday and Sunday, from 0:00 to 23:00 | Passages par heure et par site, samedi et dimanche, de 0 h à 23 h
-- year_months              text, people/day, short ff_months | People a day and site, from January to December | Passages par jour et par site, de janvier à décembre
SELECT s.district_id,
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
       max(profile_days(s.profile, 1, 7))       AS counted_days,
       max(s.span_days)                         AS span_days,
       c.week_hours,
       c.weekend_hours,
       c.year_months
FROM district_profile AS s
LEFT JOIN series_chart AS c ON c.feature = 'district' AND c.feature_id = s.district_id
CROSS JOIN day_part AS d
WHERE :period BETWEEN d.from_year AND d.to_year
GROUP BY s.district_id;
