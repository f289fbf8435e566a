-- title:  Parcels of merged communes are followed | Les parcelles des communes fusionnées sont suivies
-- after:  dwelling
-- needs:  commune_now
-- makes:  dwelling
-- order:  14
-- note:   SELECT count(*) FROM dwelling AS d CROSS JOIN parcel AS p USING (parcel_id) WHERE d.source_file_id = :source_file_id AND substr(d.parcel_code, 1, 5) IN (SELECT code FROM commune_now) AND p.code <> d.parcel_code
--         | dwelling(s) of a merged commune found under the parcel's code of today | logement(s) d'une commune fusionnée retrouvé(s) sous le code actuel de la parcelle

-- A merged commune keeps its sections under a prefix of its own last three digits: 27648 000 0A 0001 is 27412 648 0A 0001.
UPDATE dwelling
SET parcel_id = key_of('parcel', (SELECT now_code FROM commune_now WHERE code = substr(parcel_code, 1, 5))
                                 || substr(parcel_code, 3, 3) || substr(parcel_code, 9))
WHERE parcel_id IS NULL AND substr(parcel_code, 6, 3) = '000'
  AND substr(parcel_code, 1, 5) IN (SELECT code FROM commune_now);
