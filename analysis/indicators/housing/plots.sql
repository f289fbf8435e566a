-- topic:    plots
-- title:    Dwellings on their plots | Logements sur leurs parcelles
-- needs:    parcel_district, parcel_dwellings, mostly_vacant
-- shown:    dwellings_by_area
-- method:   dwellings_by_area: a parcel cut by a border gives each district its dwellings in proportion to the area inside; the
--           rest over parcels at home: the parcel stands for the building, for dwelling files name parcels; one that has fewer
--           dwellings than the criterion is not looked at; the density is over the area of parcels with a dwelling
--           | dwellings_by_area : une parcelle coupée par une limite donne à chaque quartier ses logements en proportion de la
--           surface à l'intérieur ; le reste sur les parcelles rattachées : la parcelle tient lieu d'immeuble, car les fichiers
--           de logements nomment des parcelles ; une parcelle qui a moins de logements que le critère n'est pas regardée ; la
--           densité se rapporte à la surface des parcelles qui ont un logement
-- source:   the dwelling files of the run; classes of vacant buildings: ZLV, VacancyRate
--
-- dwellings_by_area        stock, dwellings, short dwel_area | Dwellings in proportion to area | Logements au prorata des surfaces
-- mostly_vacant_plots      stock, count, short mv_plots      | Mostly vacant buildings (parcels) | Immeubles très vacants (parcelles)
-- mostly_vacant_plots_pct  rate, %, short mvp_pct            | Part of buildings mostly vacant | Part d'immeubles très vacants
--                          = 100 * mostly_vacant_plots / plots, range 0..100
-- vacant_per_ha            index, dwellings/ha, short vac_ha | Vacant dwellings by hectare of built plots | Logements vacants par hectare de parcelles bâties
--                          = 10000 * vacant_dwellings / plot_area_m2
SELECT p.district_id,
       total(d.dwellings * p.share)                              AS dwellings_by_area,
       count(CASE WHEN p.is_home AND d.is_plot THEN 1 END)       AS plots,
       count(CASE WHEN p.is_home AND d.is_plot AND d.is_mostly_vacant THEN 1 END) AS mostly_vacant_plots,
       sum(CASE WHEN p.is_home THEN d.vacant_dwellings END)      AS vacant_dwellings,
       total(CASE WHEN p.is_home AND p.share > 0 THEN p.area_m2 / p.share END) AS plot_area_m2
FROM parcel_district AS p
JOIN (SELECT parcel_id, dwellings, vacant_dwellings,
             dwellings >= (SELECT least_dwellings FROM mostly_vacant WHERE :period BETWEEN from_year AND to_year) AS is_plot,
             100.0 * vacant_dwellings
             >= dwellings * (SELECT least_pct FROM mostly_vacant WHERE :period BETWEEN from_year AND to_year) AS is_mostly_vacant
      FROM parcel_dwellings) AS d USING (parcel_id)
GROUP BY p.district_id;
