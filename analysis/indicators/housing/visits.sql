-- topic:    visits
-- title:    Vacancy checked on the ground | Vacance vérifiée sur le terrain
-- needs:    visit, visit_district, dwelling, dwelling_district, visit_found
-- param:    z real = 1.959963984540054   -- normal quantile of 0.975
-- shown:    none
-- method:   the last visit of a dwelling tells; one of a parcel as a whole counts once, flagged when a dwelling of it is; visits that
--           found nobody to ask are left out. Corrected vacancy: flagged dwellings times the part of visited ones found vacant, plus
--           the others times the part of theirs found vacant; its interval from Wilson's of both parts, square and add. Where no
--           dwelling that is not flagged was visited, only the flagged are corrected: the rate is bounds, from the low end of those to
--           that of the high end and all the others. Both parts are the district's own: few visits make a wide interval
--           | la dernière visite d'un logement fait foi ; celle d'une parcelle entière compte une fois, signalée dès qu'un de
--           ses logements l'est ; les visites sans personne à interroger sont laissées de côté. Vacance corrigée : logements
--           signalés multipliés par la part des visités trouvés vacants, plus les autres multipliés par la part des leurs
--           trouvés vacants ; son intervalle vient de ceux de Wilson des deux parts (méthode MOVER). Si aucun logement non
--           signalé n'a été visité, seuls les signalés sont corrigés : le taux est un encadrement, de la borne basse de ceux-ci
--           à la borne haute augmentée de tous les autres. Les deux parts sont celles du quartier : peu de visites donnent un
--           intervalle large
-- source:   Rogan and Gladen 1978, Estimating prevalence from the results of a screening test (here by predictive values);
--           interval: Zou and Donner 2008, Construction of confidence limits about effect measures
--
-- visits_flagged              stock, count, short vis_flag    | Visits where vacancy was flagged | Visites là où la vacance était signalée
-- vacancy_flag_precision_pct  rate, %, short flagprec         | Flagged found vacant | Signalés trouvés vacants
--                             = 100 * confirmed / visits_flagged, range 0..100
-- vacancy_flag_missed_pct     rate, %, short flagmiss         | Not flagged, found vacant | Non signalés trouvés vacants
--                             = 100 * missed / visits_other, range 0..100
-- corrected_vacancy_pct       estimate, %, short corr_vac       | Vacancy rate corrected by visits | Taux de vacance corrigé par les visites
SELECT c.district_id,
       c.visits_flagged,
       c.confirmed,
       c.visits_other,
       c.missed,
       CASE WHEN c.k > 0 AND c.visits_flagged > 0 AND c.visits_other > 0
            THEN json_array(100 * (c.f * c.p + c.u * c.q) / c.k,
                            100 * max(0, (c.f * c.p + c.u * c.q
                                          - sqrt(pow(c.f * (c.p - c.p_low), 2) + pow(c.u * (c.q - c.q_low), 2))) / c.k),
                            100 * min(1, (c.f * c.p + c.u * c.q
                                          + sqrt(pow(c.f * (c.p_high - c.p), 2) + pow(c.u * (c.q_high - c.q), 2))) / c.k),
                            c.visits_flagged + c.visits_other)
            WHEN c.k > 0 AND c.visits_flagged > 0
            THEN json_array(NULL, 100 * c.f * c.p_low / c.k, 100 * (c.f * c.p_high + c.u) / c.k, c.visits_flagged)
       END AS corrected_vacancy_pct
FROM (SELECT w.*, w.confirmed / w.n_f AS p, w.missed / w.n_u AS q,
             (w.confirmed + :z * :z / 2 - :z * sqrt(w.confirmed * (1 - w.confirmed / w.n_f) + :z * :z / 4)) / (w.n_f + :z * :z) AS p_low,
             (w.confirmed + :z * :z / 2 + :z * sqrt(w.confirmed * (1 - w.confirmed / w.n_f) + :z * :z / 4)) / (w.n_f + :z * :z) AS p_high,
             (w.missed + :z * :z / 2 - :z * sqrt(w.missed * (1 - w.missed / w.n_u) + :z * :z / 4)) / (w.n_u + :z * :z) AS q_low,
             (w.missed + :z * :z / 2 + :z * sqrt(w.missed * (1 - w.missed / w.n_u) + :z * :z / 4)) / (w.n_u + :z * :z) AS q_high
      FROM (SELECT v.district_id, v.visits_flagged, v.confirmed, v.visits_other, v.missed,
                   nullif(v.visits_flagged, 0) * 1.0 AS n_f, nullif(v.visits_other, 0) * 1.0 AS n_u,
                   s.k, s.f, s.k - s.f AS u
            FROM (SELECT p.district_id,
                         sum(l.is_flagged)                       AS visits_flagged,
                         sum(l.is_flagged AND l.is_vacant)       AS confirmed,
                         sum(NOT l.is_flagged)                   AS visits_other,
                         sum(NOT l.is_flagged AND l.is_vacant)   AS missed
                  FROM (SELECT v.visit_id, f.is_vacant,
                               coalesce(d.is_vacant, (SELECT max(o.is_vacant) FROM dwelling AS o
                                                      WHERE o.parcel_id = v.parcel_id AND v.dwelling_id IS NULL)) AS is_flagged,
                               row_number() OVER (PARTITION BY v.dwelling_id, CASE WHEN v.dwelling_id IS NULL THEN v.parcel_id END
                                                  ORDER BY date(v.visit_date) DESC, v.visit_id DESC) AS back
                        FROM visit AS v
                        JOIN visit_found AS f ON f.found = v.found AND :period BETWEEN f.from_year AND f.to_year
                        LEFT JOIN dwelling AS d ON d.dwelling_id = v.dwelling_id
                        WHERE f.is_vacant IS NOT NULL AND (v.dwelling_id IS NOT NULL OR v.parcel_id IS NOT NULL)) AS l
                  JOIN visit_district AS p ON p.visit_id = l.visit_id AND p.is_home
                  WHERE l.back = 1 AND l.is_flagged IS NOT NULL
                  GROUP BY p.district_id) AS v
            LEFT JOIN (SELECT p.district_id, count(d.is_vacant) * 1.0 AS k, sum(d.is_vacant) * 1.0 AS f
                       FROM dwelling_district AS p
                       JOIN dwelling AS d USING (dwelling_id)
                       WHERE p.is_home AND d.in_stock
                       GROUP BY p.district_id) AS s USING (district_id)) AS w) AS c;
