-- topic:    target_energy
-- title:    Energy labels on a vacant parcel | Étiquettes énergie d'une parcelle vacante
-- feature:  target
-- needs:    target_dwellings, parcel, energy_label
-- param:    cell_m real = 200   -- certificates are looked for in the cell of the parcel's centroid and the eight around it
-- method:   the worst label of the certificates whose point lies on the parcel, 1 (A) to 7 (G)
--           | la moins bonne étiquette des diagnostics dont le point tombe sur la parcelle, de 1 (A) à 7 (G)
-- source:   DPE since July 2021, ADEME
--
-- energy_label  index, label, short dpe  | Energy label, worst (1 A to 7 G) | Étiquette énergie, la pire (1 A à 7 G)
WITH near AS (
    SELECT t.target_id, p.geom, cast(p.centroid_x_m / :cell_m AS INTEGER) AS cell_x,
           cast(p.centroid_y_m / :cell_m AS INTEGER) AS cell_y
    FROM target_dwellings AS t
    JOIN parcel AS p ON p.parcel_id = t.target_id
), label AS MATERIALIZED (
    SELECT cast(x_m / :cell_m AS INTEGER) * 1000000 + cast(y_m / :cell_m AS INTEGER) AS cell, unicode(label) - 64 AS label, geom
    FROM energy_label
    WHERE geom IS NOT NULL
), around AS (
    SELECT x.column1 AS dx, y.column1 AS dy FROM (VALUES (-1), (0), (1)) AS x, (VALUES (-1), (0), (1)) AS y
)
SELECT n.target_id,
       max(l.label) AS energy_label
FROM near AS n
CROSS JOIN around AS a
JOIN label AS l ON l.cell = (n.cell_x + a.dx) * 1000000 + n.cell_y + a.dy
WHERE st_intersects(n.geom, l.geom)
GROUP BY n.target_id;
