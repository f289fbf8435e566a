-- title:     Establishments of SIRENE | Établissements SIRENE
-- into:      shop
-- publisher: INSEE
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  none
-- key:       code
-- method:    F is closed, not vacant: vacancy cannot be read from SIRENE; [ND] is not published; coordinates are in the local
--            legal system of the commune's territory
-- reject:    code_missing | no SIRET | pas de SIRET
-- note:      SELECT count(*) FROM shop WHERE source_file_id = :source_file_id AND geom IS NULL
--            | establishment(s) without coordinates | établissement(s) sans coordonnées
--
-- code          = siret
-- state         = etatadministratifetablissement
-- activity_code = activiteprincipaleetablissement
-- activity_new  ? activiteprincipalenaf25etablissement
-- brand         ? enseigne1etablissement, enseigne1
-- usual         ? denominationusuelleetablissement, denominationusuelle
-- commune       ? codecommuneetablissement
-- x             ? coordonneelambertabscisseetablissement, coordonneelambertabscisse
-- y             ? coordonneelambertordonneeetablissement, coordonneelambertordonnee
SELECT code,
       name,
       activity_code,
       is_active,
       st_x(geom) AS x_m,
       st_y(geom) AS y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing' END AS rejected
FROM (SELECT insee(code, 14)                                                     AS code,
             coalesce(nullif(nullif(trim(brand), ''), '[ND]'), nullif(nullif(trim(usual), ''), '[ND]')) AS name,
             coalesce(nullif(nullif(trim(activity_code), ''), '[ND]'), activity_new) AS activity_code,
             CASE trim(state) WHEN 'A' THEN 1 WHEN 'F' THEN 0 END                AS is_active,
             metric_point(decimal(x), decimal(y),
                          CASE substr(insee(commune, 5), 1, 3)
                          WHEN '971' THEN 'EPSG:5490' WHEN '972' THEN 'EPSG:5490' WHEN '973' THEN 'EPSG:2972'
                          WHEN '974' THEN 'EPSG:2975' WHEN '975' THEN 'EPSG:4467' WHEN '976' THEN 'EPSG:4471'
                          WHEN '977' THEN 'EPSG:5490' WHEN '978' THEN 'EPSG:5490' ELSE 'EPSG:2154' END) AS geom
      FROM source
      LIMIT -1);
