-- topic:    vacancy_age
-- title:    Age of vacancies | Ancienneté de la vacance
-- needs:    dwelling, dwelling_district, vacancy_age_class
-- shown:    none
-- method:   vacant dwellings whose start is known; the age in whole years is the period less the start year, or the
--           duration the file gives, without its fraction
--           | logements vacants dont le début est connu ; l'âge en années entières est le millésime moins l'année de début, ou
--           la durée que donne le fichier, sans sa fraction
-- source:   LOVAC, Cerema; classes: ZLV, glossary
--
-- vacancy_0_2_pct              rate, %, short va0_2          | Vacant for 0 to 2 years | Vacants depuis 0 à 2 ans
--                              = 100 * vacancy_0_2 / known_ages, range 0..100
-- vacancy_3_5_pct              rate, %, short va3_5          | Vacant for 3 to 5 years | Vacants depuis 3 à 5 ans
--                              = 100 * vacancy_3_5 / known_ages, range 0..100
-- vacancy_6_10_pct             rate, %, short va6_10         | Vacant for 6 to 10 years | Vacants depuis 6 à 10 ans
--                              = 100 * vacancy_6_10 / known_ages, range 0..100
-- vacancy_over_10_pct          rate, %, short va10_          | Vacant for more than 10 years | Vacants depuis plus de 10 ans
--                              = 100 * vacancy_over_10 / known_ages, range 0..100
-- median_vacancy_years         median, years, short med_vac  | Median age of vacancies | Ancienneté médiane de la vacance
SELECT v.district_id,
       count(v.years)                                           AS known_ages,
       count(CASE WHEN v.years < (SELECT most_years FROM vacancy_age_class WHERE class = '0_2'
                                  AND :period BETWEEN from_year AND to_year) THEN 1 END) AS vacancy_0_2,
       count(CASE WHEN v.years >= (SELECT least_years FROM vacancy_age_class WHERE class = '3_5'
                                   AND :period BETWEEN from_year AND to_year)
                   AND v.years < (SELECT most_years FROM vacancy_age_class WHERE class = '3_5'
                                  AND :period BETWEEN from_year AND to_year) THEN 1 END) AS vacancy_3_5,
       count(CASE WHEN v.years >= (SELECT least_years FROM vacancy_age_class WHERE class = '6_10'
                                   AND :period BETWEEN from_year AND to_year)
                   AND v.years < (SELECT most_years FROM vacancy_age_class WHERE class = '6_10'
                                  AND :period BETWEEN from_year AND to_year) THEN 1 END) AS vacancy_6_10,
       count(CASE WHEN v.years >= (SELECT least_years FROM vacancy_age_class WHERE class = 'over_10'
                                   AND :period BETWEEN from_year AND to_year) THEN 1 END) AS vacancy_over_10,
       median_interval(v.years)                                 AS median_vacancy_years
FROM (SELECT p.district_id, max(coalesce(d.vacancy_years, :period - d.vacant_since_year), 0) AS years
      FROM dwelling_district AS p
      JOIN dwelling AS d USING (dwelling_id)
      WHERE p.is_home AND d.is_vacant) AS v
GROUP BY v.district_id;
