-- title:     Cadastre sections (Etalab) | Sections cadastrales (Etalab)
-- into:      district
-- publisher: DGFiP, Etalab
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- vintage:   latest
-- key:       grain, code
-- method:    a section's letters are unique only with the prefix of a merged commune
-- reject:    code_missing | no section id | pas d'identifiant de section
--
-- code    = id
-- prefix  = prefixe
-- letters = code
-- commune ? commune
SELECT 'section'                                           AS grain,
       trim(code)                                          AS code,
       'Section ' || CASE insee(prefix, 3) WHEN '000' THEN '' ELSE insee(prefix, 3) || ' ' END || letters AS name,
       area_m2,
       geom,
       CASE WHEN nullif(trim(code), '') IS NULL THEN 'code_missing' END AS rejected
FROM source;
