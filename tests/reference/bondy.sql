-- SPDX-License-Identifier: MIT
-- What ilot must answer on Bondy, in PostGIS 3.3 (GEOS 3.11). Written from the definitions alone (the table of names in
-- the design, the data's own description), never from ilot's SQL; bondy.sh loads the files and writes the answers.
--
-- Everything is in EPSG:2154 before anything else is done. 'C' collation: the smallest code is the smallest in bytes.

-- ---- parcels: the first row of an id counts; what is invalid becomes the polygons of ST_MakeValid (linework)
CREATE TABLE parcel_row AS
SELECT f.n, f.feature->>'id' AS code,
       ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(f.feature->>'geometry'), 4326), 2154) AS geom
FROM (SELECT string_agg(line, E'\n' ORDER BY n)::json->'features' AS features FROM cadastre_line) AS file,
     json_array_elements(file.features) WITH ORDINALITY AS f(feature, n);

CREATE TABLE parcel_shape AS
SELECT DISTINCT ON (code) n, code, ST_IsValid(geom) AS was_valid,
       CASE WHEN ST_IsValid(geom) THEN geom ELSE ST_CollectionExtract(ST_MakeValid(geom), 3) END AS geom
FROM parcel_row
ORDER BY code, n;

CREATE TABLE parcel AS
SELECT n, code, was_valid, geom, ST_Area(geom) AS area_m2,
       ST_PointOnSurface(geom) AS on_surface, ST_Centroid(geom) AS centroid
FROM parcel_shape;
CREATE UNIQUE INDEX ON parcel(code);
CREATE INDEX ON parcel USING gist(geom);

-- ---- districts of four grains
CREATE TABLE district AS
SELECT 'iris' AS grain, "DCOMIRIS"::text COLLATE "C" AS code, "NOM_IRIS"::text AS name, ST_Transform(geom, 2154) AS geom FROM layer_iris
UNION ALL
SELECT 'qpv', "C_NQPV"::text, "L_NQPV"::text, ST_Transform(geom, 2154) FROM "layer_neauQPV_2024"
UNION ALL
SELECT 'quarter', nom::text, nom::text, ST_Transform(geom, 2154) FROM layer_quartier2
UNION ALL
SELECT 'commune', insee::text, nom::text, ST_Transform(geom, 2154) FROM layer_bondy;

-- An invalid district would be repaired as a parcel is; none is (bondy-totals.csv says so).
UPDATE district SET geom = ST_CollectionExtract(ST_MakeValid(geom), 3) WHERE NOT ST_IsValid(geom);

-- ---- the spatial join: true intersection everywhere, no shortcut
CREATE TABLE piece AS
SELECT d.grain, d.code AS district, p.code AS parcel, ST_Area(ST_Intersection(d.geom, p.geom)) AS area_m2
FROM district d JOIN parcel p ON ST_Intersects(d.geom, p.geom);

CREATE TABLE home AS
SELECT d.grain, p.code AS parcel, min(d.code) AS district
FROM district d JOIN parcel p ON ST_Intersects(d.geom, p.on_surface)
GROUP BY d.grain, p.code;
CREATE UNIQUE INDEX ON home(grain, parcel);

-- ---- dwellings; the period is the latest year met in the data
CREATE TABLE period AS SELECT max(vacant_since_year) AS year FROM dwelling_row;

CREATE TABLE dwelling AS
SELECT DISTINCT ON (dwelling_id) dwelling_id, parcel_id AS parcel, construction_year,
       vacant_since_year IS NOT NULL                             AS is_vacant,
       coalesce(vacant_since_year < (SELECT year FROM period) - 2, false) AS is_long_vacant
FROM dwelling_row ORDER BY dwelling_id, n;

CREATE TABLE parcel_dwelling AS
SELECT p.code AS parcel, count(d.dwelling_id) AS dwellings, count(*) FILTER (WHERE d.is_vacant) AS vacant_dwellings
FROM parcel p LEFT JOIN dwelling d ON d.parcel = p.code GROUP BY p.code;

-- ---- footfall: pedestrian channels, both directions of a site together, over its local days with a measure
CREATE TABLE site AS
SELECT s.site_id, ST_Transform(ST_SetSRID(ST_MakePoint(s.xlong, s.ylat), 4326), 2154) AS geom, f.footfall_per_day
FROM site_row s
JOIN (SELECT c.site_id,
             sum(m.count) / count(DISTINCT (m.start_datetime AT TIME ZONE 'Europe/Paris')::date) AS footfall_per_day
      FROM channel_row c JOIN measure_row m USING (channel_id)
      WHERE c.mobility_type = 'PEDESTRIAN' AND m.count IS NOT NULL
      GROUP BY c.site_id) f USING (site_id);

CREATE TABLE site_home AS
SELECT d.grain, s.site_id, min(d.code) AS district
FROM district d JOIN site s ON ST_Intersects(d.geom, s.geom) GROUP BY d.grain, s.site_id;

-- Inverse-distance mean, power 2, of the four nearest sites; a site at no distance speaks alone.
CREATE TABLE parcel_footfall AS
SELECT p.code AS parcel, i.footfall_near_per_day
FROM parcel p
CROSS JOIN LATERAL (
    SELECT CASE WHEN min(k.d_m) = 0 THEN min(k.footfall_per_day) FILTER (WHERE k.d_m = 0)
                ELSE sum(k.footfall_per_day / k.d_m ^ 2) / sum(1 / k.d_m ^ 2) END AS footfall_near_per_day
    FROM (SELECT ST_Distance(s.geom, p.centroid) AS d_m, s.footfall_per_day
          FROM site s ORDER BY 1, s.site_id LIMIT 4) k) i;

-- ---- answers. Sums take their rows in one order, so that a second run writes the same digits.
CREATE TABLE answer AS
WITH by_home AS (
    SELECT h.grain, h.district, count(*) AS parcels, sum(p.area_m2 ORDER BY p.code) AS parcel_area_m2,
           avg(f.footfall_near_per_day ORDER BY p.code) AS footfall_near_per_day
    FROM home h JOIN parcel p ON p.code = h.parcel JOIN parcel_footfall f USING (parcel) GROUP BY 1, 2),
by_piece AS (
    SELECT i.grain, i.district, sum(i.area_m2 ORDER BY p.code) AS parcel_area_share_m2,
           sum(d.dwellings * (i.area_m2 / p.area_m2) ORDER BY p.code) AS dwellings_by_area
    FROM piece i JOIN parcel p ON p.code = i.parcel JOIN parcel_dwelling d USING (parcel) GROUP BY 1, 2),
by_dwelling AS (
    SELECT h.grain, h.district, count(*) AS dwellings, count(*) FILTER (WHERE d.is_vacant) AS vacant_dwellings,
           count(*) FILTER (WHERE d.is_long_vacant) AS long_vacant_dwellings,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY d.construction_year) AS median_construction_year
    FROM home h JOIN dwelling d USING (parcel) GROUP BY 1, 2),
by_site AS (
    SELECT h.grain, h.district, count(*) AS footfall_sites, avg(s.footfall_per_day ORDER BY s.site_id) AS footfall_per_day
    FROM site_home h JOIN site s USING (site_id) GROUP BY 1, 2)
SELECT d.grain, d.code, d.name,
       coalesce(h.parcels, 0) AS parcels, coalesce(h.parcel_area_m2, 0) AS parcel_area_m2,
       coalesce(i.parcel_area_share_m2, 0) AS parcel_area_share_m2,
       coalesce(w.dwellings, 0) AS dwellings, coalesce(w.vacant_dwellings, 0) AS vacant_dwellings,
       coalesce(w.long_vacant_dwellings, 0) AS long_vacant_dwellings,
       100.0::float8 * w.vacant_dwellings / nullif(w.dwellings, 0) AS vacancy_rate_pct,
       100.0::float8 * w.long_vacant_dwellings / nullif(w.dwellings, 0) AS long_vacancy_rate_pct,
       w.median_construction_year, coalesce(s.footfall_sites, 0) AS footfall_sites, s.footfall_per_day,
       h.footfall_near_per_day, coalesce(i.dwellings_by_area, 0) AS dwellings_by_area
FROM district d
LEFT JOIN by_home h ON (h.grain, h.district) = (d.grain, d.code)
LEFT JOIN by_piece i ON (i.grain, i.district) = (d.grain, d.code)
LEFT JOIN by_dwelling w ON (w.grain, w.district) = (d.grain, d.code)
LEFT JOIN by_site s ON (s.grain, s.district) = (d.grain, d.code);

CREATE TABLE parcel_answer AS
SELECT p.code, h.district AS district_iris, p.area_m2, d.dwellings, d.vacant_dwellings, f.footfall_near_per_day,
       row_number() OVER (ORDER BY p.code COLLATE "C") AS rank
FROM parcel p
JOIN parcel_dwelling d ON d.parcel = p.code
JOIN parcel_footfall f ON f.parcel = p.code
LEFT JOIN home h ON h.grain = 'iris' AND h.parcel = p.code;

-- ---- the restricted row file: one reason a row, the first that holds; duplicates among what is left
CREATE TABLE lovac AS
WITH sorted AS (
    SELECT n, trim(ff_idlocal) AS code, trim(ff_idpar) AS parcel, debutvacance < annee - 2 AS is_long,
           CASE WHEN ff_jannath > 100 THEN ff_jannath END AS construction_year,
           CASE WHEN trim(groupe) IN ('1', '2', '3', '4', '5', '6', '9') THEN 'other_group'
                WHEN trim(aff) <> 'H' OR trim(nature) NOT IN ('APPART', 'MAISON') THEN 'not_a_dwelling' END AS reason
    FROM lovac_row)
SELECT n, code, parcel, is_long, construction_year,
       coalesce(reason, CASE WHEN row_number() OVER (PARTITION BY code, reason ORDER BY n) > 1 THEN 'duplicate' END) AS reason
FROM sorted;

CREATE TABLE lovac_answer AS
          SELECT 1 AS rank, 'rows' AS name, count(*) AS value FROM lovac
UNION ALL SELECT 2, 'other_group', count(*) FROM lovac WHERE reason = 'other_group'
UNION ALL SELECT 3, 'not_a_dwelling', count(*) FROM lovac WHERE reason = 'not_a_dwelling'
UNION ALL SELECT 4, 'duplicate', count(*) FROM lovac WHERE reason = 'duplicate'
UNION ALL SELECT 5, 'loaded', count(*) FROM lovac WHERE reason IS NULL
UNION ALL SELECT 6, 'long_vacant', count(*) FROM lovac WHERE reason IS NULL AND is_long
UNION ALL SELECT 7, 'without_parcel', count(*) FROM lovac l WHERE reason IS NULL AND NOT EXISTS (SELECT FROM parcel p WHERE p.code = l.parcel);

-- The row file alone: every row loaded is a vacant dwelling. No rate: it does not say how many dwellings there are.
CREATE TABLE lovac_iris_answer AS
SELECT d.code, d.name, count(l.code) AS dwellings, count(l.code) AS vacant_dwellings,
       count(*) FILTER (WHERE l.is_long) AS long_vacant_dwellings,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY l.construction_year) AS median_construction_year
FROM district d
LEFT JOIN home h ON (h.grain, h.district) = (d.grain, d.code)
LEFT JOIN lovac l ON l.parcel = h.parcel AND l.reason IS NULL
WHERE d.grain = 'iris'
GROUP BY d.code, d.name;

-- ---- what the run must say beside the values
CREATE TABLE total_answer AS
          SELECT 1 AS rank, 'period' AS name, year::bigint AS value FROM period
UNION ALL SELECT 2, 'parcel_rows', count(*) FROM parcel_row
UNION ALL SELECT 3, 'parcels', count(*) FROM parcel
UNION ALL SELECT 4, 'parcels_repaired', count(*) FROM parcel WHERE NOT was_valid
UNION ALL SELECT 5, 'dwellings', count(*) FROM dwelling
UNION ALL SELECT 6, 'dwellings_without_parcel', count(*) FROM dwelling d WHERE NOT EXISTS (SELECT FROM parcel p WHERE p.code = d.parcel)
UNION ALL SELECT 7, 'measures', count(*) FROM measure_row
UNION ALL SELECT 8, 'pedestrian_measures', count(*) FROM measure_row m JOIN channel_row c USING (channel_id) WHERE m.count IS NOT NULL AND c.mobility_type = 'PEDESTRIAN'
UNION ALL SELECT 9, 'pedestrian_empty', count(*) FROM measure_row m JOIN channel_row c USING (channel_id) WHERE m.count IS NULL AND c.mobility_type = 'PEDESTRIAN'
UNION ALL SELECT 10, 'sites', count(*) FROM site
UNION ALL SELECT 10 + g.rank, 'parcels_outside_' || g.grain, (SELECT count(*) FROM parcel p WHERE NOT EXISTS
              (SELECT FROM home h WHERE h.grain = g.grain AND h.parcel = p.code))
          FROM (VALUES (1, 'iris'), (2, 'qpv'), (3, 'quarter'), (4, 'commune')) AS g(rank, grain)
UNION ALL SELECT 15, 'parcels_outside_all', (SELECT count(*) FROM parcel p WHERE NOT EXISTS (SELECT FROM home h WHERE h.parcel = p.code))
UNION ALL SELECT 15 + g.rank, g.grain || '_' || t.name, t.value
          FROM (VALUES (0, 'iris'), (10, 'qpv'), (20, 'quarter'), (30, 'commune')) AS g(rank, grain)
          CROSS JOIN LATERAL (
              SELECT 'parcels' AS name, sum(parcels)::bigint AS value FROM answer a WHERE a.grain = g.grain
              UNION ALL SELECT 'dwellings', sum(dwellings)::bigint FROM answer a WHERE a.grain = g.grain
              UNION ALL SELECT 'vacant_dwellings', sum(vacant_dwellings)::bigint FROM answer a WHERE a.grain = g.grain
              UNION ALL SELECT 'long_vacant_dwellings', sum(long_vacant_dwellings)::bigint FROM answer a WHERE a.grain = g.grain
              UNION ALL SELECT 'footfall_sites', sum(footfall_sites)::bigint FROM answer a WHERE a.grain = g.grain) t;
