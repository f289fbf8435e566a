-- topic:    parking
-- title:    Parking | Stationnement
-- needs:    parking, parking_district
-- units:    parking
-- shown:    parking_spaces
-- method:   places whose spaces are not counted (a zone, a street) count as car parks, not in spaces, and alone leave them unknown
--           | les lieux dont les places ne sont pas comptées (une zone, une rue) comptent comme parcs, non en places, et à eux
--           seuls les laissent inconnues
-- source:   the parking files of the run, national schema of Etalab
--
-- parkings            stock, count, short parkings     | Car parks | Parcs de stationnement
-- parking_spaces      stock, spaces, short spaces      | Parking spaces | Places de stationnement
-- disabled_spaces_pct share, %, short pmr_pct          | Spaces for disabled people | Places PMR
--                     = 100 * disabled_spaces / disabled_known, range 0..100
-- free_spaces_pct     share, %, short free_pct         | Spaces free of charge | Places gratuites
--                     = 100 * free_spaces / free_known, range 0..100
SELECT p.district_id,
       count(*)                                                          AS parkings,
       sum(k.spaces)                                                     AS parking_spaces,
       total(k.disabled_spaces)                                          AS disabled_spaces,
       total(CASE WHEN k.disabled_spaces IS NOT NULL THEN k.spaces END)  AS disabled_known,
       total(CASE WHEN k.is_free THEN k.spaces END)                      AS free_spaces,
       total(CASE WHEN k.is_free IS NOT NULL THEN k.spaces END)          AS free_known
FROM parking_district AS p
JOIN parking AS k USING (parking_id)
WHERE p.is_home
GROUP BY p.district_id;
