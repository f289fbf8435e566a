-- prepare:   dwelling_span
-- needs:     dwelling
-- title:     the first and the last years, the least and the greatest area | les premières et dernières années, la plus petite et la plus grande surface
-- method:    most files hold nothing of what the checks below look for: where these say so, no row is looked at
SELECT least_1    AS first_built,
       greatest_1 AS last_built,
       least_2    AS first_vacant,
       greatest_2 AS last_vacant,
       least_3    AS smallest_m2,
       greatest_3 AS largest_m2
FROM spans(fold('span', 'dwelling', 'construction_year, vacant_since_year, surface_m2'));

-- check:     year_to_come
-- table:     dwelling
-- needs:     dwelling_span
-- title:     built or vacant from a year to come | construit ou vacant à partir d'une année à venir
-- severity:  error
-- param:     margin_years integer = 2   -- files may be a little newer than the year they speak of
-- reference: the year the data speak of | l'année dont parlent les données
SELECT source_file_id,
       source_row,
       max(coalesce(construction_year, 0), coalesce(vacant_since_year, 0)) AS value,
       :period                                                              AS reference
FROM dwelling_span
CROSS JOIN dwelling
WHERE (last_built > :period + :margin_years OR last_vacant > :period + :margin_years)
  AND (construction_year > :period + :margin_years OR vacant_since_year > :period + :margin_years);

-- check:     year_too_old
-- table:     dwelling
-- needs:     dwelling_span
-- title:     built or vacant since a year too long ago | construit ou vacant depuis une année trop ancienne
-- severity:  warning
-- param:     built_year integer = 1000
-- param:     vacant_year integer = 1900
-- reference: no earlier year is believed: built, vacant | aucune année plus ancienne n'est crue : construction, vacance
SELECT source_file_id,
       source_row,
       min(coalesce(construction_year, 9999), coalesce(vacant_since_year, 9999)) AS value,
       printf('%d, %d', :built_year, :vacant_year)                                AS reference
FROM dwelling_span
CROSS JOIN dwelling
WHERE (first_built < :built_year OR first_vacant < :vacant_year)
  AND (construction_year < :built_year OR vacant_since_year < :vacant_year);

-- check:     vacant_before_built
-- table:     dwelling
-- needs:     dwelling_span
-- title:     vacant since before it was built | vacant depuis avant sa construction
-- severity:  warning
-- reference: year of construction | année de construction
SELECT source_file_id,
       source_row,
       vacant_since_year AS value,
       construction_year AS reference
FROM dwelling_span
CROSS JOIN dwelling
WHERE first_vacant < last_built
  AND vacant_since_year < construction_year;

-- check:     dwelling_size
-- table:     dwelling
-- needs:     dwelling_span
-- title:     a floor area no dwelling has | une surface qu'aucun logement n'a
-- severity:  warning
-- param:     least_m2 real = 5
-- param:     most_m2 real = 2000
-- reference: the least and the greatest believed | la plus petite et la plus grande qui soient crues
SELECT source_file_id,
       source_row,
       printf('%g m²', surface_m2)                    AS value,
       printf('%g m², %g m²', :least_m2, :most_m2)   AS reference
FROM dwelling_span
CROSS JOIN dwelling
WHERE (smallest_m2 < :least_m2 OR largest_m2 > :most_m2)
  AND (surface_m2 < :least_m2 OR surface_m2 > :most_m2);
