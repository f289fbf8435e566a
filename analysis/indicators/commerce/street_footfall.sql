-- topic:    street_footfall
-- title:    Estimated footfall of streets | Fréquentation estimée des voies
-- feature:  street
-- needs:    street_walk, site_reading, site_left_out, estimate_error
-- param:    sites integer = 4           -- how many of the nearest counters speak
-- param:    power integer = 2           -- of the distance that weighs them
-- param:    near_m integer = 10         -- a distance below this counts as this
-- param:    least_sites integer = 2     -- fewer in reach: no estimate
-- param:    most_error_pct integer = 200 -- a greater error: no estimate. 200: off by a factor of three
-- method:   interpolated along the streets from the nearest counters (weights as in site_left_out); no measure and no model of
--           flows. The error is that of leaving each counter out: half of its variance is that of the counters that speak here,
--           half that of all; the interval is 95 % under a log-normal error
--           | interpolée le long des voies depuis les compteurs les plus proches (poids de site_left_out) ; ni mesure ni modèle de flux. L'erreur
--           est celle qu'on fait en laissant chaque compteur de côté : pour moitié de sa variance, celle des compteurs qui parlent ici, pour
--           moitié celle de tous ; intervalle à 95 % d'une erreur log-normale
-- source:   Shepard 1968 for the weights; errors as in estimate_error
--
-- footfall_estimate_per_day       mean, people/day, short ff_est     | Estimated people a day | Passages estimés par jour
-- footfall_estimate_per_day_low   mean, people/day, short fflo_est   | Estimate, lower end | Estimation, borne basse
-- footfall_estimate_per_day_high  mean, people/day, short ffhi_est   | Estimate, upper end | Estimation, borne haute
-- estimate_error_pct              index, %, short ff_err             | Error of the estimate | Erreur de l'estimation
-- estimate_sites                  index, count, short ff_n           | Counters that speak | Compteurs pris en compte
SELECT street_id,
       CASE WHEN is_sure THEN estimate END                     AS footfall_estimate_per_day,
       CASE WHEN is_sure THEN estimate * exp(-1.959964 * log_error) END AS footfall_estimate_per_day_low,
       CASE WHEN is_sure THEN estimate * exp(1.959964 * log_error) END  AS footfall_estimate_per_day_high,
       100 * (exp(log_error) - 1)                              AS estimate_error_pct,
       n                                                       AS estimate_sites
FROM (SELECT street_id, n, estimate, log_error,
             n >= :least_sites AND 100 * (exp(log_error) - 1) <= :most_error_pct AS is_sure
      FROM (SELECT w.street_id,
                   count(*)                                   AS n,
                   exp(sum(w.weight * ln(s.people)) / sum(w.weight)) AS estimate,
                   sqrt((sum(w.weight * l.log_error * l.log_error) / sum(CASE WHEN l.log_error IS NOT NULL THEN w.weight END)
                         + (SELECT log_rmse * log_rmse FROM estimate_error WHERE method = 'network')) / 2) AS log_error
            FROM (SELECT street_id, footfall_site_id, 1 / pow(max(walk_m, :near_m), :power) AS weight,
                         row_number() OVER (PARTITION BY street_id ORDER BY walk_m, footfall_site_id) AS rank
                  FROM street_walk) AS w
            JOIN site_reading AS s USING (footfall_site_id)
            LEFT JOIN site_left_out AS l ON l.method = 'network' AND l.footfall_site_id = w.footfall_site_id
            WHERE w.rank <= :sites
            GROUP BY w.street_id));
