-- title:     Population grid, 200 m (Filosofi) | Carroyage de population, 200 m (Filosofi)
-- into:      grid_population
-- publisher: INSEE
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- crs:       EPSG:2154
-- key:       code
-- latest:    0
-- method:    values are sums over the square, not means; i_est_200 = 1 is imputed for secrecy; a file of metropolitan France that
--            says no coordinate system is in Lambert 93, as INSEE delivers it
-- reject:    code_missing | no id of the square | pas d'identifiant de carreau
-- note:      SELECT count(*) FROM grid_population WHERE source_file_id = :source_file_id AND is_imputed
--            | square(s) imputed for secrecy | carreau(x) imputé(s) pour le secret
--
-- code             = idcar_200m
-- people           = ind
-- households       = men
-- is_imputed       ? i_est_200
-- commune_codes    ? lcog_geo
-- poor_households  ? men_pauv
-- income_sum_eur   ? ind_snv
-- social_dwellings ? log_soc
-- p0               ? ind_0_3
-- p4               ? ind_4_5
-- p6               ? ind_6_10
-- p11              ? ind_11_17
-- p65              ? ind_65_79
-- p80              ? ind_80p
SELECT code,
       insee(commune_codes, 5)    AS commune_codes,
       decimal(people)            AS people,
       decimal(households)        AS households,
       decimal(poor_households)   AS poor_households,
       decimal(income_sum_eur)    AS income_sum_eur,
       decimal(social_dwellings)  AS social_dwellings,
       decimal(p0) + decimal(p4) + decimal(p6) + decimal(p11) AS people_under_18,
       decimal(p65) + decimal(p80) AS people_65_or_more,
       whole(is_imputed)          AS is_imputed,
       area_m2,
       geom,
       CASE WHEN nullif(trim(code), '') IS NULL THEN 'code_missing' END AS rejected
FROM source;
