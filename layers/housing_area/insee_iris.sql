-- title:     Housing by IRIS, census (INSEE) | Logements par IRIS, recensement (INSEE)
-- into:      housing_area
-- publisher: INSEE
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  none
-- uses:      value_code
-- key:       area_level, area_code, period, concept
-- method:    the year is in the columns' names; LOGVAC is all vacancy, short ones too: never to be mixed with LOVAC; weighted, so
--            with decimals; not to be relied on for small IRIS
-- reject:    code_missing | no IRIS code | pas de code IRIS
--
-- code      = iris
-- dwellings = p??_log
-- vacant    = p??_logvac
-- name      ? lab_iris, libiris
SELECT 'iris'                     AS area_level,
       insee(code, 9)             AS area_code,
       name                       AS area_name,
       2000 + whole(substr(:name_of_vacant, 2, 2))    AS period,
       'all'                      AS concept,
       decimal(dwellings)         AS dwellings,
       2000 + whole(substr(:name_of_dwellings, 2, 2)) AS dwellings_period,
       coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(dwellings))),
                CASE WHEN decimal(dwellings) IS NULL THEN 'missing' ELSE 'ok' END) AS dwellings_status,
       decimal(vacant)            AS vacant_dwellings,
       coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(vacant))),
                CASE WHEN decimal(vacant) IS NULL THEN 'missing' ELSE 'ok' END)    AS vacant_status,
       'missing'                  AS long_vacant_status,
       CASE WHEN insee(code, 9) IS NULL THEN 'code_missing' END AS rejected
FROM source;
