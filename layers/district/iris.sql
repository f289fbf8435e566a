-- title:     IRIS contours | Contours des IRIS
-- into:      district
-- publisher: INSEE, IGN
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- key:       grain, code
-- reject:    code_missing | no district code | pas de code de quartier
--
-- code  = dcomiris, code_iris, iris_code, cod_iris, code_iris_9
-- name  ? nom_iris, iris_name, lib_iris, libiris, libelle
SELECT 'iris'                                              AS grain,
       trim(code)                                          AS code,
       coalesce(nullif(trim(name), ''), trim(code))        AS name,
       area_m2,
       geom,
       CASE WHEN trim(code) IS NULL THEN 'code_missing' END AS rejected
FROM source;
