-- topic:    parcel_dwellings
-- title:    Dwellings by parcel | Logements par parcelle
-- feature:  parcel
-- needs:    parcel, dwelling
-- method:   dwellings whose parcel is unknown count in no parcel
-- source:   the dwelling files of the run
--
-- dwellings         stock, count, short dwellings  | Dwellings | Logements
-- vacant_dwellings  stock, count, short vacant     | Vacant dwellings | Logements vacants
SELECT p.parcel_id,
       coalesce(d.dwellings, 0)        AS dwellings,
       coalesce(d.vacant_dwellings, 0) AS vacant_dwellings
FROM parcel AS p
LEFT JOIN (SELECT parcel_id, count(*) AS dwellings, sum(is_vacant) AS vacant_dwellings
           FROM dwelling
           WHERE parcel_id IS NOT NULL
           GROUP BY parcel_id) AS d ON d.parcel_id = p.parcel_id;
