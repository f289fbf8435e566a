-- title:     A town's list or survey of shops | Liste ou relevé des commerces d'une ville
-- into:      shop
-- access:    open
-- geometry:  none
-- key:       code
-- method:    a list of shops says nothing of empty premises: is_vacant is unknown unless a column says it; a word for vacant as
--            activity (vacant, vide, local vacant) is a vacancy
-- reject:    name_missing | neither a name nor an activity | ni enseigne ni activité
-- reject:    position_missing | no usable longitude and latitude | pas de longitude et latitude utilisables
--
-- name              = enseigne, nom_enseigne, nom_commerce, shop_name, commerce
-- activity          = activité, activite, type_activite, categorie, activity
-- lat               = latitude, lat, ylat
-- lon               = longitude, lon, long, xlong
-- code              ? shop_id, id_local, identifiant, siret, id
-- is_vacant         ? is_vacant, vacant, vacance, occupation, statut, etat
-- vacant_since_year ? vacant_since_year, vacant_depuis, annee_vacance
-- floor_area_m2     ? floor_area_m2, surface, surface_m2, surface_vente
-- frontage_m        ? frontage_m, lineaire, lineaire_m, lineaire_vitrine
-- activity_code     ? activity_code, naf, ape, code_naf, code_ape
-- parcel_code       ? parcel_id, id_parcelle, parcelle
-- address_code      ? address_code, cle_interop, result_id
SELECT code,
       name,
       activity_code,
       activity,
       is_vacant,
       CASE is_vacant WHEN 1 THEN 0 END    AS is_active,
       whole(vacant_since_year)            AS vacant_since_year,
       decimal(floor_area_m2)              AS floor_area_m2,
       decimal(frontage_m)                 AS frontage_m,
       key_of('parcel', parcel_code)       AS parcel_id,
       parcel_code,
       address_code,
       st_x(geom)                          AS x_m,
       st_y(geom)                          AS y_m,
       geom,
       CASE WHEN name IS NULL AND activity IS NULL THEN 'name_missing'
            WHEN geom IS NULL THEN 'position_missing' END AS rejected
FROM (SELECT coalesce(nullif(trim(code), ''), slug(:file_layer) || ' ' || source_row) AS code,
             nullif(trim(name), '')                      AS name,
             nullif(trim(activity), '')                  AS activity,
             CASE WHEN slug(is_vacant) IN ('1', 'oui', 'vacant', 'vacante', 'vide', 'true', 'yes', 'inoccupe') THEN 1
                  WHEN slug(is_vacant) IN ('0', 'non', 'occupe', 'occupee', 'actif', 'ouvert', 'false', 'no') THEN 0
                  WHEN slug(activity) IN ('vacant', 'vide', 'local_vacant', 'locaux_vacants', 'vacance') THEN 1
             END                                         AS is_vacant,
             vacant_since_year, floor_area_m2, frontage_m, activity_code,
             nullif(trim(parcel_code), '')               AS parcel_code,
             nullif(trim(address_code), '')              AS address_code,
             metric_point(decimal(lon), decimal(lat), 'EPSG:4326') AS geom
      FROM source
      LIMIT -1);
