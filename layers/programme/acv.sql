-- title:     Communes of Action Cœur de Ville | Communes d'Action Cœur de Ville
-- into:      programme_commune
-- publisher: ANCT
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  any
-- key:       programme, code
-- method:    codes that lost their zero get it back; a project may hold two or three communes
-- reject:    code_missing | no commune code | pas de code de commune
--
-- code         = insee_com, codgeo, code_insee
-- project_code = id_acv
-- name         ? lib_com, libgeo
SELECT 'ACV'           AS programme,
       project_code,
       insee(code, 5)  AS code,
       name,
       1               AS is_acv,
       on_surface_x_m  AS x_m,
       on_surface_y_m  AS y_m,
       CASE WHEN insee(code, 5) IS NULL THEN 'code_missing' END AS rejected
FROM source;
