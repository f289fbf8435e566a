-- topic:    market
-- title:    Liquidity of the market | Liquidité du marché
-- needs:    sale, sale_district, dwelling_district
-- shown:    none
-- method:   dwellings sold in a year, mean of the years the file covers, by 1000 dwellings of the district; NULL without one
--           | logements vendus par an, moyenne des années que couvre le fichier, pour 1000 logements du quartier ; vide sans
--           logement
-- source:   DVF, DGFiP and Etalab; DV3F, Cerema
--
-- dwellings_sold_per_1000  index, /1000/year, short sold_k | Dwellings sold a year by 1000 | Logements vendus par an pour 1000
--                          = 1000 * sold_a_year / dwellings
SELECT p.district_id,
       total(s.dwellings) / (SELECT max(year) - min(year) + 1.0 FROM sale) AS sold_a_year,
       (SELECT total(w.is_home) FROM dwelling_district AS w WHERE w.district_id = p.district_id) AS dwellings
FROM sale_district AS p
JOIN sale AS s USING (sale_id)
WHERE p.is_home
GROUP BY p.district_id;
