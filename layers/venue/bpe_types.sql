-- title:     Types of the BPE | Nomenclature de la BPE
-- into:      venue_type
-- publisher: INSEE
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  none
-- key:       code
-- reject:    code_missing | no code | pas de code
--
-- code  = typequ
-- name  = lib_typequ
-- theme ? lib_sdom
SELECT code, name, theme,
       CASE WHEN code IS NULL THEN 'code_missing' END AS rejected
FROM source;
