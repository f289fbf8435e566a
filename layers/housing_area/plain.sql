-- title:     Housing by area, plain format | Logements par territoire, format simple
-- into:      housing_area
-- access:    open
-- geometry:  none
-- uses:      value_code, secrecy
-- key:       area_level, area_code, period, concept
-- method:    s is secret (1 to 10), empty is missing, 0 is zero; nine characters are an IRIS, five a commune
-- reject:    code_missing | neither an IRIS nor a commune code | ni code IRIS ni code de commune
-- reject:    more_vacant_than_dwellings | more vacant than dwellings | plus de logements vacants que de logements
--
-- code        = area_code
-- dwellings   = dwellings
-- vacant      = vacant_dwellings
-- long_vacant ? long_vacant_dwellings
-- period      ? period, year
-- name        ? area_name, name
SELECT CASE length(area_code) WHEN 9 THEN 'iris' ELSE 'commune' END AS area_level,
       area_code,
       name                       AS area_name,
       period,
       'private'                  AS concept,
       decimal(dwellings)         AS dwellings,
       period                     AS dwellings_period,
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
       CASE WHEN area_code IS NULL OR length(area_code) NOT IN (5, 9) THEN 'code_missing'
            WHEN decimal(vacant) > decimal(dwellings) THEN 'more_vacant_than_dwellings' END AS rejected
FROM (SELECT insee(code, CASE WHEN length(trim(code)) > 5 THEN 9 ELSE 5 END) AS area_code,
             name, dwellings, vacant, long_vacant,
             whole(period) AS period,
             coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(dwellings))),
                      CASE WHEN decimal(dwellings) IS NULL THEN 'missing' ELSE 'ok' END)   AS dwellings_status,
             coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(vacant))),
                      CASE WHEN decimal(vacant) IS NULL THEN 'missing' ELSE 'ok' END)      AS vacant_status,
             coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(long_vacant))),
                      CASE WHEN decimal(long_vacant) IS NULL THEN 'missing' ELSE 'ok' END) AS long_vacant_status
      FROM source
      LIMIT -1)
LEFT JOIN secrecy ON secrecy.concept = 'private';
