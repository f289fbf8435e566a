-- title:     Energy certificates (DPE, ADEME) | Diagnostics de performance énergétique (DPE, ADEME)
-- into:      energy_label
-- publisher: ADEME
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  none
-- key:       code
-- latest:    max(whole(substr(label_date, 1, 4)))
-- method:    certificates of buildings and of homes are kept apart by is_building; several certificates of one home are all kept
-- reject:    code_missing | no number of certificate | pas de numéro de DPE
-- reject:    label_unknown | the label is not A to G | l'étiquette n'est pas de A à G
-- note:      SELECT count(*) FROM energy_label WHERE source_file_id = :source_file_id AND geom IS NULL
--            | certificate(s) without coordinates | diagnostic(s) sans coordonnées
--
-- code         = numero_dpe, n°dpe
-- label        = etiquette_dpe, etiquette_dpe_
-- ghg_label    ? etiquette_ges
-- label_date   ? date_etablissement_dpe
-- address_code ? identifiant_ban, identifiant__ban
-- method       ? methode_application_dpe, methode_application_dpe_
-- lat_lon      ? _geopoint
-- x            ? coordonnee_cartographique_x_ban, coordonnee_cartographique_x_(ban)
-- y            ? coordonnee_cartographique_y_ban, coordonnee_cartographique_y_(ban)
SELECT code,
       label,
       ghg_label,
       label_date,
       address_code,
       is_building,
       st_x(geom) AS x_m,
       st_y(geom) AS y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN label IS NULL OR label NOT GLOB '[A-G]' THEN 'label_unknown' END AS rejected
FROM (SELECT nullif(trim(code), '')            AS code,
             upper(trim(label))                AS label,
             CASE WHEN upper(trim(ghg_label)) GLOB '[A-G]' THEN upper(trim(ghg_label)) END AS ghg_label,
             CASE WHEN label_date GLOB '[0-9][0-9]/[0-9][0-9]/[0-9][0-9][0-9][0-9]*'
                  THEN substr(label_date, 7, 4) || '-' || substr(label_date, 4, 2) || '-' || substr(label_date, 1, 2)
                  ELSE substr(label_date, 1, 10) END AS label_date,
             nullif(trim(address_code), '')    AS address_code,
             CASE WHEN method IS NULL THEN NULL
                  ELSE slug(method) GLOB 'dpe_immeuble*' END AS is_building,
             coalesce(metric_point(decimal(substr(lat_lon, instr(lat_lon, ',') + 1)),
                                   decimal(substr(lat_lon, 1, instr(lat_lon, ',') - 1)), 'EPSG:4326'),
                      metric_point(decimal(x), decimal(y), 'EPSG:2154')) AS geom
      FROM source
      LIMIT -1);
