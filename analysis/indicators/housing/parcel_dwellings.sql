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
SELECT parcel_id,
       count(*)       AS dwellings,
       sum(is_vacant) AS vacant_dwellings
FROM dwelling
WHERE parcel_id IS NOT NULL
GROUP BY parcel_id;
