-- topic:    streets_footfall
-- title:    Estimated footfall of a district's streets | Fréquentation estimée des voies d'un quartier
-- needs:    street_district, street, street_footfall, unwalked_street
-- param:    least_covered_pct integer = 50 -- of the length of the streets with an estimate; with less there is no figure
-- method:   mean of the streets' estimates by the length inside the district. The streets of a district are guessed from the same
--           counters: their errors are taken as one, their mean on the logarithm by what each street adds; the interval is 95 %
--           under a log-normal error
--           | moyenne des estimations des voies selon leur longueur dans le quartier. Les voies d'un quartier sont estimées d'après les mêmes
--           compteurs : leurs erreurs n'en font qu'une, leur moyenne (logarithme) selon ce que chaque voie apporte ; intervalle à 95 % d'une
--           erreur log-normale
-- source:   street_footfall
--
-- streets_footfall_per_day      estimate, people/day, short str_ff | Estimated people a day in the streets | Passages estimés par jour dans les rues
-- streets_footfall_covered_pct  share, %, short str_cov            | Streets with an estimate | Voies ayant une estimation
--                               = 100 * estimated_m / walked_m, range 0..100.001
SELECT district_id, estimated_m, walked_m,
       CASE WHEN 100 * estimated_m >= :least_covered_pct * walked_m AND people_m > 0
            THEN json_array(people_m / estimated_m,
                            people_m / estimated_m * exp(-log_half_m / people_m),
                            people_m / estimated_m * exp(log_half_m / people_m),
                            streets) END AS streets_footfall_per_day
FROM (SELECT p.district_id,
             count(f.footfall_estimate_per_day)                                             AS streets,
             total(s.length_m * p.share)                                                    AS walked_m,
             total(CASE WHEN f.footfall_estimate_per_day > 0 THEN s.length_m * p.share END) AS estimated_m,
             total(s.length_m * p.share * f.footfall_estimate_per_day)                      AS people_m,
             total(s.length_m * p.share * f.footfall_estimate_per_day
                   * ln(f.footfall_estimate_per_day_high / f.footfall_estimate_per_day))    AS log_half_m
      FROM street_district AS p
      JOIN street AS s USING (street_id)
      LEFT JOIN street_footfall AS f USING (street_id)
      WHERE NOT EXISTS (SELECT 1 FROM unwalked_street
                        WHERE s.road_class GLOB pattern AND :period BETWEEN from_year AND to_year)
      GROUP BY p.district_id);
