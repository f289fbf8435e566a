-- title:     Communes of the ORT | Communes des ORT
-- into:      programme_commune
-- publisher: ANCT
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  none
-- key:       programme, code
-- method:    communes, not perimeters: no national file of perimeters is known; remarks and names of agents are not read
-- reject:    code_missing | no commune code | pas de code de commune
--
-- code        = code commune
-- status      = statut de la commune
-- is_signed   = signée ?
-- signed_date ? si signée, date de signature
-- name        ? commune
-- epci        ? epci
-- is_acv      ? acv
-- is_pvd      ? pvd
-- lon         ? longitude
-- lat         ? latitude
SELECT 'ORT'                                        AS programme,
       insee(code, 5)                               AS code,
       substr(name, instr(name, ' - ') + 3)         AS name,
       epci,
       status,
       CASE slug(is_signed) WHEN 'signee' THEN 1 WHEN 'non_signee' THEN 0 WHEN 'en_cours' THEN 0 END AS is_signed,
       CASE WHEN signed_date GLOB '[0-9][0-9]-[0-9][0-9]-[0-9][0-9][0-9][0-9]*'
            THEN substr(signed_date, 7, 4) || '-' || substr(signed_date, 4, 2) || '-' || substr(signed_date, 1, 2)
            ELSE substr(signed_date, 1, 10) END     AS signed_date,
       is_acv = 'true'                              AS is_acv,
       is_pvd = 'true'                              AS is_pvd,
       st_x(metric_point(decimal(lon), decimal(lat), 'EPSG:4326')) AS x_m,
       st_y(metric_point(decimal(lon), decimal(lat), 'EPSG:4326')) AS y_m,
       CASE WHEN insee(code, 5) IS NULL THEN 'code_missing' END AS rejected
FROM source;
