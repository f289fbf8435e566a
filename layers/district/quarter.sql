-- title:     Quarters of a town | Quartiers d'une ville
-- into:      district
-- access:    open
-- geometry:  polygon
-- named:     *quartier*, *quarter*
-- key:       grain, code
-- method:    a layer without codes takes its names as codes
-- reject:    code_missing | neither code nor name | ni code ni nom
--
-- code  ? code, code_quartier, codquart, id_quartier, num_quart, c_qu, code_qu, gmdeqnr
-- name  = nom, name, libelle, nom_quartier, nom_qua, nom_quart, lib_quart, quartier, l_qu, label
SELECT 'quarter'                                                  AS grain,
       coalesce(insee(code, 1), trim(name))                       AS code,
       coalesce(nullif(trim(name), ''), insee(code, 1))              AS name,
       area_m2,
       geom,
       CASE WHEN coalesce(insee(code, 1), nullif(trim(name), '')) IS NULL
            THEN 'code_missing' END                               AS rejected
FROM source;
