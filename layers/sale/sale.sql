-- title:  One row a sale | Une ligne par vente
-- after:  sale_row
-- makes:  sale, sale_parcel
-- order:  10
-- note:   SELECT count(DISTINCT code) FROM sale_row WHERE source_file_id = :source_file_id
--         | sale(s) in these rows: a sale is an id_mutation, its price is counted once
--         | vente(s) dans ces lignes : une vente est un id_mutation, son prix est compté une fois
-- note:   SELECT count(*) FROM sale_parcel JOIN sale USING (sale_id)
--         WHERE sale.source_file_id = :source_file_id AND sale_parcel.parcel_id IS NULL AND EXISTS (SELECT 1 FROM parcel)
--         | parcel(s) of sales that the cadastre does not hold: the join is lost
--         | parcelle(s) de ventes absentes du cadastre : la jointure est perdue

-- A sale given in two files is that of the first. Rows of a parcel are the product of its locals and its land uses: locals
-- are counted within one land use, land within distinct ones.
INSERT INTO sale (code, sale_date, year, nature, price_eur, dwellings, built_area_m2, land_area_m2, source_file_id, source_row)
WITH own AS (
    SELECT r.* FROM sale_row AS r
    JOIN (SELECT code, min(source_file_id) AS source_file_id FROM sale_row GROUP BY code) AS f USING (code, source_file_id)
), by_use AS (
    SELECT code, disposition, parcel_code, land_use,
           sum(local_type IN ('Maison', 'Appartement'))   AS dwellings,
           sum(built_area_m2)                             AS built_area_m2,
           max(land_area_m2)                              AS land_area_m2
    FROM own GROUP BY code, disposition, parcel_code, land_use
), by_parcel AS (
    SELECT code, max(dwellings) AS dwellings, max(built_area_m2) AS built_area_m2, sum(land_area_m2) AS land_area_m2
    FROM by_use GROUP BY code, disposition, parcel_code
), measured AS (
    SELECT code, sum(dwellings) AS dwellings, sum(built_area_m2) AS built_area_m2, sum(land_area_m2) AS land_area_m2
    FROM by_parcel GROUP BY code
)
SELECT o.code, min(o.sale_date), whole(substr(min(o.sale_date), 1, 4)), min(o.nature), max(o.price_eur), m.dwellings,
       m.built_area_m2, m.land_area_m2, min(o.source_file_id), min(o.source_row)
FROM own AS o JOIN measured AS m USING (code)
GROUP BY o.code
ORDER BY min(o.source_file_id), min(o.source_row);

INSERT INTO sale_parcel (sale_id, parcel_id, parcel_code)
SELECT DISTINCT s.sale_id, key_of('parcel', r.parcel_code), r.parcel_code
FROM sale AS s JOIN sale_row AS r USING (code, source_file_id)
WHERE r.parcel_code IS NOT NULL;

UPDATE sale
SET parcel_id = p.parcel_id
FROM (SELECT sale_id, min(parcel_id) AS parcel_id FROM sale_parcel GROUP BY sale_id) AS p
WHERE p.sale_id = sale.sale_id;

UPDATE sale
SET geom = p.geom, x_m = st_x(p.geom), y_m = st_y(p.geom)
FROM (SELECT code, source_file_id, min(source_row), metric_point(lon, lat, 'EPSG:4326') AS geom
      FROM sale_row WHERE lon IS NOT NULL AND lat IS NOT NULL GROUP BY code, source_file_id) AS p
WHERE p.code = sale.code AND p.source_file_id = sale.source_file_id;
