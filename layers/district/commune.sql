-- title:     Municipal boundaries | Limites de communes
-- into:      district
-- publisher: IGN, Etalab
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- key:       grain, code
-- reject:    code_missing | no district code | pas de code de quartier
--
-- code  = insee, insee_com, code_insee, codgeo, com, code_commune
-- name  = nom, nom_com, nom_commune, libgeo, name
-- other ! nature, nb_logts, iris, section, codes_insee, idcar_200m, lcog_geo, code_qp, id_acv, typecom
SELECT 'commune'                                           AS grain,
       insee(code, 5)                                      AS code,
       coalesce(nullif(trim(name), ''), insee(code, 5))    AS name,
       area_m2,
       geom,
       CASE WHEN insee(code, 5) IS NULL THEN 'code_missing' END AS rejected
FROM source;
