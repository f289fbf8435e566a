-- title:     Median income by IRIS (Filosofi) | Revenu médian par IRIS (Filosofi)
-- into:      area_income
-- publisher: INSEE
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  none
-- uses:      value_code
-- key:       area_level, area_code, period
-- method:    the year is in the column's name; a secret or missing median is NULL with its status, never zero
-- reject:    code_missing | neither an IRIS nor a commune code | ni code IRIS ni code de commune
--
-- code   = iris, codgeo
-- median = disp_med??, dec_med??
-- name   ? libiris, libgeo
SELECT CASE length(area_code) WHEN 9 THEN 'iris' ELSE 'commune' END AS area_level,
       area_code,
       name                                      AS area_name,
       2000 + whole(substr(:name_of_median, -2)) AS period,
       decimal(median)                           AS median_income_eur,
       coalesce((SELECT status FROM value_code AS c WHERE c.code = lower(trim(median))),
                CASE WHEN decimal(median) IS NULL THEN 'missing' ELSE 'ok' END) AS status,
       CASE WHEN area_code IS NULL OR length(area_code) NOT IN (5, 9) THEN 'code_missing' END AS rejected
FROM (SELECT insee(code, CASE WHEN length(trim(code)) > 5 THEN 9 ELSE 5 END) AS area_code, name, median
      FROM source
      LIMIT -1);
