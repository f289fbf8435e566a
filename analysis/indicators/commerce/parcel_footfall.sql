-- topic:    parcel_footfall
-- title:    Footfall near a parcel | Fréquentation près d'une parcelle
-- feature:  parcel
-- needs:    parcel, footfall_site, site_footfall
-- ranges:   parcel
-- param:    sites integer = 4     -- how many of the nearest sites speak for a parcel
-- param:    power integer = 2     -- of the distance that weighs them
-- method:   mean of the nearest sites weighted by the inverse of the distance from the parcel's centroid,
--           as the crow flies: a reading between the counters, no measure
--           | moyenne des sites les plus proches, pondérée par l'inverse de la distance au centroïde de la parcelle, à vol
--           d'oiseau : une lecture entre les compteurs, pas une mesure
-- source:   Shepard 1968, A two-dimensional interpolation function for irregularly-spaced data
--
-- footfall_near_per_day  mean, people/day, short ff_near  | People a day at the nearest sites | Passages par jour aux sites proches
SELECT p.parcel_id,
       idw((SELECT point_set(s.x_m, s.y_m, f.footfall_per_day)
            FROM footfall_site AS s
            JOIN site_footfall AS f USING (footfall_site_id)),
           p.centroid_x_m, p.centroid_y_m, :sites, :power) AS footfall_near_per_day
FROM parcel AS p;
