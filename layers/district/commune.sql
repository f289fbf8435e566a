-- title:     Municipal boundaries | Limites de communes
-- into:      district
-- publisher: IGN, Etalab
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- key:       grain, code
-- reject:    code_missing | no district code | pas de code de quartier
--
-- code  = insee, insee_com, code_insee, codgeo, com
-- name  = nom, nom_com, nom_commune, libgeo, name
-- other ! nature, nb_logts, iris, section, codes_insee, idcar_200m, lcog_geo
SELECT 'commune'                                           AS grain,
       trim(code)                                          AS code,
       coalesce(nullif(trim(name), ''), trim(code))        AS name,
       area_m2,
       geom,
       CASE WHEN trim(code) IS NULL THEN 'code_missing' END AS rejected
FROM source;
