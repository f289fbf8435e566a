-- topic:    parking_per_dwelling
-- title:    Parking by dwelling | Stationnement par logement
-- needs:    parking, parking_district, dwelling_district
-- shown:    none
-- method:   spaces in the district over its dwellings; NULL without a dwelling
--           | places du quartier rapportées à ses logements ; vide sans logement
-- source:   the parking and dwelling files of the run
--
-- parking_per_100_dwellings  index, /100 dwellings, short park_dw | Parking spaces by 100 dwellings | Places pour 100 logements
--                            = 100 * spaces / dwellings
SELECT p.district_id,
       sum(k.spaces) AS spaces,
       (SELECT total(w.is_home) FROM dwelling_district AS w WHERE w.district_id = p.district_id) AS dwellings
FROM parking_district AS p
JOIN parking AS k USING (parking_id)
WHERE p.is_home
GROUP BY p.district_id;
