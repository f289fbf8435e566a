-- District 1: seven flats sold alone at 1000 to 7000 EUR/m2 (50 m2 each): median 4000, between the first and the last of seven
-- (ranks 1 and 7: 98.4 %); a gift of 1 EUR (under the limit), two flats at once, an exchange: no price by m2. District 2: bare land.
INSERT INTO sale (sale_id, code, year, nature, price_eur, dwellings, built_area_m2) VALUES
  (1, 'a', 2024, 'Vente', 50000, 1, 50), (2, 'b', 2024, 'Vente', 100000, 1, 50), (3, 'c', 2024, 'Vente', 150000, 1, 50),
  (4, 'd', 2024, 'Vente', 200000, 1, 50), (5, 'e', 2024, 'Vente', 250000, 1, 50), (6, 'f', 2024, 'Vente', 300000, 1, 50),
  (7, 'g', 2024, 'Vente', 350000, 1, 50), (8, 'h', 2024, 'Vente', 1, 1, 50), (9, 'i', 2024, 'Vente', 900000, 2, 50),
  (10, 'j', 2024, 'Echange', 900000, 1, 50), (11, 'k', 2024, 'Vente', 9000, NULL, NULL);
INSERT INTO sale_district VALUES (1, 1, 1, 0, 1), (1, 2, 1, 0, 1), (1, 3, 1, 0, 1), (1, 4, 1, 0, 1), (1, 5, 1, 0, 1), (1, 6, 1, 0, 1),
  (1, 7, 1, 0, 1), (1, 8, 1, 0, 1), (1, 9, 1, 0, 1), (1, 10, 1, 0, 1), (2, 11, 1, 0, 1);
