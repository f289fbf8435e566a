-- title:     Perimeters of an ORT | Périmètres d'une ORT
-- into:      district
-- access:    open
-- geometry:  polygon
-- named:     ort_*, *_ort_*, *_ort.*, ort-*, *-ort-*, *-ort.*, ort.*, * ort, * ort_*, *perimetre*ort*
-- key:       grain, code
-- method:    no national file of perimeters is known: a town's own layer, named ort
-- reject:    code_missing | neither code nor name | ni code ni nom
--
-- name  = nom, name, libelle, nom_ort, nom_perimetre, lib_ort, secteur
-- code  ? code, id_ort, code_ort, num_ort, id
-- other ! numero, contenance, nature, fclass, section, prefixe, idcar_200m
SELECT 'ort'                                               AS grain,
       coalesce(insee(code, 1), trim(name))                AS code,
       coalesce(nullif(trim(name), ''), insee(code, 1))    AS name,
       area_m2,
       geom,
       CASE WHEN coalesce(insee(code, 1), nullif(trim(name), '')) IS NULL THEN 'code_missing' END AS rejected
FROM source;
