-- check:     year_to_come
-- table:     dwelling
-- title:     built or vacant from a year to come | construit ou vacant à partir d'une année à venir
-- severity:  error
-- param:     margin_years integer = 2   -- files may be a little newer than the year they speak of
-- reference: the year the data speak of | l'année dont parlent les données
SELECT source_file_id,
       source_row,
       max(coalesce(construction_year, 0), coalesce(vacant_since_year, 0)) AS value,
       :period                                                              AS reference
FROM dwelling
WHERE construction_year > :period + :margin_years OR vacant_since_year > :period + :margin_years;

-- check:     year_too_old
-- table:     dwelling
-- title:     built or vacant since a year too long ago | construit ou vacant depuis une année trop ancienne
-- severity:  warning
-- param:     built_year integer = 1000
-- param:     vacant_year integer = 1900
-- reference: no earlier year is believed: built, vacant | aucune année plus ancienne n'est crue : construction, vacance
SELECT source_file_id,
       source_row,
       min(coalesce(construction_year, 9999), coalesce(vacant_since_year, 9999)) AS value,
       printf('%d, %d', :built_year, :vacant_year)                                AS reference
FROM dwelling
WHERE construction_year < :built_year OR vacant_since_year < :vacant_year;

-- check:     vacant_before_built
-- table:     dwelling
-- title:     vacant since before it was built | vacant depuis avant sa construction
-- severity:  warning
-- reference: year of construction | année de construction
SELECT source_file_id,
       source_row,
       vacant_since_year AS value,
       construction_year AS reference
FROM dwelling
WHERE vacant_since_year < construction_year;

-- check:     dwelling_size
-- table:     dwelling
-- title:     a floor area no dwelling has | une surface qu'aucun logement n'a
-- severity:  warning
-- param:     least_m2 real = 5
-- param:     most_m2 real = 2000
-- reference: the least and the greatest believed | la plus petite et la plus grande qui soient crues
SELECT source_file_id,
       source_row,
       printf('%g m²', surface_m2)                    AS value,
       printf('%g m², %g m²', :least_m2, :most_m2)   AS reference
FROM dwelling
WHERE surface_m2 < :least_m2 OR surface_m2 > :most_m2;
