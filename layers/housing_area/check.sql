-- check:     more_vacant_than_dwellings
-- table:     housing_area
-- title:     more vacant dwellings than dwellings | plus de logements vacants que de logements
-- severity:  error
-- reference: dwellings | logements
SELECT source_file_id,
       source_row,
       printf('%g', vacant_dwellings) AS value,
       printf('%g', dwellings)        AS reference
FROM housing_area
WHERE vacant_dwellings > dwellings;

-- check:     more_long_vacant_than_vacant
-- table:     housing_area
-- title:     more dwellings long vacant than vacant | plus de logements vacants de longue durée que de vacants
-- severity:  error
-- reference: vacant dwellings | logements vacants
SELECT source_file_id,
       source_row,
       printf('%g', long_vacant_dwellings) AS value,
       printf('%g', vacant_dwellings)      AS reference
FROM housing_area
WHERE long_vacant_dwellings > vacant_dwellings;

-- check:     ten_times_area
-- table:     housing_area
-- title:     many times the dwellings of the same area in the file's other years | plusieurs fois les logements de la même zone les autres années
-- severity:  warning
-- param:     times real = 5
-- param:     least real = 50   -- dwellings, below which small areas double by chance
-- reference: median of the area's other years | médiane des autres années de la zone
SELECT a.source_file_id,
       a.source_row,
       printf('%g (%d)', a.dwellings, a.period) AS value,
       printf('%g', median(b.dwellings))        AS reference
FROM housing_area AS a
JOIN housing_area AS b ON b.area_code = a.area_code AND b.area_level = a.area_level AND b.concept = a.concept
                      AND b.period <> a.period
GROUP BY a.housing_area_id
HAVING a.dwellings > :least AND a.dwellings > :times * median(b.dwellings);

-- check:     ten_times_neighbours
-- table:     housing_area
-- title:     many times the dwellings of the commune's other IRIS | plusieurs fois les logements des autres IRIS de la commune
-- severity:  warning
-- param:     times real = 6              -- an IRIS is drawn to hold 1 800 to 5 000 people
-- param:     least_areas integer = 5     -- with fewer others nothing is usual
-- param:     least real = 50             -- dwellings, below which the median tells nothing (IRIS of activity)
-- reference: median of the commune's IRIS in the file | médiane des IRIS de la commune dans le fichier
SELECT a.source_file_id,
       a.source_row,
       printf('%g', a.dwellings) AS value,
       printf('%g', u.usual)     AS reference
FROM (SELECT source_file_id, period, substr(area_code, 1, 5) AS commune, count(*) AS areas, median(dwellings) AS usual
      FROM housing_area
      WHERE area_level = 'iris' AND dwellings IS NOT NULL
      GROUP BY 1, 2, 3) AS u
JOIN housing_area AS a ON a.source_file_id = u.source_file_id AND a.period IS u.period AND substr(a.area_code, 1, 5) = u.commune
WHERE a.area_level = 'iris' AND u.areas > :least_areas AND u.usual >= :least AND a.dwellings > :times * u.usual;

-- check:     part_of_a_dwelling
-- table:     housing_area
-- title:     part of a dwelling, where the file counts whole ones | une fraction de logement, alors que le fichier en compte d'entiers
-- severity:  warning
-- param:     most_share real = 0.25   -- of the file's rows; more of them is a survey with weights
-- reference: rows of the file that count whole dwellings | lignes du fichier qui comptent des logements entiers
WITH part AS (
    SELECT source_file_id, source_row, dwellings, vacant_dwellings
    FROM housing_area
    WHERE dwellings <> round(dwellings) OR vacant_dwellings <> round(vacant_dwellings))
SELECT p.source_file_id,
       p.source_row,
       printf('%g, %g', p.dwellings, p.vacant_dwellings) AS value,
       f.whole                                           AS reference
FROM part AS p
JOIN (SELECT source_file_id, count(*) AS areas,
             count(*) - (SELECT count(*) FROM part WHERE part.source_file_id = housing_area.source_file_id) AS whole
      FROM housing_area
      GROUP BY source_file_id) AS f USING (source_file_id)
WHERE f.areas - f.whole <= :most_share * f.areas;

-- check:     figure_hidden
-- table:     housing_area
-- title:     a figure that is secret or missing: it is not zero | un chiffre secret ou manquant : ce n'est pas zéro
-- severity:  note
-- reference: what a secret figure lies between | entre quoi se trouve un chiffre secret
SELECT source_file_id,
       source_row,
       dwellings_status || ', ' || vacant_status AS value,
       CASE WHEN 'secret' IN (dwellings_status, vacant_status)
            THEN printf('%d, %d', coalesce(dwellings_low, vacant_low), coalesce(dwellings_high, vacant_high)) END AS reference
FROM housing_area
WHERE area_level = 'iris' AND (dwellings_status <> 'ok' OR vacant_status <> 'ok');

-- check:     code_lost_zero
-- table:     housing_area
-- title:     a code that lost its leading zeros: they are put back | un code qui a perdu ses zéros de tête : ils sont remis
-- severity:  note
-- reference: read as | lu comme
SELECT source_file_id,
       source_row,
       written_code AS value,
       area_code    AS reference
FROM housing_area
WHERE written_code IS NOT NULL;

-- check:     code_of_no_department
-- table:     housing_area
-- title:     no department has codes like this | aucun département n'a de code de ce genre
-- severity:  warning
-- reference: codes begin with | les codes commencent par
SELECT source_file_id,
       source_row,
       area_code                    AS value,
       '01-19, 2A, 2B, 21-95, 97, 98' AS reference
FROM housing_area
WHERE NOT (area_code BETWEEN '01' AND '96' AND area_code GLOB '[0-9][0-9]*' AND area_code NOT GLOB '20*'
           OR area_code GLOB '2[AB]*' OR area_code GLOB '9[78]*');

-- check:     area_unknown
-- table:     housing_area
-- needs:     district
-- title:     no district has this code, unlike the rest of the file | aucun quartier n'a ce code, contrairement au reste du fichier
-- severity:  warning
-- param:     most_share real = 0.5   -- of the file's rows; a file that is mostly elsewhere only covers more
-- reference: rows of the file that have their district | lignes du fichier qui ont leur quartier
WITH row AS (
    SELECT source_file_id, source_row, area_code,
           EXISTS (SELECT 1 FROM district WHERE grain = area_level AND code = coalesce(current_code, area_code)) AS is_known
    FROM housing_area)
SELECT r.source_file_id,
       r.source_row,
       r.area_code AS value,
       f.known     AS reference
FROM row AS r
JOIN (SELECT source_file_id, count(*) AS areas, sum(is_known) AS known FROM row GROUP BY source_file_id) AS f USING (source_file_id)
WHERE NOT r.is_known AND f.areas - f.known <= :most_share * f.areas;
