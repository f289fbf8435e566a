-- layer:  programme
-- title:  Communes of national programmes (ACV, ORT) | Communes des programmes nationaux (ACV, ORT)
-- order:  14
-- table:  programme_commune
-- table:  programme
-- get:    communes of Action Cœur de Ville and of the ORT, ANCT, data.gouv.fr
--         | communes d'Action Cœur de Ville et des ORT, ANCT, data.gouv.fr
CREATE TABLE programme_commune (
    programme_commune_id INTEGER PRIMARY KEY,
    programme            TEXT NOT NULL, -- ACV, ORT
    project_code         TEXT,          -- several communes may share one
    code                 TEXT NOT NULL, -- of the commune
    name                 TEXT,
    epci                 TEXT,
    status               TEXT,          -- in the source's words
    is_signed            INTEGER,       -- 1, 0, NULL unknown
    signed_date          TEXT,          -- YYYY-MM-DD
    is_acv               INTEGER,
    is_pvd               INTEGER,
    x_m                  REAL,          -- in the store's CRS; NULL outside its reach
    y_m                  REAL,
    source_file_id       INTEGER NOT NULL REFERENCES source_file,
    source_row           INTEGER NOT NULL
);

CREATE TABLE programme (
    programme_id INTEGER PRIMARY KEY,
    programme    TEXT NOT NULL,
    code         TEXT NOT NULL, -- project_code, or the commune's where it has none
    name         TEXT,
    communes     INTEGER NOT NULL
);
