-- title:  The register gives the stock, LOVAC the vacancy | Le registre donne le parc, LOVAC la vacance
-- after:  lovac_row
-- makes:  dwelling, dwelling_disagreement
-- order:  12
-- note:   SELECT count(*) FROM dwelling_disagreement WHERE what = 'occupied_but_in_lovac'
--         | dwelling(s) occupied in the register, vacant in LOVAC: LOVAC is followed (table dwelling_disagreement)
--         | logement(s) occupé(s) dans le registre, vacant(s) dans LOVAC : LOVAC est suivi (table dwelling_disagreement)
-- note:   SELECT count(*) FROM dwelling_disagreement WHERE what = 'vacant_but_not_in_lovac'
--         | dwelling(s) vacant in the register, not in LOVAC's private stock: LOVAC is followed (table dwelling_disagreement)
--         | logement(s) vacant(s) dans le registre, hors du parc privé vacant de LOVAC : LOVAC est suivi (table dwelling_disagreement)
-- note:   SELECT count(*) FROM dwelling_disagreement WHERE what = 'other_start_year'
--         | dwelling(s) whose vacancy begins in another year: LOVAC is followed (table dwelling_disagreement)
--         | logement(s) dont la vacance commence une autre année : LOVAC est suivi (table dwelling_disagreement)
-- note:   SELECT count(*) FROM dwelling_disagreement WHERE what = 'other_parcel'
--         | dwelling(s) on another parcel: the register is followed (table dwelling_disagreement)
--         | logement(s) sur une autre parcelle : le registre est suivi (table dwelling_disagreement)
-- note:   SELECT count(*) FROM dwelling_disagreement WHERE what = 'not_in_register'
--         | vacant dwelling(s) the register does not have: kept, outside the stock (table dwelling_disagreement)
--         | logement(s) vacant(s) absent(s) du registre : gardés, hors du parc (table dwelling_disagreement)
-- note:   SELECT count(*) FROM lovac_row WHERE source_file_id = :source_file_id AND parcel_id IS NULL AND EXISTS (SELECT 1 FROM parcel)
--         | dwelling(s) on a parcel the cadastre does not hold: the join is lost
--         | logement(s) sur une parcelle absente du cadastre : la jointure est perdue

-- Of several years of LOVAC the latest tells. It speaks of the communes it has rows in: elsewhere the register keeps its own
-- vacancy. How long a vacancy must be, and what the tax file must say, is the criterion long_vacancy of the indicators.
INSERT INTO dwelling_disagreement (what, dwelling_id, code, lovac_row_id, register_value, lovac_value)
WITH latest AS (
    SELECT lovac_row_id, code, parcel_code, vacant_since_year, max(data_year) AS data_year FROM lovac_row GROUP BY code
)
SELECT 'occupied_but_in_lovac', d.dwelling_id, d.code, l.lovac_row_id, 'occupied', 'vacant since ' || coalesce(l.vacant_since_year, '?')
FROM dwelling AS d JOIN latest AS l USING (code) WHERE d.is_vacant = 0
UNION ALL
SELECT 'vacant_but_not_in_lovac', d.dwelling_id, d.code, NULL, 'vacant since ' || coalesce(d.vacant_since_year, '?'), 'no row'
FROM dwelling AS d
WHERE d.is_vacant = 1 AND d.code NOT IN (SELECT code FROM lovac_row)
  AND substr(d.parcel_code, 1, 5) IN (SELECT substr(parcel_code, 1, 5) FROM lovac_row)
UNION ALL
SELECT 'other_start_year', d.dwelling_id, d.code, l.lovac_row_id, d.vacant_since_year, l.vacant_since_year
FROM dwelling AS d JOIN latest AS l USING (code) WHERE d.is_vacant = 1 AND d.vacant_since_year <> l.vacant_since_year
UNION ALL
SELECT 'other_parcel', d.dwelling_id, d.code, l.lovac_row_id, d.parcel_code, l.parcel_code
FROM dwelling AS d JOIN latest AS l USING (code) WHERE d.parcel_code <> l.parcel_code;

UPDATE dwelling
SET is_vacant = 0, vacant_since_year = NULL, vacancy_years = NULL
WHERE substr(parcel_code, 1, 5) IN (SELECT substr(parcel_code, 1, 5) FROM lovac_row)
  AND code NOT IN (SELECT code FROM lovac_row);

UPDATE dwelling
SET is_vacant = 1, vacant_since_year = l.vacant_since_year, vacancy_years = NULL, occupation = l.occupation,
    cadastral_class = coalesce(l.cadastral_class, dwelling.cadastral_class),
    data_year = l.data_year, lovac_row_id = l.lovac_row_id
FROM (SELECT lovac_row_id, code, vacant_since_year, occupation, cadastral_class, max(data_year) AS data_year FROM lovac_row GROUP BY code) AS l
WHERE l.code = dwelling.code;

INSERT INTO dwelling (code, parcel_id, parcel_code, dwelling_type, construction_year, surface_m2, data_year, vacant_since_year,
                      is_vacant, occupation, cadastral_class, lovac_row_id, in_stock, source_file_id, source_row)
SELECT code, parcel_id, parcel_code, dwelling_type, construction_year, surface_m2, max(data_year), vacant_since_year, 1,
       occupation, cadastral_class, lovac_row_id, 0, source_file_id, source_row
FROM lovac_row
WHERE code NOT IN (SELECT code FROM dwelling)
GROUP BY code
ORDER BY lovac_row_id;

INSERT INTO dwelling_disagreement (what, dwelling_id, code, lovac_row_id, register_value, lovac_value)
SELECT 'not_in_register', dwelling_id, code, lovac_row_id, NULL, 'vacant since ' || coalesce(vacant_since_year, '?')
FROM dwelling
WHERE NOT in_stock AND lovac_row_id IS NOT NULL AND EXISTS (SELECT 1 FROM dwelling WHERE in_stock);
