-- topic:    target_footfall
-- title:    Footfall near a vacant parcel | Fréquentation près d'une parcelle vacante
-- feature:  target
-- needs:    target_dwellings, parcel_footfall
-- uses:     parcel_street, street_footfall
-- method:   the estimate of the street the parcel lies on, footfall_estimate_per_day; where there is none, footfall_near_per_day of the
--           parcel: a reading between the counters, no measure
--           | l'estimation de la rue de la parcelle, footfall_estimate_per_day ; à défaut, footfall_near_per_day de la parcelle : une
--           lecture entre les compteurs, pas une mesure
-- shown:    footfall_per_day
-- source:   the counting files of the run, and its streets
--
-- footfall_per_day    index, people/day, short ff_near | People a day on the street or near the parcel | Passages par jour dans la rue ou près de la parcelle
-- is_street_footfall  rank, 0 or 1, short of_street    | Footfall is that of its street | La fréquentation est celle de sa rue
SELECT t.target_id,
       coalesce(s.footfall_estimate_per_day, f.footfall_near_per_day) AS footfall_per_day,
       s.footfall_estimate_per_day IS NOT NULL                       AS is_street_footfall
FROM target_dwellings AS t
LEFT JOIN parcel_footfall AS f ON f.parcel_id = t.target_id
LEFT JOIN parcel_street AS p ON p.parcel_id = t.target_id
LEFT JOIN street_footfall AS s ON s.street_id = p.street_id;
