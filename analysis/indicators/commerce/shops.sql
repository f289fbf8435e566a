-- topic:    shops
-- title:    Shops and their vacancy | Commerces et vacance commerciale
-- needs:    shop, shop_district, shop_use, shop_vacancy
-- units:    shop
-- shown:    shops, shop_vacancy_rate_pct
-- method:   premises that are shops by the criterion shop_use, those closed for good left out; vacancy over premises whose
--           occupation is known: a list of open shops says nothing of it; the frontage is that of premises with a known one
--           | locaux qui sont des commerces selon le critère shop_use, hors fermetures définitives ; vacance parmi les locaux
--           dont l'occupation est connue : une liste de commerces ouverts n'en dit rien ; le linéaire est celui des locaux dont
--           la vitrine est connue
-- source:   retail vacancy as Procos and the observatories count it: empty premises over all; Hill 1973 for diversity
--
-- shops                        stock, count, short shops    | Commercial premises | Locaux commerciaux
-- vacant_shops                 stock, count, short shop_vac | Vacant premises | Locaux commerciaux vacants
-- long_vacant_shops            stock, count, short shop_lgv | Vacant for two years or more | Locaux vacants depuis deux ans ou plus
-- shop_vacancy_rate_pct        rate, %, short shv_pct       | Retail vacancy rate | Taux de vacance commerciale
--                              = 100 * vacant_shops / known_shops, range 0..100
-- long_shop_vacancy_rate_pct   rate, %, short shl_pct       | Long-term retail vacancy rate | Taux de vacance commerciale de longue durée
--                              = 100 * long_vacant_shops / known_shops, range 0..100
-- vacant_frontage_pct          share, %, short front_vac    | Vacant frontage | Linéaire vacant
--                              = 100 * vacant_frontage_m / frontage_m, range 0..100
-- shop_floor_area_m2           stock, m2, short shop_m2     | Floor area known of | Surface connue
-- shop_types                   index, types, short shop_q0  | Kinds of shop | Types de commerces
-- shop_diversity_shannon       index, types, short shop_q1  | Diversity of shops, order 1 | Diversité commerciale, ordre 1
-- shop_diversity_simpson       index, types, short shop_q2  | Diversity of shops, order 2 | Diversité commerciale, ordre 2
SELECT p.district_id,
       count(*)                                                     AS shops,
       sum(s.is_vacant)                                             AS vacant_shops,
       count(s.is_vacant)                                           AS known_shops,
       sum(CASE WHEN s.is_vacant
                THEN coalesce(:period - s.vacant_since_year
                              >= (SELECT years FROM shop_vacancy WHERE :period BETWEEN from_year AND to_year), 0)
                ELSE s.is_vacant END)                               AS long_vacant_shops,
       total(CASE WHEN s.is_vacant THEN s.frontage_m END)           AS vacant_frontage_m,
       total(CASE WHEN s.is_vacant IS NOT NULL THEN s.frontage_m END) AS frontage_m,
       sum(s.floor_area_m2)                                         AS shop_floor_area_m2,
       hill(CASE WHEN coalesce(s.is_vacant, 0) = 0 THEN coalesce(s.activity_code, s.activity) END, 0) AS shop_types,
       hill(CASE WHEN coalesce(s.is_vacant, 0) = 0 THEN coalesce(s.activity_code, s.activity) END, 1) AS shop_diversity_shannon,
       hill(CASE WHEN coalesce(s.is_vacant, 0) = 0 THEN coalesce(s.activity_code, s.activity) END, 2) AS shop_diversity_simpson
FROM shop_district AS p
JOIN shop AS s USING (shop_id)
WHERE p.is_home
  AND (s.is_active IS NOT 0 OR s.is_vacant)
  AND (s.activity_code IS NULL
       OR (SELECT is_shop FROM shop_use WHERE s.activity_code GLOB pattern AND :period BETWEEN from_year AND to_year
           ORDER BY length(pattern) DESC LIMIT 1))
GROUP BY p.district_id;
