-- topic:    dwellings_by_area
-- title:    Dwellings by area | Logements au prorata des surfaces
-- needs:    parcel_district, parcel_dwellings
-- method:   a parcel cut by a border gives each district its dwellings in proportion to the area inside
-- source:   the dwelling files of the run
--
-- dwellings_by_area  stock, dwellings, short dwel_area  | Dwellings in proportion to area | Logements au prorata des surfaces
SELECT p.district_id,
       total(d.dwellings * p.share) AS dwellings_by_area
FROM parcel_district AS p
JOIN parcel_dwellings AS d USING (parcel_id)
GROUP BY p.district_id;
