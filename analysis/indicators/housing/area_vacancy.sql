-- topic:    area_vacancy
-- title:    Vacancy from figures by commune or IRIS | Vacance d'après des chiffres par commune ou IRIS
-- needs:    housing_area, district_overlap, district
-- gap:      null
-- shown:    area_long_vacant
-- method:   figures of the private stock (LOVAC) where there are any, else of all dwellings (census); they go by the part of the
--           area of the commune or IRIS that lies in the district: 1 on the commune itself; a secret figure lies between its
--           bounds, a missing one makes the sum unknown; the latest period of each area counts; a district no area touches
--           has none; covered: part of the district's area whose areas have a figure; cut: part of the dwellings that comes from
--           areas a border cuts (under 99.9 % inside)
--           | chiffres du parc privé (LOVAC) quand il y en a, sinon de tous les logements (recensement) ; répartis selon la
--           part de la surface de la commune ou de l'IRIS qui se trouve dans le quartier : 1 sur la commune elle-même ; un
--           chiffre secret se tient entre ses bornes, un chiffre manquant rend la somme inconnue ; le millésime le plus récent
--           de chaque zone compte ; un quartier qu'aucune zone ne touche n'a rien ; covered : part de la surface du quartier
--           dont les zones ont un chiffre ; cut : part des logements venant de zones qu'une limite coupe (moins de 99,9 % à
--           l'intérieur)
-- source:   LOVAC by commune, Cerema and DGALN; secrecy: fewer than 11 dwellings
--
-- area_dwellings            stock, dwellings, short ar_dwell  | Dwellings, from areas | Logements, d'après les territoires
-- area_vacant               stock, dwellings, short ar_vacnt  | Vacant dwellings, from areas | Logements vacants, d'après les territoires
-- area_long_vacant          stock, dwellings, short ar_long   | Vacant for more than two years, from areas | Vacants depuis plus de deux ans, d'après les territoires
-- area_vacancy_rate_pct     rate, %, short arv_pct            | Vacancy rate, from areas | Taux de vacance, d'après les territoires
--                           = 100 * area_vacant / area_dwellings, range 0..100
-- area_long_vacancy_rate_pct rate, %, short arl_pct           | Long-term vacancy rate, from areas | Taux de vacance de longue durée, d'après les territoires
--                           = 100 * area_long_vacant / area_dwellings, range 0..100
-- area_covered_pct          share, %, short ar_cov            | Area with figures | Surface couverte par des chiffres
--                           = 100 * covered_m2 / district_m2, range 0..100.001
-- area_cut_pct              share, %, short ar_cut            | Dwellings from cut areas | Logements de territoires coupés
--                           = 100 * cut_dwellings / area_dwellings, range 0..100.001
SELECT a.to_id                                       AS district_id,
       CASE WHEN count(*) = count(a.dwellings_low) THEN total(a.dwellings_low * a.from_share) END AS area_dwellings_low,
       CASE WHEN count(*) = count(a.dwellings_high) THEN total(a.dwellings_high * a.from_share) END AS area_dwellings_high,
       CASE WHEN count(*) = count(a.dwellings_low) THEN total(a.dwellings_low * a.from_share) END AS area_dwellings,
       CASE WHEN count(*) = count(a.vacant_low) THEN total(a.vacant_low * a.from_share) END AS area_vacant,
       CASE WHEN count(*) = count(a.vacant_low) THEN total(a.vacant_low * a.from_share) END AS area_vacant_low,
       CASE WHEN count(*) = count(a.vacant_high) THEN total(a.vacant_high * a.from_share) END AS area_vacant_high,
       CASE WHEN min(a.vacant_status = 'secret') THEN 'secret' END AS area_vacant_status,
       CASE WHEN count(*) = count(a.long_low) THEN total(a.long_low * a.from_share) END AS area_long_vacant,
       CASE WHEN count(*) = count(a.long_low) THEN total(a.long_low * a.from_share) END AS area_long_vacant_low,
       CASE WHEN count(*) = count(a.long_high) THEN total(a.long_high * a.from_share) END AS area_long_vacant_high,
       CASE WHEN min(a.long_vacant_status = 'secret') THEN 'secret' END AS area_long_vacant_status,
       total(CASE WHEN a.dwellings_low IS NOT NULL OR a.vacant_low IS NOT NULL OR a.long_low IS NOT NULL THEN a.area_m2 END)
                                                     AS covered_m2,
       max(a.to_area_m2)                             AS district_m2,
       total(CASE WHEN a.from_share < 0.999 THEN a.dwellings_low * a.from_share END) AS cut_dwellings
FROM (SELECT o.to_id, o.from_share, o.area_m2, t.area_m2 AS to_area_m2,
             coalesce(h.dwellings, h.dwellings_low)              AS dwellings_low,
             coalesce(h.dwellings, h.dwellings_high)             AS dwellings_high,
             coalesce(h.vacant_dwellings, h.vacant_low)          AS vacant_low,
             coalesce(h.vacant_dwellings, h.vacant_high)         AS vacant_high,
             coalesce(h.long_vacant_dwellings, h.long_vacant_low)  AS long_low,
             coalesce(h.long_vacant_dwellings, h.long_vacant_high) AS long_high,
             h.vacant_status, h.long_vacant_status,
             rank() OVER (PARTITION BY o.to_id, o.from_id ORDER BY h.concept = 'private' DESC, h.period DESC,
                                                                   h.housing_area_id) AS choice
      FROM housing_area AS h
      JOIN district AS f ON f.grain = h.area_level AND f.code = coalesce(h.current_code, h.area_code)
      JOIN district_overlap AS o ON o.from_id = f.district_id
      JOIN district AS t ON t.district_id = o.to_id
      WHERE (h.concept, h.area_level) = (SELECT concept, area_level FROM housing_area JOIN district
                                         ON grain = area_level AND district.code = coalesce(current_code, area_code)
                                         ORDER BY concept = 'private' DESC, area_level = 'iris' DESC LIMIT 1)) AS a
WHERE a.choice = 1
GROUP BY a.to_id;
