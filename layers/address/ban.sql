-- title:     Base Adresse Nationale (BAN) | Base Adresse Nationale (BAN)
-- into:      address
-- publisher: ANCT, IGN
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  none
-- key:       code
-- method:    of several parcels the first is taken; an id may carry another commune's code: commune_code is the column's
-- reject:    code_missing | no id | pas d'identifiant
-- reject:    position_missing | no usable longitude and latitude | pas de longitude et latitude utilisables
-- note:      SELECT count(*) FROM address WHERE source_file_id = :source_file_id AND parcel_code IS NOT NULL AND parcel_id IS NULL
--            | address(es) on a parcel the cadastre does not hold | adresse(s) sur une parcelle absente du cadastre
--
-- code         = id, cle_interop
-- number       = numero
-- street_name  = nom_voie, voie_nom
-- commune_code = code_insee, commune_insee
-- lon          = lon, long, longitude
-- lat          = lat, latitude
-- suffix       ? rep, suffixe
-- postal_code  ? code_postal
-- parcel_code  ? cad_parcelles
SELECT code,
       number,
       street_name,
       postal_code,
       commune_code,
       key_of('parcel', parcel_code) AS parcel_id,
       parcel_code,
       st_x(geom)                    AS x_m,
       st_y(geom)                    AS y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN geom IS NULL THEN 'position_missing' END AS rejected
FROM (SELECT nullif(trim(code), '')                          AS code,
             trim(coalesce(number, '') || ' ' || coalesce(nullif(suffix, 'NA'), '')) AS number,
             street_name,
             insee(nullif(postal_code, 'NA'), 5)             AS postal_code,
             insee(commune_code, 5)                          AS commune_code,
             nullif(nullif(trim(substr(parcel_code || '|', 1, instr(parcel_code || '|', '|') - 1)), ''), 'NA')
                                                             AS parcel_code,
             metric_point(decimal(lon), decimal(lat), 'EPSG:4326') AS geom
      FROM source
      LIMIT -1);
