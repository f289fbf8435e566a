-- topic:    target_dwellings
-- title:    Parcels with a vacant dwelling | Parcelles ayant un logement vacant
-- feature:  target
-- needs:    dwelling, parcel_dwellings
-- method:   one row a parcel with at least one vacant dwelling, target_id is its parcel_id; years: of the dwelling vacant for
--           longest, to the period of the store; share of the parcel, which stands for the building, for dwelling files name
--           parcels; year of construction: of the oldest vacant dwelling; class: the worst of its vacant dwellings
--           | une ligne par parcelle ayant au moins un logement vacant, target_id est son parcel_id ; années : du logement
--           vacant depuis le plus longtemps, jusqu'au millésime de la base ; part de la parcelle, qui tient lieu d'immeuble,
--           car les fichiers de logements nomment des parcelles ; année de construction : du plus ancien logement vacant ;
--           catégorie cadastrale : la moins bonne de ses logements vacants
-- shown:    vacant_dwellings, dwellings, vacancy_years, vacant_share_pct, construction_year
-- source:   the dwelling files of the run; cadastral class: dcapec2 of the fichiers fonciers, 1 luxury to 8 very poor
--
-- vacant_dwellings    stock, count, short vacant     | Vacant dwellings | Logements vacants
-- dwellings           stock, count, short dwellings  | Dwellings | Logements
-- vacancy_years       index, years, short vac_year   | Years vacant, longest | Années de vacance, la plus longue
-- vacancy_mean_years  index, years, short mean_year  | Years vacant, mean | Années de vacance, moyenne
-- vacant_share_pct    index, %, short shr_pct        | Vacant part of the building or parcel | Part vacante de l'immeuble ou de la parcelle
-- construction_year   index, year, short year        | Year of construction, oldest | Année de construction, la plus ancienne
-- cadastral_class     index, class, short class      | Cadastral class, worst (1 to 8) | Classe cadastrale, la pire (1 à 8)
SELECT v.parcel_id                                 AS target_id,
       v.vacant_dwellings,
       p.dwellings,
       v.vacancy_years,
       v.vacancy_mean_years,
       100.0 * v.vacant_dwellings / p.dwellings    AS vacant_share_pct,
       v.construction_year,
       v.cadastral_class
FROM (SELECT parcel_id,
             count(*)                                                   AS vacant_dwellings,
             max(coalesce(vacancy_years, :period - vacant_since_year))  AS vacancy_years,
             avg(coalesce(vacancy_years, :period - vacant_since_year))  AS vacancy_mean_years,
             min(construction_year)                                     AS construction_year,
             max(cadastral_class)                                       AS cadastral_class
      FROM dwelling
      WHERE is_vacant = 1 AND parcel_id IS NOT NULL
      GROUP BY parcel_id) AS v
JOIN parcel_dwellings AS p USING (parcel_id);
