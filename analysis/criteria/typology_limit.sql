-- criterion: typology_limit
-- title:     From where vacancy and footfall are low, middle or high | À partir de quand la vacance et la fréquentation sont faibles, moyennes ou fortes
-- source:    dwellings: above 7 % a market has more than it needs to move in (practice of valuers, 6 to 7 %; Cerema, LOVAC guide: the level
--            depends on tenure, there is no official one); 9.5 % is the mean of the French private stock on 1 January 2020 (LOVAC). Shops:
--            under 5 % favourable, above 10 % very unfavourable (Sénat, report 676, 2017, after Procos and CGEDD-IGF 2016). Footfall: no
--            reference exists; limits are the terciles (884 and 1602), the halves the median (1302) of people a day of the year at the 43
--            sites Lausanne counted by hand, rounded. Fixed, so that towns compare
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS axis,
       column5 AS low,   -- at most: low
       column6 AS high,  -- above: high; between the two: middle
       column7 AS half   -- where data allow two levels only: at most low, above high
FROM (VALUES ('lovac_2020_senat_2017', 0, 9999, 'dwelling', 7.0, 9.5, 9.5),
             ('lovac_2020_senat_2017', 0, 9999, 'shop', 5.0, 10.0, 10.0),
             ('lovac_2020_senat_2017', 0, 9999, 'footfall', 1000, 2000, 1300));
