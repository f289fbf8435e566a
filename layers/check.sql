-- prepare:   here
-- title:     the box around all districts, and the territory its middle lies in | le cadre des quartiers et son territoire
SELECT h.*,
       (SELECT max(name) FROM territory
        WHERE lon_deg((h.west_m + h.east_m) / 2, (h.south_m + h.north_m) / 2) BETWEEN west_deg AND east_deg
          AND lat_deg((h.west_m + h.east_m) / 2, (h.south_m + h.north_m) / 2) BETWEEN south_deg AND north_deg) AS territory
FROM (SELECT count(*) AS files, min(west_m) AS west_m, min(south_m) AS south_m, max(east_m) AS east_m, max(north_m) AS north_m
      FROM source_file WHERE into_table = 'district') AS h;

-- prepare:   outlying_file
-- title:     files that do not lie in one territory: only their rows are looked at | fichiers qui débordent d'un territoire
SELECT source_file_id, into_table
FROM source_file
WHERE west_m IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM territory
                  WHERE lon_deg(west_m, south_m) BETWEEN west_deg AND east_deg
                    AND lat_deg(west_m, south_m) BETWEEN south_deg AND north_deg
                    AND lon_deg(east_m, north_m) BETWEEN west_deg AND east_deg
                    AND lat_deg(east_m, north_m) BETWEEN south_deg AND north_deg);

-- check:     geometry_repaired
-- each:      geometry
-- title:     a geometry that had to be repaired | une géométrie qu'il a fallu réparer
-- severity:  note
-- reference: its area after the repair | sa surface après réparation
SELECT r.source_file_id,
       r.source_row,
       printf('%.1f m²', r.area_before_m2) AS value,
       printf('%.1f m²', r.area_m2)        AS reference
FROM source_file AS f
JOIN repaired AS r USING (source_file_id)
WHERE f.into_table = :table;

-- check:     swapped_axes
-- each:      geometry
-- needs:     outlying_file
-- title:     latitude and longitude are swapped | latitude et longitude sont inversées
-- severity:  error
-- reference: where the position lies once they are swapped back | où tombe la position une fois remise à l'endroit
SELECT source_file_id,
       source_row,
       printf('%.5f, %.5f', lon, lat) AS value,
       t.name                         AS reference
FROM (SELECT source_file_id, source_row, lon_deg(x_m, y_m) AS lon, lat_deg(x_m, y_m) AS lat
      FROM outlying_file
      CROSS JOIN placed USING (source_file_id)
      WHERE into_table = :table
      LIMIT -1) AS p
JOIN territory AS t ON lat BETWEEN t.west_deg AND t.east_deg AND lon BETWEEN t.south_deg AND t.north_deg
WHERE NOT EXISTS (SELECT 1 FROM territory
                  WHERE lon BETWEEN west_deg AND east_deg AND lat BETWEEN south_deg AND north_deg);

-- check:     outside_country
-- each:      geometry
-- needs:     outlying_file
-- title:     outside the French republic | hors de la République française
-- severity:  warning
-- method:    silent where the districts themselves lie elsewhere: a town abroad
-- reference: where the districts lie | où sont les quartiers
SELECT p.source_file_id,
       p.source_row,
       printf('%.5f, %.5f', lon, lat)    AS value,
       coalesce(here.territory, 'France') AS reference
FROM (SELECT source_file_id, source_row, lon_deg(x_m, y_m) AS lon, lat_deg(x_m, y_m) AS lat
      FROM outlying_file
      CROSS JOIN placed USING (source_file_id)
      WHERE into_table = :table
      LIMIT -1) AS p
CROSS JOIN here
WHERE (here.files = 0 OR here.territory IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM territory
                  WHERE lon BETWEEN west_deg AND east_deg AND lat BETWEEN south_deg AND north_deg
                     OR lat BETWEEN west_deg AND east_deg AND lon BETWEEN south_deg AND north_deg);

-- check:     far_from_districts
-- each:      geometry
-- needs:     district
-- title:     far from all districts, unlike the rest of the file | loin de tous les quartiers, contrairement au reste du fichier
-- severity:  warning
-- param:     far_m real = 20000      -- beyond the box around all districts
-- param:     most_share real = 0.1   -- of the file's rows; a file that is mostly elsewhere only covers more
-- reference: how far from the districts' box is far | à partir de quelle distance du cadre des quartiers c'est loin
WITH far AS (
    SELECT source_file_id, source_row, rows_loaded, distance_m
    FROM (SELECT p.source_file_id, p.source_row, f.rows_loaded, p.x_m, p.y_m,
                 max(h.west_m - p.x_m, p.x_m - h.east_m, h.south_m - p.y_m, p.y_m - h.north_m) AS distance_m
          FROM here AS h
          CROSS JOIN source_file AS f
          CROSS JOIN placed AS p USING (source_file_id)
          WHERE f.into_table = :table
            AND (f.west_m < h.west_m - :far_m OR f.east_m > h.east_m + :far_m
                 OR f.south_m < h.south_m - :far_m OR f.north_m > h.north_m + :far_m)
          LIMIT -1)
    WHERE distance_m > :far_m
      AND EXISTS (SELECT 1 FROM territory WHERE lon_deg(x_m, y_m) BETWEEN west_deg AND east_deg
                                            AND lat_deg(x_m, y_m) BETWEEN south_deg AND north_deg))
SELECT source_file_id,
       source_row,
       printf('%.1f km', distance_m / 1000) AS value,
       printf('%.0f km', :far_m / 1000)     AS reference
FROM far
WHERE (SELECT count(*) FROM far AS o WHERE o.source_file_id = far.source_file_id)
      BETWEEN 1 AND min(max(1, :most_share * rows_loaded), rows_loaded - 1);

-- check:     elsewhere
-- each:      geometry
-- needs:     district
-- title:     the whole file lies far from all districts | tout le fichier est loin de tous les quartiers
-- severity:  warning
-- param:     far_m real = 20000   -- beyond the box around all districts
-- reference: the middle of the districts, in the store's CRS | le milieu des quartiers, dans le SCR de la base
SELECT f.source_file_id,
       NULL                                                                          AS source_row,
       printf('%.0f, %.0f', (f.west_m + f.east_m) / 2, (f.south_m + f.north_m) / 2) AS value,
       printf('%.0f, %.0f', (h.west_m + h.east_m) / 2, (h.south_m + h.north_m) / 2) AS reference
FROM here AS h
CROSS JOIN source_file AS f
WHERE f.into_table = :table
  AND f.source_file_id NOT IN (SELECT source_file_id FROM outlying_file)
  AND (f.east_m < h.west_m - :far_m OR f.west_m > h.east_m + :far_m
       OR f.north_m < h.south_m - :far_m OR f.south_m > h.north_m + :far_m);
