-- criterion: target_weight
-- title:     What makes a renovation target | Ce qui fait une cible de rénovation
-- source:    a starting point to be discussed in each town, each line with its reason; `ilot run` writes it as weights.csv, to be
--            copied, edited and given to --weights
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS criterion, -- an indicator of the feature `target`
       column5 AS weight,    -- against the others; 0: not counted
       column6 AS at_none,   -- the value that earns nothing
       column7 AS at_full,   -- the value that earns all; less than at_none: the smaller, the more
       column8 AS reason_en,
       column9 AS reason_fr,
       column10 AS source
FROM (VALUES
    ('default', 0, 9999, 'vacancy_years', 20, 2, 10, 'the longer empty, the less it comes back by itself',
     'plus la vacance dure, moins le logement revient seul sur le marché', 'LOVAC: long is over 2 years; last class of ZLV: over 10'),
    ('default', 0, 9999, 'vacant_share_pct', 20, 0, 80, 'an empty building can be bought and worked on as a whole',
     'un immeuble vide peut être acquis et traité en entier', 'ZLV, VacancyRate: last class 80 % and more'),
    ('default', 0, 9999, 'vacant_dwellings', 10, 0, 10, 'one case, several dwellings back',
     'un seul dossier, plusieurs logements remis sur le marché', 'a choice of ours'),
    ('default', 0, 9999, 'construction_year', 10, 1975, 1948, 'built before any thermal rule',
     'construit avant toute règle thermique', 'first thermal regulation: 1974; old: before 1949, Insee and Anah'),
    ('default', 0, 9999, 'energy_label', 10, 3, 7, 'F and G may no longer be let',
     'F et G ne peuvent plus être loués', 'Code de la construction et de l''habitation, L. 173-1-1; loi du 6 juillet 1989, article 6'),
    ('default', 0, 9999, 'cadastral_class', 10, 5, 7, 'poor condition in the tax file',
     'état médiocre dans le fichier fiscal', 'PPPI method, Anah: classes 7 and 8'),
    ('default', 0, 9999, 'contiguous_vacant', 10, 0, 4, 'neighbours that are vacant too can be one operation',
     'des voisines vacantes peuvent former une seule opération', 'a choice of ours'),
    ('default', 0, 9999, 'sold_per_year', 5, 0, 10, 'where dwellings sell, a renovated one finds a taker',
     'là où l''on vend, un logement rénové trouve preneur', 'DVF; limits a choice of ours'),
    ('default', 0, 9999, 'footfall_per_day', 5, 200, 3000, 'a street that is walked shows what the town does',
     'dans une rue passante, l''action se voit', 'a choice of ours'),
    ('default', 0, 9999, 'district_vacancy_pct', 10, 6, 15, 'where vacancy gathers, one building helps its neighbours',
     'là où la vacance se concentre, un immeuble aide ses voisins', '6 to 7 % is held to be usual in practice'));
