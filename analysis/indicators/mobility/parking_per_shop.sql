-- topic:    parking_per_shop
-- title:    Parking by shop | Stationnement par commerce
-- needs:    parking, parking_district, shop_district
-- shown:    none
-- method:   spaces in the district over all its business premises, vacant ones included; NULL without one
--           | places du quartier rapportées à tous ses locaux d'activité, vacants compris ; vide sans local
-- source:   the parking and shop files of the run
--
-- parking_per_shop  index, /shop, short park_sh | Parking spaces by business premises | Places par local d'activité
--                   = 1 * spaces / premises
SELECT p.district_id,
       sum(k.spaces) AS spaces,
       (SELECT total(w.is_home) FROM shop_district AS w WHERE w.district_id = p.district_id) AS premises
FROM parking_district AS p
JOIN parking AS k USING (parking_id)
WHERE p.is_home
GROUP BY p.district_id;
