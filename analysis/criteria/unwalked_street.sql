-- criterion: unwalked_street
-- title:     Streets nobody walks on | Voies où l'on ne marche pas
-- source:    OpenStreetMap, key highway; BD TOPO v3, IGN, nature of TRONCON_DE_ROUTE; Code de la route, article R. 421-2: motorways
--            are closed to people on foot
SELECT column1 AS version,
       column2 AS from_year,
       column3 AS to_year,
       column4 AS pattern -- of the class of a street, GLOB
FROM (VALUES ('closed_roads', 0, 9999, 'motorway*'),
             ('closed_roads', 0, 9999, 'trunk*'),
             ('closed_roads', 0, 9999, 'raceway'),
             ('closed_roads', 0, 9999, 'construction'),
             ('closed_roads', 0, 9999, 'proposed'),
             ('closed_roads', 0, 9999, 'Type autoroutier'),
             ('closed_roads', 0, 9999, 'Bretelle'));
