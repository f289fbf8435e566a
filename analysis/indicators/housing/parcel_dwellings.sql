-- topic:    parcel_dwellings
-- title:    Dwellings by parcel | Logements par parcelle
-- feature:  parcel
-- needs:    dwelling
-- method:   dwellings whose parcel is unknown count in no parcel; a parcel without a row has none
--           | les logements dont la parcelle est inconnue ne comptent dans aucune ; une parcelle sans ligne n'en a pas
-- source:   the dwelling files of the run
--
-- dwellings         stock, count, short dwellings  | Dwellings | Logements
-- vacant_dwellings  stock, count, short vacant     | Vacant dwellings | Logements vacants
SELECT id                             AS parcel_id,
       n                              AS dwellings,
       CASE WHEN known THEN total END AS vacant_dwellings
FROM tallies(fold('tally', 'dwelling', 'parcel_id, is_vacant'));
