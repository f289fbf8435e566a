-- topic:    site_series
-- title:    A site's counts over the years | Les comptages d'un site au fil des ans
-- feature:  footfall_site
-- needs:    site_profile, site_day, site_year
-- method:   the yearly figure and its interval: table series_year; a gap is a run of days without any measure between two with one;
--           completeness: days with a measure in those between the first and the last; nothing is filled in
--           | le chiffre annuel et son intervalle : table series_year ; une lacune est une suite de jours sans aucune mesure
--           entre deux jours mesurés ; complétude : jours mesurés parmi ceux du premier au dernier ; rien n'est comblé
-- source:   AASHTO method, Transportation Research Record 2024, 03611981241281736; weekend ratio: Miranda-Moreno and others 2013
--
-- footfall_year_per_day      mean, people/day, short ff_year   | People a day of the year | Passages par jour moyen de l'année
-- footfall_year_low_per_day  mean, people/day, short ff_yr_low | Lower end, in 95 % of samples | Borne basse, dans 95 % des cas
-- footfall_year_high_per_day mean, people/day, short ff_yr_hig | Upper end, in 95 % of samples | Borne haute, dans 95 % des cas
-- footfall_completeness_pct  mean, %, short ff_compl   | Days with a measure | Jours avec une mesure
-- longest_gap_days           stock, days, short ff_gap | Longest run of days without a measure | Plus longue suite de jours sans mesure
-- weekend_week_ratio         mean, ratio, short ff_wkend | Saturday and Sunday over Monday to Friday, people a day | Samedi et dimanche sur lundi à vendredi, passages par jour
SELECT p.footfall_site_id,
       y.footfall_year_per_day,
       y.footfall_year_per_day_low                                  AS footfall_year_low_per_day,
       y.footfall_year_per_day_high                                 AS footfall_year_high_per_day,
       100.0 * profile_days(p.profile, 1, 7) / profile_span_days(p.profile) AS footfall_completeness_pct,
       g.longest_gap_days,
       profile_sum(p.profile, 6, 7, 0, 1440) / nullif(profile_days(p.profile, 6, 7), 0)
       / (profile_sum(p.profile, 1, 5, 0, 1440) / nullif(profile_days(p.profile, 1, 5), 0)) AS weekend_week_ratio
FROM site_profile AS p
LEFT JOIN site_year AS y USING (footfall_site_id)
JOIN (SELECT footfall_site_id, coalesce(max(wait), 1) - 1 AS longest_gap_days
      FROM site_day
      GROUP BY footfall_site_id) AS g USING (footfall_site_id);
