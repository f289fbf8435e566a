-- topic:    site_rhythm
-- title:    Rhythm of a counting site | Rythme d'un site de comptage
-- feature:  footfall_site
-- needs:    site_profile, day_part, series_chart
-- method:   as footfall_rhythm, of one site; the numbers for charts as series_chart
--           | comme footfall_rhythm, pour un site ; les chiffres des graphiques comme series_chart
-- source:   day parts and night: Eco-Compteur; morning over midday: Miranda-Moreno and others 2013
--
-- footfall_07_10_pct   index, %, short ff07_10    | From 7:00 to 10:00 | De 7 h à 10 h
-- footfall_10_12_pct   index, %, short ff10_12    | From 10:00 to 12:00 | De 10 h à 12 h
-- footfall_12_14_pct   index, %, short ff12_14    | From 12:00 to 14:00 | De 12 h à 14 h
-- footfall_14_17_pct   index, %, short ff14_17    | From 14:00 to 17:00 | De 14 h à 17 h
-- footfall_17_20_pct   index, %, short ff17_20    | From 17:00 to 20:00 | De 17 h à 20 h
-- footfall_20_07_pct   index, %, short ff20_07    | From 20:00 to 7:00 | De 20 h à 7 h
-- footfall_night_pct   index, %, short ff_night   | From 20:00 to 6:00 | De 20 h à 6 h
-- morning_midday_ratio index, ratio, short ff_am_md | From 7:00 to 9:00 over 11:00 to 13:00 | De 7 h à 9 h sur 11 h à 13 h
-- footfall_peak_hour   class, h, short ff_peak    | Busiest hour of the day begins at | Heure la plus fréquentée, début
-- footfall_seasonality index, ratio, short ff_seas | Highest less lowest month over the mean | Mois le plus fort moins le plus faible, sur la moyenne
-- week_hours           text, people/h, short ff_hweek   | People an hour, Monday to Friday, from 0:00 to 23:00 | Passages par heure, lundi à vendredi, de 0 h à 23 h
-- weekend_hours        text, people/h, short ff_hwend   | People an hour, Saturday and Sunday, from 0:00 to 23:00 | Passages par heure, samedi et dimanche, de 0 h à 23 h
-- year_months          text, people/day, short ff_months | People a day, from January to December | Passages par jour, de janvier à décembre
WITH part AS (
    SELECT s.footfall_site_id, d.part, profile_sum(profile, 1, 7, 0, 1440) AS people,
           profile_sum(profile, 1, 7, d.start_minute, d.end_minute) AS in_part
    FROM site_profile AS s
    CROSS JOIN day_part AS d
    WHERE :period BETWEEN d.from_year AND d.to_year)
SELECT p.footfall_site_id,
       max(CASE p.part WHEN '07_10' THEN 100 * p.in_part / nullif(p.people, 0) END) AS footfall_07_10_pct,
       max(CASE p.part WHEN '10_12' THEN 100 * p.in_part / nullif(p.people, 0) END) AS footfall_10_12_pct,
       max(CASE p.part WHEN '12_14' THEN 100 * p.in_part / nullif(p.people, 0) END) AS footfall_12_14_pct,
       max(CASE p.part WHEN '14_17' THEN 100 * p.in_part / nullif(p.people, 0) END) AS footfall_14_17_pct,
       max(CASE p.part WHEN '17_20' THEN 100 * p.in_part / nullif(p.people, 0) END) AS footfall_17_20_pct,
       max(CASE p.part WHEN '20_07' THEN 100 * p.in_part / nullif(p.people, 0) END) AS footfall_20_07_pct,
       max(CASE p.part WHEN 'night' THEN 100 * p.in_part / nullif(p.people, 0) END) AS footfall_night_pct,
       max(CASE p.part WHEN 'morning' THEN p.in_part END)
       / nullif(max(CASE p.part WHEN 'midday' THEN p.in_part END), 0)               AS morning_midday_ratio,
       profile_peak_minute(s.profile) / 60 AS footfall_peak_hour,
       profile_seasonality(s.profile)      AS footfall_seasonality,
       c.week_hours,
       c.weekend_hours,
       c.year_months
FROM part AS p
JOIN site_profile AS s USING (footfall_site_id)
LEFT JOIN series_chart AS c ON c.feature = 'footfall_site' AND c.feature_id = p.footfall_site_id
GROUP BY p.footfall_site_id;
