-- title:     OpenStreetMap highways | Voies d'OpenStreetMap
-- into:      street
-- publisher: OpenStreetMap
-- licence:   ODbL 1.0
-- access:    open
-- geometry:  line
-- key:       code
-- method:    any line with a highway is a street; is_pedestrian: footway, pedestrian, path, steps; is_cycle: a cycleway, a
--            lane or track beside the road, or bicycle=designated; a living street has 20 km/h where it says no limit;
--            points and areas of the same file are set aside
-- reject:    code_missing | no id | pas d'identifiant
-- reject:    no_highway | a line that is no street | une ligne qui n'est pas une voie | expected
--
-- code      = @id, osm_id, full_id, id
-- highway   = highway, fclass
-- name      ? name
-- maxspeed  ? maxspeed
-- cycleway  ? cycleway, cycleway:both
-- right_way ? cycleway:right
-- left_way  ? cycleway:left
-- bicycle   ? bicycle
SELECT code,
       name,
       highway                                                   AS road_class,
       highway IN ('footway', 'pedestrian', 'path', 'steps')     AS is_pedestrian,
       coalesce(nullif(whole(replace(maxspeed, ' km/h', '')), 0),
                CASE highway WHEN 'living_street' THEN 20 END)   AS speed_limit_km_h,
       highway = 'cycleway' OR coalesce(bicycle = 'designated', 0)
         OR coalesce(cycleway, right_way, left_way, 'no') NOT IN ('no', 'none', 'separate')
                                                                 AS is_cycle,
       length_m,
       on_surface_x_m,
       on_surface_y_m,
       geom,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN highway IS NULL THEN 'no_highway' END           AS rejected
FROM source;
