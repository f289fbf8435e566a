-- topic:    vacancy
-- title:    Housing vacancy | Vacance des logements
-- needs:    dwelling, dwelling_district, long_vacancy
-- units:    dwelling
-- method:   dwellings whose occupation is unknown count in `dwellings`, not in the rates; from a list of vacant
--           dwellings only (LOVAC) there is no rate
-- source:   LOVAC, Cerema; long: vacancy start year < data year - years of the criterion long_vacancy (ZLV, filters_lovac.sql)
--
-- dwellings                 stock, count, short dwellings  | Dwellings | Logements
-- vacant_dwellings          stock, count, short vacant     | Vacant dwellings | Logements vacants
-- long_vacant_dwellings     stock, count, short long_vac   | Vacant for more than two years | Vacants depuis plus de deux ans
-- vacancy_rate_pct          rate, %, short vac_pct         | Vacancy rate | Taux de vacance
--                           = 100 * vacant_dwellings / known_dwellings, range 0..100
-- long_vacancy_rate_pct     rate, %, short long_pct        | Long-term vacancy rate | Taux de vacance de longue durée
--                           = 100 * long_vacant_dwellings / known_dwellings, range 0..100
-- median_construction_year  median, year, short med_year   | Median construction year | Année médiane de construction
SELECT p.district_id,
       count(*)                    AS dwellings,
       sum(d.is_vacant)            AS vacant_dwellings,
       count(CASE WHEN d.in_stock THEN d.is_vacant END) AS known_dwellings,
       sum(d.is_vacant AND coalesce(d.vacancy_years, :period - d.vacant_since_year, 0)
                           > (SELECT years FROM long_vacancy WHERE :period BETWEEN from_year AND to_year))
                                   AS long_vacant_dwellings,
       median_interval(d.construction_year) AS median_construction_year
FROM dwelling_district AS p
JOIN dwelling AS d USING (dwelling_id)
WHERE p.is_home
GROUP BY p.district_id;
