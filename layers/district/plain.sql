-- title:     Districts, plain format | Quartiers, format simple
-- into:      district
-- access:    open
-- geometry:  polygon
-- weight:    -1
-- key:       grain, code
-- reject:    code_missing | no district code | pas de code de quartier
--
-- code  = code, code_*, *_code, id_*, id
-- name  = name, nom, libelle, label, lib, nom_*, lib_*, name_*
-- other ! numero, contenance, type_local, batiment_groupe_id, section, nature, fclass, prefixe, idcar_200m, nb_places,
--           building_id, cleabs, id_s_inond, object_rid
SELECT CASE WHEN slug(:file_layer) GLOB 'districts*' THEN 'district' ELSE slug(:file_layer) END AS grain,
       trim(code)                                          AS code,
       coalesce(nullif(trim(name), ''), trim(code))        AS name,
       area_m2,
       geom,
       CASE WHEN trim(code) IS NULL THEN 'code_missing' END AS rejected
FROM source;
