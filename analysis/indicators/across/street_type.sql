-- topic:    street_type
-- title:    Vacancy against footfall by street | Vacance et fréquentation par voie
-- feature:  street
-- needs:    parcel_street, dwelling, street_footfall, typology_limit
-- param:    z real = 1.959964  -- of the 95 % intervals
-- param:    least_pct integer = 50 -- a class less likely than that is none
-- method:   dwellings of the parcels whose nearest street it is, those whose occupation is known; two levels each, for a street has few
--           dwellings; probabilities as in district_type. The digits of a class are those of the corners of the nine
--           | logements des parcelles dont c'est la voie la plus proche, quand leur occupation est connue ; deux niveaux par axe, car une voie a
--           peu de logements ; probabilités comme dans district_type. Les chiffres d'une classe sont ceux des coins des neuf
-- source:   the tables typology_limit and typology_class; decision 0014
--
-- street_dwellings      index, dwellings, short st_dwell | Dwellings along it | Logements riverains
-- street_vacancy_pct    index, %, short st_vac     | Vacancy along it | Vacance des logements riverains
-- street_type           class, class, short st_type | Vacancy against footfall | Vacance et fréquentation
-- street_type_pct       index, %, short st_prob    | Vacancy against footfall: how likely | Vacance et fréquentation : probabilité
-- street_type_11_pct    index, %, short st_11      | Class 11: vacancy low, footfall low | Classe 11 : vacance faible, fréquentation faible
-- street_type_13_pct    index, %, short st_13      | Class 13: vacancy low, footfall high | Classe 13 : vacance faible, fréquentation forte
-- street_type_31_pct    index, %, short st_31      | Class 31: vacancy high, footfall low | Classe 31 : vacance forte, fréquentation faible
-- street_type_33_pct    index, %, short st_33      | Class 33: vacancy high, footfall high | Classe 33 : vacance forte, fréquentation forte
WITH along AS (
    SELECT p.street_id, count(d.is_vacant) AS n, 1.0 * sum(d.is_vacant) / count(d.is_vacant) AS rate
    FROM dwelling AS d
    JOIN parcel_street AS p USING (parcel_id)
    WHERE d.in_stock
    GROUP BY p.street_id
    HAVING count(d.is_vacant) > 0),
odds AS (
    SELECT a.street_id, a.n, a.rate,
           normal_below((v.half / 100 - a.rate) / sqrt(v.half / 100 * (1 - v.half / 100) / a.n)) AS v1,
           normal_below(ln(f.half / s.footfall_estimate_per_day)
                        / (ln(s.footfall_estimate_per_day_high / s.footfall_estimate_per_day_low) / (2 * :z))) AS f1
    FROM along AS a
    LEFT JOIN street_footfall AS s ON s.street_id = a.street_id
                                   AND s.footfall_estimate_per_day_high > s.footfall_estimate_per_day_low
    JOIN typology_limit AS v ON v.axis = 'dwelling' AND :period BETWEEN v.from_year AND v.to_year
    JOIN typology_limit AS f ON f.axis = 'footfall' AND :period BETWEEN f.from_year AND f.to_year)
SELECT street_id,
       n                                                     AS street_dwellings,
       100 * rate                                            AS street_vacancy_pct,
       CASE WHEN 100 * max(v1, 1 - v1) * max(f1, 1 - f1) >= :least_pct
            THEN CASE WHEN v1 >= 0.5 THEN 10 ELSE 30 END + CASE WHEN f1 >= 0.5 THEN 1 ELSE 3 END END AS street_type,
       100 * max(v1, 1 - v1) * max(f1, 1 - f1)               AS street_type_pct,
       100 * v1 * f1                                         AS street_type_11_pct,
       100 * v1 * (1 - f1)                                   AS street_type_13_pct,
       100 * (1 - v1) * f1                                   AS street_type_31_pct,
       100 * (1 - v1) * (1 - f1)                             AS street_type_33_pct
FROM odds;
