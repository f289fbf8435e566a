-- topic:    site_change
-- title:    How a site changes from year to year | Comment un site évolue d'une année à l'autre
-- feature:  footfall_site
-- needs:    series_trend
-- method:   table series_trend
--           | table series_trend
-- source:   seasonal dummies, Frisch and Waugh 1933; same month of the year before: UK Towns Fund guidance; index: as series_month
--
-- footfall_trend_pct       mean, %/year, short ff_trend  | Trend in % a year | Tendance en % par an
-- footfall_trend_low_pct   mean, %/year, short ff_tr_low | Lower end, in 95 % of samples | Borne basse, dans 95 % des cas
-- footfall_trend_high_pct  mean, %/year, short ff_tr_hig | Upper end, in 95 % of samples | Borne haute, dans 95 % des cas
-- footfall_change_pct      mean, %, short ff_chg     | Last month against the same month a year before | Dernier mois par rapport au même mois un an avant
-- footfall_change_low_pct  mean, %, short ff_chg_low | Lower end, in 95 % of samples | Borne basse, dans 95 % des cas
-- footfall_change_high_pct mean, %, short ff_chg_hig | Upper end, in 95 % of samples | Borne haute, dans 95 % des cas
-- footfall_index_100       index, ratio, short ff_index  | Last month without its season, 100 the mean of the months | Dernier mois corrigé des saisons, 100 pour la moyenne des mois
SELECT feature_id      AS footfall_site_id,
       trend_pct       AS footfall_trend_pct,
       trend_low_pct   AS footfall_trend_low_pct,
       trend_high_pct  AS footfall_trend_high_pct,
       change_pct      AS footfall_change_pct,
       change_low_pct  AS footfall_change_low_pct,
       change_high_pct AS footfall_change_high_pct,
       index_100       AS footfall_index_100
FROM series_trend
WHERE feature = 'footfall_site';
