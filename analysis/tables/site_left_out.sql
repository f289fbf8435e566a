-- table:   site_left_out
-- title:   Each counter guessed from the others | Chaque compteur estimé par les autres
-- needs:   site_reading, site_walk
-- key:     method, footfall_site_id
-- param:   sites integer = 4  -- how many of the nearest speak
-- param:   power integer = 2  -- of the distance that weighs them
-- param:   near_m integer = 10 -- a distance below this counts as this
-- method:  the weighted mean of the logarithms of the nearest other sites, weights the inverse of the distance along the streets
--          (network) or as the crow flies (crow), the same sites guessed by both; plain: as the crow flies, without logarithms
-- source:  Stone 1974, Cross-validatory choice and assessment of statistical predictions; Shepard 1968 for the weights
SELECT r.method, r.footfall_site_id, r.people, r.estimate, ln(r.estimate / r.people) AS log_error
FROM (SELECT 'network' AS method, o.footfall_site_id, o.people,
             exp(sum(ln(s.people) / pow(max(w.far_m, :near_m), :power)) / sum(1 / pow(max(w.far_m, :near_m), :power))) AS estimate
      FROM (SELECT from_id, to_id, walk_m AS far_m,
                   row_number() OVER (PARTITION BY from_id ORDER BY walk_m, to_id) AS rank FROM site_walk) AS w
      JOIN site_reading AS o ON o.footfall_site_id = w.from_id
      JOIN site_reading AS s ON s.footfall_site_id = w.to_id
      WHERE w.rank <= :sites
      GROUP BY o.footfall_site_id
      UNION ALL
      SELECT m.method, o.footfall_site_id, o.people,
             CASE m.method
             WHEN 'crow' THEN exp(sum(ln(w.people) / pow(max(w.far_m, :near_m), :power)) / sum(1 / pow(max(w.far_m, :near_m), :power)))
             ELSE sum(w.people / pow(max(w.far_m, :near_m), :power)) / sum(1 / pow(max(w.far_m, :near_m), :power)) END
      FROM (SELECT a.footfall_site_id AS from_id, b.people,
                   sqrt((a.x_m - b.x_m) * (a.x_m - b.x_m) + (a.y_m - b.y_m) * (a.y_m - b.y_m)) AS far_m,
                   row_number() OVER (PARTITION BY a.footfall_site_id
                                      ORDER BY (a.x_m - b.x_m) * (a.x_m - b.x_m) + (a.y_m - b.y_m) * (a.y_m - b.y_m),
                                               b.footfall_site_id) AS rank
            FROM site_reading AS a
            JOIN site_reading AS b ON b.footfall_site_id <> a.footfall_site_id
            WHERE a.footfall_site_id IN (SELECT from_id FROM site_walk)) AS w
      JOIN site_reading AS o ON o.footfall_site_id = w.from_id
      CROSS JOIN (SELECT 'crow' AS method UNION ALL SELECT 'plain') AS m
      WHERE w.rank <= :sites
      GROUP BY m.method, o.footfall_site_id) AS r;
