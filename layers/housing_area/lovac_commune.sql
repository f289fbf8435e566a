-- title:     LOVAC by commune (open data) | LOVAC par commune (données ouvertes)
-- into:      housing_area
-- publisher: Cerema, DGALN
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  none
-- uses:      value_code, secrecy
-- key:       area_level, area_code, period, concept
-- method:    columns bear their year: the latest vintage of the file is read, its total is a year older; s is secret (1 to 10),
--            not zero; private stock only
-- reject:    code_missing | no commune code | pas de code de commune
-- note:      SELECT count(*) FROM housing_area WHERE source_file_id = :source_file_id
--            AND 'secret' IN (dwellings_status, vacant_status, long_vacant_status)
--            | commune(s) with a secret value: kept apart, with bounds | commune(s) avec une valeur secrète : gardées à part, avec des bornes
--
-- code        = codgeo_??, codgeo
-- long_vacant = pp_vacant_plus_2ans_??, pp_vacant_plus_2ans
-- name        ? libgeo_??, libgeo
-- vacant      ? pp_vacant_??, pp_vacant
-- dwellings   ? pp_total_??, ff_pp_total_??, pp_total
SELECT 'commune'                  AS area_level,
       area_code,
       name                       AS area_name,
       period,
       'private'                  AS concept,
       decimal(dwellings)         AS dwellings,
       dwellings_period,
       dwellings_status,
       CASE dwellings_status WHEN 'secret' THEN low END    AS dwellings_low,
       CASE dwellings_status WHEN 'secret' THEN high END   AS dwellings_high,
       decimal(vacant)            AS vacant_dwellings,
       vacant_status,
       CASE vacant_status WHEN 'secret' THEN low END       AS vacant_low,
       CASE vacant_status WHEN 'secret' THEN high END      AS vacant_high,
       decimal(long_vacant)       AS long_vacant_dwellings,
       long_vacant_status,
       CASE long_vacant_status WHEN 'secret' THEN low END  AS long_vacant_low,
       CASE long_vacant_status WHEN 'secret' THEN high END AS long_vacant_high,
       CASE WHEN area_code IS NULL THEN 'code_missing' END AS rejected
FROM (SELECT insee(code, 5) AS area_code,
             name, dwellings, vacant, long_vacant,
             2000 + whole(substr(:name_of_long_vacant, -2)) AS period,
             2000 + whole(substr(:name_of_dwellings, -2))   AS dwellings_period,
             coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(dwellings))),
                      CASE WHEN decimal(dwellings) IS NULL THEN 'missing' ELSE 'ok' END)   AS dwellings_status,
             coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(vacant))),
                      CASE WHEN decimal(vacant) IS NULL THEN 'missing' ELSE 'ok' END)      AS vacant_status,
             coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(long_vacant))),
                      CASE WHEN decimal(long_vacant) IS NULL THEN 'missing' ELSE 'ok' END) AS long_vacant_status
      FROM source
      LIMIT -1)
LEFT JOIN secrecy ON secrecy.concept = 'private';
