-- topic:   parcels
-- title:   Parcels | Parcelles
-- needs:   parcel, parcel_district
-- method:  a parcel is at home where its point on surface lies; shares by true intersection
--          | une parcelle est rattachée là où se trouve son point intérieur ; les parts viennent de vraies intersections
-- source:  cadastre, DGFiP and Etalab
--
-- parcels               stock, count, short parcels   | Parcels | Parcelles
-- parcel_area_m2        stock, m2, short parc_m2      | Area of the parcels at home | Surface des parcelles domiciliées
-- parcel_area_share_m2  stock, m2, short parc_sh_m2   | Parcel area inside | Surface de parcelles à l'intérieur
SELECT d.district_id,
       sum(d.is_home)                                AS parcels,
       total(CASE WHEN d.is_home THEN p.area_m2 END) AS parcel_area_m2,
       total(d.area_m2)                              AS parcel_area_share_m2
FROM parcel_district AS d
JOIN parcel AS p USING (parcel_id)
GROUP BY d.district_id;
