-- title:     Field visits, plain format | Visites de terrain, format simple
-- into:      visit
-- access:    restricted
-- geometry:  none
-- uses:      visit_word
-- key:       dwelling_code, parcel_code, visit_date, found
-- weight:    -1
-- method:    a row a visit; a dwelling or, failing that, a parcel; dates as YYYY-MM-DD or dd/mm/yyyy; words in French or English
-- reject:    nothing_named | neither a dwelling nor a parcel | ni logement ni parcelle
-- reject:    found_unknown | what was found is none of the words of visit_word | le constat n'est aucun des mots de visit_word
-- note:      SELECT count(*) FROM visit WHERE source_file_id = :source_file_id AND parcel_id IS NULL
--            | visit(s) of a parcel or dwelling that no file holds | visite(s) d'une parcelle ou d'un logement absent des fichiers
--
-- dwelling_code ? dwelling_id, dwelling, logement, id_logement, logement_id, ff_idlocal
-- parcel_code   ? parcel_id, parcel, parcelle, id_parcelle, parcelle_id, ff_idpar
-- named         = dwelling_id, dwelling, logement, id_logement, logement_id, ff_idlocal, parcel_id, parcel, parcelle, id_parcelle, parcelle_id, ff_idpar
-- found         = found, constat, constate, resultat, résultat, constaté
-- visit_date    ? visit_date, date, date_visite, date_de_visite, date de visite
SELECT dwelling_code,
       parcel_code,
       dwelling_id,
       parcel_id,
       found,
       visit_date,
       CASE WHEN dwelling_code IS NULL AND parcel_code IS NULL THEN 'nothing_named'
            WHEN found IS NULL THEN 'found_unknown' END AS rejected
FROM (SELECT nullif(trim(dwelling_code), '')   AS dwelling_code,
             nullif(trim(parcel_code), '')     AS parcel_code,
             key_of('dwelling', nullif(trim(dwelling_code), '')) AS dwelling_id,
             key_of('parcel', nullif(trim(parcel_code), ''))     AS parcel_id,
             (SELECT w.found FROM visit_word AS w WHERE slug(source.found) GLOB w.pattern ORDER BY w.rank LIMIT 1) AS found,
             CASE WHEN visit_date GLOB '[0-9][0-9]/[0-9][0-9]/[0-9][0-9][0-9][0-9]*'
                  THEN substr(visit_date, 7, 4) || '-' || substr(visit_date, 4, 2) || '-' || substr(visit_date, 1, 2)
                  ELSE nullif(substr(visit_date, 1, 10), '') END AS visit_date
      FROM source
      LIMIT -1);
