-- title:     Housing by IRIS, a town's table | Logements par IRIS, tableau d'une ville
-- into:      housing_area
-- access:    open
-- geometry:  none
-- uses:      value_code, secrecy
-- key:       area_level, area_code, period, concept
-- latest:    max(period)
-- method:    all dwellings, one row an IRIS and year; s is secret (1 to 10), empty or nd is missing, 0 is zero; digits that lost their
--            zeros get them back, which is said
-- reject:    code_missing | no IRIS code | pas de code IRIS
-- reject:    code_exponent | a spreadsheet turned the code into a number | un tableur a changé le code en nombre
-- reject:    year_unreadable | the year has not four digits | l'année n'a pas quatre chiffres
-- reject:    number_unreadable | neither a number nor a code of secrecy | ni un nombre ni un code de secret
-- reject:    negative_number | fewer than no dwellings | moins de zéro logement
--
-- code      = code_iris, dcomiris, iris_code
-- period    = annee, year, millesime
-- dwellings = logements, nb_logements, total_logements
-- vacant    = vacants, logements_vacants, nb_vacants, vacances
-- name      ? nom_iris, lib_iris, libiris, nom
SELECT 'iris'                     AS area_level,
       area_code,
       CASE WHEN area_code <> trim(code) THEN trim(code) END AS written_code,
       name                       AS area_name,
       period,
       'all'                      AS concept,
       dwellings,
       period                     AS dwellings_period,
       dwellings_status,
       CASE dwellings_status WHEN 'secret' THEN low END   AS dwellings_low,
       CASE dwellings_status WHEN 'secret' THEN high END  AS dwellings_high,
       vacant                     AS vacant_dwellings,
       vacant_status,
       CASE vacant_status WHEN 'secret' THEN low END      AS vacant_low,
       CASE vacant_status WHEN 'secret' THEN high END     AS vacant_high,
       'missing'                  AS long_vacant_status,
       CASE WHEN code LIKE '%E+%' THEN 'code_exponent'
            WHEN area_code IS NULL THEN 'code_missing'
            WHEN period IS NULL OR period NOT BETWEEN 1900 AND 2099 THEN 'year_unreadable'
            WHEN 'unreadable' IN (dwellings_status, vacant_status) THEN 'number_unreadable'
            WHEN min(coalesce(dwellings, 0), coalesce(vacant, 0)) < 0 THEN 'negative_number' END AS rejected
FROM (SELECT insee(code, 9) AS area_code,
             code, name,
             whole(period)      AS period,
             decimal(dwellings) AS dwellings,
             decimal(vacant)    AS vacant,
             coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(dwellings))),
                      CASE WHEN dwellings IS NULL THEN 'missing' WHEN decimal(dwellings) IS NULL THEN 'unreadable' ELSE 'ok' END) AS dwellings_status,
             coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(vacant))),
                      CASE WHEN vacant IS NULL THEN 'missing' WHEN decimal(vacant) IS NULL THEN 'unreadable' ELSE 'ok' END)       AS vacant_status
      FROM source
      LIMIT -1)
LEFT JOIN secrecy ON secrecy.concept = 'all';
