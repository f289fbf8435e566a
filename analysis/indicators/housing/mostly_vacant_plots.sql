-- topic:    mostly_vacant_plots
-- title:    Mostly vacant buildings | Immeubles très vacants
-- needs:    parcel_district, parcel_dwellings, mostly_vacant
-- shown:    none
-- method:   the parcel stands for the building: dwelling files name parcels, not buildings; a parcel that lacks the dwellings
--           of the criterion is not looked at; the density is over the area of parcels with a dwelling
-- source:   ZLV, VacancyRate
--
-- mostly_vacant_plots      stock, count, short mv_plots      | Mostly vacant buildings (parcels) | Immeubles très vacants (parcelles)
-- mostly_vacant_plots_pct  rate, %, short mvp_pct            | Part of buildings mostly vacant | Part d'immeubles très vacants
--                          = 100 * mostly_vacant_plots / plots, range 0..100
-- vacant_per_ha            index, dwellings/ha, short vac_ha | Vacant dwellings by hectare of built plots | Logements vacants par hectare de parcelles bâties
--                          = 10000 * vacant_dwellings / plot_area_m2
SELECT p.district_id,
       total(w.is_plot)                                                  AS plots,
       total(w.is_plot AND w.is_mostly_vacant)                           AS mostly_vacant_plots,
       total(w.vacant_dwellings)                                         AS vacant_dwellings,
       total(p.area_m2 / p.share)                                        AS plot_area_m2
FROM parcel_district AS p
JOIN (SELECT parcel_id, vacant_dwellings,
             dwellings >= (SELECT least_dwellings FROM mostly_vacant WHERE :period BETWEEN from_year AND to_year) AS is_plot,
             100.0 * vacant_dwellings
             >= dwellings * (SELECT least_pct FROM mostly_vacant WHERE :period BETWEEN from_year AND to_year) AS is_mostly_vacant
      FROM parcel_dwellings) AS w USING (parcel_id)
WHERE p.is_home AND p.share > 0
GROUP BY p.district_id;
