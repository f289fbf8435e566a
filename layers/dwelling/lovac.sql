-- title:     LOVAC, vacant dwellings (restricted rows) | LOVAC, logements vacants (fichier restreint)
-- into:      lovac_row
-- publisher: Cerema, DGALN
-- licence:   convention (données personnelles)
-- access:    restricted
-- geometry:  none
-- key:       data_year, code
-- period:    max(data_year)
-- method:    a list of vacant dwellings: no stock and no rate without a register of all dwellings; beside one, vacancy.sql takes
--            the stock from the register and the vacancy from here; the columns on owners are not declared and never read;
--            other groups, other uses and other natures are set aside as in the public criteria (ZLV, filters_lovac.sql)
-- reject:    code_missing | no dwelling id | pas d'identifiant de logement
-- reject:    other_group | group 1 to 6 or 9: not private housing stock | groupe 1 à 6 ou 9 : hors parc privé | expected
-- reject:    not_a_dwelling | not a house or flat for housing (aff, nature) | ni maison ni appartement d'habitation (aff, nature) | expected
--
-- code              = ff_idlocal
-- parcel_code       = ff_idpar
-- nature            = nature
-- aff               = aff
-- groupe            = groupe
-- vacant_since_year = debutvacance
-- annee             = annee
-- construction_year ? ff_jannath
-- surface_m2        ? ff_stoth
-- occupation        ? ff_ccthp, ccthp
-- cadastral_class   ? ff_dcapec2, dcapec2
SELECT trim(code)                           AS code,
       key_of('parcel', trim(parcel_code))  AS parcel_id,
       trim(parcel_code)                    AS parcel_code,
       CASE trim(nature) WHEN 'MAISON' THEN 'house' ELSE 'flat' END AS dwelling_type,
       CASE WHEN whole(construction_year) > 100 THEN whole(construction_year) END
                                            AS construction_year,
       decimal(surface_m2)                  AS surface_m2,
       whole(annee)                         AS data_year,
       whole(vacant_since_year)             AS vacant_since_year,
       nullif(trim(occupation), '')         AS occupation,
       CASE WHEN ltrim(trim(cadastral_class), '0') GLOB '[1-8]*'
            THEN whole(substr(ltrim(trim(cadastral_class), '0'), 1, 1)) END AS cadastral_class, -- 5M and 6M are of the class before the letter
       CASE WHEN nullif(trim(code), '') IS NULL THEN 'code_missing'
            WHEN trim(groupe) IN ('1', '2', '3', '4', '5', '6', '9') THEN 'other_group'
            WHEN trim(aff) <> 'H' OR trim(nature) NOT IN ('MAISON', 'APPART')
            THEN 'not_a_dwelling' END       AS rejected
FROM source;
