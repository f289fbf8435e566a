-- layer:  visit
-- title:  Field visits | Visites de terrain
-- order:  31
-- access: internal
-- table:  visit, place parcel, of parcel, sort visit_id, export visits
-- get:    a list of yours: dwelling_id or parcel_id, found (vacant, occupied, second home, work in progress, not found), date
--         | une liste à vous : logement ou parcelle, constat (vacant, occupé, résidence secondaire, travaux, introuvable), date
--
-- code           text, short code      | Parcel | Parcelle
-- dwelling_code  text, short dwelling  | Dwelling, where one was named | Logement, quand il est nommé
-- found          text, short found     | Found | Constat
-- visit_date     text, short date      | Date of the visit | Date de la visite
CREATE TABLE visit (
    visit_id       INTEGER PRIMARY KEY,
    dwelling_code  TEXT,          -- as the list gives it; NULL: the parcel as a whole was looked at
    parcel_code    TEXT,
    dwelling_id    INTEGER,       -- NULL when no dwelling has the code
    parcel_id      INTEGER,       -- of the dwelling, else of the list
    found          TEXT NOT NULL, -- vacant, occupied, second_home, works, not_found
    visit_date     TEXT,          -- YYYY-MM-DD
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL
);

-- What people write of what they found, as slug() makes it; the first pattern that fits decides.
CREATE TABLE visit_word (
    rank    INTEGER PRIMARY KEY,
    pattern TEXT NOT NULL, -- GLOB
    found   TEXT NOT NULL
);
INSERT INTO visit_word VALUES
    (1, '*second*', 'second_home'), (2, 'rs', 'second_home'),
    (3, '*travaux*', 'works'), (4, '*work*', 'works'), (5, '*chantier*', 'works'), (6, '*renov*', 'works'),
    (7, '*introuvable*', 'not_found'), (8, '*not_found*', 'not_found'), (9, '*non_trouve*', 'not_found'), (10, '*pas_trouve*', 'not_found'),
    (11, 'non_vacan*', 'occupied'), (12, 'not_vacant*', 'occupied'), (13, 'inoccup*', 'vacant'), (14, 'non_occup*', 'vacant'),
    (15, 'unoccupied*', 'vacant'), (16, 'not_occupied*', 'vacant'),
    (17, 'occup*', 'occupied'), (18, 'habite*', 'occupied'), (19, 'lived_in*', 'occupied'), (20, 'loue*', 'occupied'), (21, 'let*', 'occupied'),
    (22, 'vacan*', 'vacant'), (23, 'vide*', 'vacant'), (24, 'empty*', 'vacant');
