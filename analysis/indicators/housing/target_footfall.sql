-- topic:    target_footfall
-- title:    Footfall near a vacant parcel | Fréquentation près d'une parcelle vacante
-- feature:  target
-- needs:    target_dwellings, parcel_footfall
-- method:   footfall_near_per_day of the parcel: a reading between the counters, no measure
-- source:   the counting files of the run
--
-- footfall_per_day  index, people/day, short ff_near  | People a day near the parcel | Passages par jour près de la parcelle
SELECT t.target_id,
       f.footfall_near_per_day AS footfall_per_day
FROM target_dwellings AS t
JOIN parcel_footfall AS f ON f.parcel_id = t.target_id;
