-- topic:    addresses
-- title:    Addresses | Adresses
-- needs:    address_district
-- units:    address
-- shown:    none
-- source:   Base Adresse Nationale
--
-- addresses  stock, count, short addr  | Addresses | Adresses
SELECT district_id, count(*) AS addresses
FROM address_district
WHERE is_home
GROUP BY district_id;
