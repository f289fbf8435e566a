-- title:     Priority districts (QPV) | Quartiers prioritaires de la politique de la ville (QPV)
-- into:      district
-- publisher: ANCT
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- key:       grain, code
-- reject:    code_missing | no district code | pas de code de quartier
--
-- code  = c_nqpv, code_qp, code_qpv, codgeo_qp
-- name  ? l_nqpv, nom_qp, lib_qp, nom_qpv
SELECT 'qpv'                                               AS grain,
       trim(code)                                          AS code,
       coalesce(nullif(trim(name), ''), trim(code))        AS name,
       area_m2,
       geom,
       CASE WHEN trim(code) IS NULL THEN 'code_missing' END AS rejected
FROM source;
