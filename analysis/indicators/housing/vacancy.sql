-- topic:    vacancy
-- title:    Housing vacancy | Vacance des logements
-- needs:    dwelling, dwelling_district, long_vacancy
-- units:    dwelling
-- shown:    dwellings, vacant_dwellings, long_vacant_dwellings, vacancy_rate_pct, long_vacancy_rate_pct,
--           median_construction_year
-- method:   dwellings whose occupation is unknown count in `dwellings`, not in the rates; from a list of vacant
--           dwellings only (LOVAC) there is no rate of all dwellings, but the long part of vacancy; frictional: vacant, not long
-- source:   LOVAC, Cerema; long: vacancy start year < data year - years of the criterion long_vacancy (ZLV, filters_lovac.sql)
--
-- dwellings                    stock, count, short dwellings | Dwellings | Logements
-- vacant_dwellings             stock, count, short vacant    | Vacant dwellings | Logements vacants
-- long_vacant_dwellings        stock, count, short long_vac  | Vacant for more than two years | Vacants depuis plus de deux ans
-- vacancy_rate_pct             rate, %, short vac_pct        | Vacancy rate | Taux de vacance
--                              = 100 * vacant_dwellings / known_dwellings, range 0..100
-- long_vacancy_rate_pct        rate, %, short long_pct       | Long-term vacancy rate | Taux de vacance de longue durée
--                              = 100 * long_vacant_dwellings / known_dwellings, range 0..100
-- frictional_vacancy_rate_pct  rate, %, short fric_pct       | Frictional vacancy rate | Taux de vacance frictionnelle
--                              = 100 * frictional_dwellings / known_dwellings, range 0..100
-- long_part_of_vacancy_pct     rate, %, short long_prt       | Long part of vacancy | Part structurelle de la vacance
--                              = 100 * long_vacant_dwellings / vacant_dwellings, range 0..100
-- median_construction_year     median, year, short med_year  | Median construction year | Année médiane de construction
SELECT v.district_id,
       count(*)                                       AS dwellings,
       sum(v.is_vacant)                               AS vacant_dwellings,
       count(CASE WHEN v.in_stock THEN v.is_vacant END) AS known_dwellings,
       sum(v.is_long)                                 AS long_vacant_dwellings,
       sum(v.is_vacant) - sum(v.is_long)              AS frictional_dwellings,
       median_interval(v.construction_year)           AS median_construction_year
FROM (SELECT p.district_id, d.is_vacant, d.in_stock, d.construction_year,
             d.is_vacant AND coalesce(d.vacancy_years, :period - d.vacant_since_year, 0)
                             > (SELECT years FROM long_vacancy WHERE :period BETWEEN from_year AND to_year)
                         AND coalesce(d.occupation
                             = (SELECT occupation FROM long_vacancy WHERE :period BETWEEN from_year AND to_year), 1)
                 AS is_long
      FROM dwelling_district AS p
      JOIN dwelling AS d USING (dwelling_id)
      WHERE p.is_home) AS v
GROUP BY v.district_id;
