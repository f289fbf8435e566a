-- topic:    vacancy
-- title:    Dwellings and their vacancy | Logements et leur vacance
-- needs:    dwelling, dwelling_district, long_vacancy
-- units:    dwelling
-- param:    old_before_year integer = 1949   -- first year that is not old: the oldest class of the censuses ends in 1948
-- applies:  old_before_year to old_dwelling_pct
-- applies:  long_vacancy to long_vacant_dwellings, long_vacancy_rate_pct, frictional_vacancy_rate_pct, long_part_of_vacancy_pct
-- shown:    dwellings, vacant_dwellings, long_vacant_dwellings, vacancy_rate_pct, long_vacancy_rate_pct,
--           median_construction_year
-- method:   dwellings whose occupation is unknown count in `dwellings`, not in the rates; from a list of vacant
--           dwellings only (LOVAC) there is no rate of all dwellings, but the long part of vacancy; frictional: vacant, not
--           long; types, years and areas each over the dwellings whose are known
--           | les logements dont l'occupation est inconnue comptent dans `dwellings`, pas dans les taux ; d'une liste de
--           logements vacants seuls (LOVAC) ne vient aucun taux sur tous les logements, mais la part longue de la vacance ;
--           frictionnelle : vacant, mais pas de longue durée ; types, années et surfaces chacun parmi les logements où ils sont
--           connus
-- source:   LOVAC, Cerema; long: vacancy start year < data year - years of the criterion long_vacancy (ZLV, filters_lovac.sql);
--           old: before 1949, Insee and Anah
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
-- median_dwelling_m2           median, m2, short med_surf    | Median area of dwellings | Surface médiane des logements
-- old_dwelling_pct             rate, %, short old_pct        | Dwellings built before 1949 | Logements d'avant 1949
--                              = 100 * old_dwellings / known_years, range 0..100
-- house_pct                    rate, %, short house_pc       | Houses | Maisons
--                              = 100 * houses / known_types, range 0..100
SELECT *, vacant_dwellings - long_vacant_dwellings AS frictional_dwellings
FROM (SELECT v.district_id,
             count(*)                                                  AS dwellings,
             sum(v.is_vacant)                                          AS vacant_dwellings,
             count(CASE WHEN v.in_stock THEN v.is_vacant END)          AS known_dwellings,
             sum(v.is_long)                                            AS long_vacant_dwellings,
             median_interval(v.construction_year)                      AS median_construction_year,
             median_interval(v.surface_m2)                             AS median_dwelling_m2,
             count(CASE WHEN v.construction_year < :old_before_year THEN 1 END) AS old_dwellings,
             count(v.construction_year)                                AS known_years,
             count(CASE WHEN v.dwelling_type = 'house' THEN 1 END)     AS houses,
             count(v.dwelling_type)                                    AS known_types
      FROM (SELECT p.district_id, d.is_vacant, d.in_stock, d.construction_year, d.surface_m2, d.dwelling_type,
                   CASE WHEN d.is_vacant
                        THEN coalesce(d.vacancy_years, :period - d.vacant_since_year, 0)
                             > (SELECT years FROM long_vacancy WHERE :period BETWEEN from_year AND to_year)
                             AND coalesce(d.occupation
                                 = (SELECT occupation FROM long_vacancy WHERE :period BETWEEN from_year AND to_year), 1)
                        ELSE d.is_vacant END AS is_long
            FROM dwelling_district AS p
            JOIN dwelling AS d USING (dwelling_id)
            WHERE p.is_home) AS v
      GROUP BY v.district_id);
