-- criterion: dwelling_sale
-- title:     Which sales speak of the price of dwellings | Quelles ventes disent le prix des logements
-- source:    DVF, DGFiP: nature of the sale; one house or flat, so that the price is its own; 1 to 40 000 EUR a m2 keeps gifts
--            and slips of the pen out, a habit of DVF's users and no norm
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS nature,
       column5 AS least_eur_m2,
       column6 AS most_eur_m2
FROM (VALUES ('dvf', 0, 9999, 'Vente', 1, 40000),
             ('dvf', 0, 9999, 'Vente en l''état futur d''achèvement', 1, 40000));
