-- title:     Communes of the COG | Communes du COG
-- into:      commune
-- publisher: INSEE
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  none
-- key:       kind, code
-- reject:    code_missing | no code | pas de code
--
-- kind        = typecom
-- code        = com
-- name        = libelle
-- parent_code ? comparent
SELECT insee(code, 5) AS code, kind, name, nullif(parent_code, '') AS parent_code,
       CASE WHEN code IS NULL THEN 'code_missing' END AS rejected
FROM source;
