-- topic:    sales
-- title:    Property sales | Ventes immobilières
-- needs:    sale, sale_district, dwelling_sale
-- units:    sale
-- shown:    median_price_eur_m2
-- method:   sales of all years of the file; a price by m2 only of a sale of one dwelling alone, of a nature and between the
--           limits of the criterion dwelling_sale
--           | ventes de toutes les années du fichier ; prix au m2 des seules ventes d'un logement seul, d'une nature et entre
--           les limites du critère dwelling_sale
-- source:   DVF, DGFiP and Etalab
--
-- sales                stock, count, short sales     | Sales | Ventes
-- dwelling_sales       stock, count, short dw_sales  | Sales of one dwelling | Ventes d'un logement
-- median_price_eur_m2  median, EUR/m2, short eur_m2  | Median price by m2 of dwellings | Prix médian au m² des logements
SELECT p.district_id,
       count(*)                                                        AS sales,
       total(s.dwellings = 1 AND c.nature IS NOT NULL)                 AS dwelling_sales,
       median_interval(CASE WHEN s.dwellings = 1
                             AND s.price_eur / s.built_area_m2 BETWEEN c.least_eur_m2 AND c.most_eur_m2
                            THEN s.price_eur / s.built_area_m2 END)    AS median_price_eur_m2
FROM sale_district AS p
JOIN sale AS s USING (sale_id)
LEFT JOIN dwelling_sale AS c ON c.nature = s.nature AND :period BETWEEN c.from_year AND c.to_year
WHERE p.is_home
GROUP BY p.district_id;
