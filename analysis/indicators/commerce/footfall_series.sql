-- topic:    footfall_series
-- title:    Footfall over the years | La fréquentation au fil des ans
-- needs:    series_year, district_profile
-- uses:     series_trend
-- shown:    none
-- method:   of the mean site of the district (table district_profile): of the places that are counted, not of all its streets. Intervals
--           are those of that mean, as of one site (series_year, series_trend); n: days counted, months of the trend, days of the two months
--           | du site moyen du quartier (table district_profile) : des lieux comptés, non de toutes ses voies. Les intervalles sont ceux de
--           cette moyenne, comme pour un site (series_year, series_trend) ; n : jours comptés, mois de la tendance, jours des deux mois
-- source:   as series_year, series_month and series_trend
--
-- footfall_year_per_day  estimate, people/day, short ff_year  | People a day of the year and site | Passages par jour moyen de l'année et par site
-- footfall_trend_pct     estimate, %/year, short ff_trend     | Trend of footfall in % a year | Tendance de la fréquentation en % par an
-- footfall_change_pct    estimate, %, short ff_chg            | Last month against the same month a year before | Dernier mois par rapport au même mois un an avant
-- footfall_index_100     index, ratio, short ff_index         | Last month without its season, 100 the mean of the months | Dernier mois corrigé des saisons, 100 pour la moyenne des mois
SELECT y.feature_id AS district_id,
       json_array(y.footfall_year_per_day, y.footfall_year_per_day_low, y.footfall_year_per_day_high,
                  y.counted_days)                                   AS footfall_year_per_day,
       CASE WHEN t.trend_pct IS NOT NULL
            THEN json_array(t.trend_pct, t.trend_low_pct, t.trend_high_pct, t.trend_months) END AS footfall_trend_pct,
       CASE WHEN t.change_pct IS NOT NULL
            THEN json_array(t.change_pct, t.change_low_pct, t.change_high_pct, t.change_days) END AS footfall_change_pct,
       t.index_100                                                  AS footfall_index_100
FROM series_year AS y
LEFT JOIN series_trend AS t USING (feature, feature_id)
WHERE y.feature = 'district';
