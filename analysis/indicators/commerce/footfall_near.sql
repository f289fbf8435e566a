-- topic:    footfall_near
-- title:    Footfall near the parcels | Fréquentation près des parcelles
-- needs:    parcel_district, parcel_footfall
-- method:   mean over the parcels at home in the district; a reading between the counters, no measure
--           | moyenne des parcelles rattachées au quartier ; une lecture entre les compteurs, pas une mesure
-- source:   Shepard 1968, A two-dimensional interpolation function for irregularly-spaced data
--
-- footfall_near_per_day  mean, people/day, short ff_near  | People a day at the nearest sites, mean of the parcels | Passages par jour aux sites proches, moyenne des parcelles
SELECT p.district_id,
       avg(f.footfall_near_per_day) AS footfall_near_per_day
FROM parcel_district AS p
JOIN parcel_footfall AS f USING (parcel_id)
WHERE p.is_home
GROUP BY p.district_id;
