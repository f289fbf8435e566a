-- layer:  energy_label
-- title:  Energy performance certificates | Diagnostics de performance énergétique
-- order:  11
-- table:  energy_label, geometry point, place geom, export energy_labels
-- get:    DPE of existing homes since July 2021, ADEME, data.ademe.fr
--         | DPE des logements existants depuis juillet 2021, ADEME, data.ademe.fr
--
-- code        text, short code      | Certificate | Diagnostic
-- label       text, short label     | Energy label | Étiquette énergie
-- ghg_label   text, short ghg       | Greenhouse label | Étiquette climat
-- label_date  text, short date      | Date | Date
CREATE TABLE energy_label (
    energy_label_id INTEGER PRIMARY KEY,
    code            TEXT NOT NULL, -- number of the certificate
    label           TEXT NOT NULL, -- A to G
    ghg_label       TEXT,          -- A to G
    label_date      TEXT,          -- YYYY-MM-DD
    address_code    TEXT,          -- id of the address (BAN)
    is_building     INTEGER,       -- 1 a certificate of a whole building, 0 of one home, NULL unknown
    x_m             REAL,          -- in the store's CRS; NULL when not located
    y_m             REAL,
    source_file_id  INTEGER NOT NULL REFERENCES source_file,
    source_row      INTEGER NOT NULL,
    geom            BLOB
);
