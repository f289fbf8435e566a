-- title:  Visits find their dwelling | Les visites retrouvent leur logement
-- after:  visit
-- makes:  visit
-- order:  16

-- After LOVAC and merged communes: a dwelling may have come, or its parcel. A parcel with one dwelling is that dwelling.
UPDATE visit
SET dwelling_id = d.dwelling_id, parcel_id = d.parcel_id
FROM dwelling AS d
WHERE d.code = visit.dwelling_code;

UPDATE visit
SET dwelling_id = d.dwelling_id
FROM (SELECT parcel_id, min(dwelling_id) AS dwelling_id FROM dwelling WHERE parcel_id IS NOT NULL
      GROUP BY parcel_id HAVING count(*) = 1) AS d
WHERE visit.dwelling_code IS NULL AND d.parcel_id = visit.parcel_id;
