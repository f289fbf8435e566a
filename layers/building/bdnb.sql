-- title:     BDNB buildings | Bâtiments de la BDNB
-- into:      building
-- publisher: CSTB
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  polygon
-- key:       code
-- method:    the first 14 characters of a group's id are a parcel; names may be cut to ten characters by the DBF
-- reject:    code_missing | no id | pas d'identifiant
-- note:      SELECT count(*) FROM building WHERE source_file_id = :source_file_id AND parcel_id IS NULL AND EXISTS (SELECT 1 FROM parcel)
--            | building(s) on a parcel the cadastre does not hold | bâtiment(s) sur une parcelle absente du cadastre
--
-- code         = batiment_construction_id, batiment_c, batiment_groupe_id
-- parcel_code  = batiment_groupe_id, batiment_g
-- height_m     ? hauteur, hauteur_mean, hauteur_me
-- building_use ? usage_niveau_1_txt, usage_nive
-- floors       ? nb_niveau, nb_niveaux
-- dwellings    ? nb_log, nb_logement
-- year         ? annee_construction, annee_cons
SELECT code,
       key_of('parcel', substr(parcel_code, 1, 14))          AS parcel_id,
       substr(parcel_code, 1, 14)                            AS parcel_code,
       building_use,
       whole(floors)                                         AS floors,
       decimal(height_m)                                     AS height_m,
       whole(dwellings)                                      AS dwellings,
       whole(year)                                           AS construction_year,
       area_m2,
       centroid_x_m,
       centroid_y_m,
       on_surface_x_m,
       on_surface_y_m,
       geom,
       CASE WHEN nullif(trim(code), '') IS NULL THEN 'code_missing' END AS rejected
FROM source;
