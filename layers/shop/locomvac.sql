-- title:     Vacant business premises (LOCOMVAC, 1767 BIS) | Locaux commerciaux vacants (LOCOMVAC, 1767 BIS)
-- into:      shop
-- publisher: DGFiP
-- licence:   convention (données confidentielles)
-- access:    restricted
-- geometry:  none
-- key:       code
-- method:    every row is empty premises; the parcel is made of commune, prefix, section and plan number with their zeros;
--            the columns on owners are not declared here and never read
-- reject:    code_missing | no id of the premises | pas d'invariant du local
-- note:      SELECT count(*) FROM shop WHERE source_file_id = :source_file_id AND parcel_id IS NULL
--            | vacant premises on a parcel the cadastre does not hold | locaux vacants sur une parcelle absente du cadastre
--
-- code       = invariant du local, invariant_local, invariant
-- department ? code departement, code département, departement
-- commune    = code commune, code_commune
-- prefix     ? prefixe de section, prefixe_section, prefixe
-- section    = section cadastrale, section
-- plan       = numero de plan, numero_plan, numéro de plan
-- activity   ? code nature du local, nature du local
-- category   ? categorie revisee, catégorie révisée
SELECT code,
       activity,
       1                              AS is_vacant,
       0                              AS is_active,
       key_of('parcel', parcel_code)  AS parcel_id,
       parcel_code,
       CASE WHEN code IS NULL THEN 'code_missing' END AS rejected
FROM (SELECT nullif(trim(code), '')                                AS code,
             coalesce(nullif(trim(category), ''), nullif(trim(activity), '')) AS activity,
             CASE WHEN length(trim(commune)) >= 4 OR department IS NULL THEN insee(commune, 5)
                  ELSE insee(department, 2) || insee(commune, 3) END
             || insee(coalesce(nullif(trim(prefix), ''), '0'), 3)
             || substr('00' || trim(section), -2)
             || insee(plan, 4)                                     AS parcel_code
      FROM source
      LIMIT -1);
