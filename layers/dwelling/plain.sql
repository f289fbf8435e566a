-- title:     Dwellings, plain format | Logements, format simple
-- into:      dwelling
-- access:    open
-- geometry:  none
-- key:       code
-- latest:    max(vacant_since_year)
-- method:    empty vacant_since_year and vacancy_years mean occupied; 0 vacancy_years too
-- note:      SELECT count(*) FROM dwelling WHERE parcel_id IS NULL AND parcel_code IS NOT NULL AND source_file_id = :source_file_id
--            AND EXISTS (SELECT 1 FROM parcel)
--            | dwelling(s) on a parcel the cadastre does not hold: the join is lost
--            | logement(s) sur une parcelle absente du cadastre : la jointure est perdue
-- reject:    code_missing | no dwelling id | pas d'identifiant de logement
-- reject:    vacancy_not_a_number | the vacancy is no year and no number of years | la vacance n'est ni une année ni une durée
--
-- code              = dwelling_id
-- parcel_code       = parcel_id
-- dwelling_type     ? dwelling_type
-- construction_year ? construction_year
-- surface_m2        ? surface_m2
-- vacant_since_year ? vacant_since_year
-- vacancy_years     ? vacancy_years
-- cadastral_class   ? cadastral_class, dcapec2, classe_cadastrale
-- vacancy           = vacant_since_year, vacancy_years
SELECT code,
       key_of('parcel', parcel_code) AS parcel_id,
       parcel_code,
       CASE dwelling_type WHEN 'MAISON' THEN 'house' WHEN 'APPART' THEN 'flat'
                          WHEN 'APPARTEMENT' THEN 'flat' ELSE nullif(dwelling_type, '') END
                                     AS dwelling_type,
       whole(construction_year)      AS construction_year,
       decimal(surface_m2)           AS surface_m2,
       whole(vacant_since_year)      AS vacant_since_year,
       decimal(vacancy_years)        AS vacancy_years,
       whole(vacant_since_year) IS NOT NULL OR coalesce(decimal(vacancy_years), 0) >= 1
                                     AS is_vacant,
       CASE WHEN ltrim(trim(cadastral_class), '0') GLOB '[1-8]*'
            THEN whole(substr(ltrim(trim(cadastral_class), '0'), 1, 1)) END
                                     AS cadastral_class,
       1                             AS in_stock,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN vacant_since_year IS NOT NULL AND whole(vacant_since_year) IS NULL
              OR vacancy_years IS NOT NULL AND decimal(vacancy_years) IS NULL
            THEN 'vacancy_not_a_number' END AS rejected
FROM source;
