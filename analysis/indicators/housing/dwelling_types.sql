-- topic:    dwelling_types
-- title:    What dwellings are like | Caractéristiques des logements
-- needs:    dwelling, dwelling_district
-- param:    old_before_year integer = 1949   -- first year that is not old: the censuses' oldest class ends in 1948
-- shown:    none
-- method:   each over the dwellings whose type, year or area is known; dwellings listed twice count once
-- source:   the dwelling files of the run; old: before 1949, Insee and Anah
--
-- house_pct              rate, %, short house_pc    | Houses | Maisons
--                        = 100 * houses / known_types, range 0..100
-- old_dwelling_pct       rate, %, short old_pct     | Dwellings built before 1949 | Logements d'avant 1949
--                        = 100 * old_dwellings / known_years, range 0..100
-- median_dwelling_m2     median, m2, short med_surf | Median area of dwellings | Surface médiane des logements
SELECT p.district_id,
       total(d.dwelling_type = 'house')              AS houses,
       count(d.dwelling_type)                        AS known_types,
       total(d.construction_year < :old_before_year) AS old_dwellings,
       count(d.construction_year)                    AS known_years,
       median_interval(d.surface_m2)                 AS median_dwelling_m2
FROM dwelling_district AS p
JOIN dwelling AS d USING (dwelling_id)
WHERE p.is_home
GROUP BY p.district_id;
