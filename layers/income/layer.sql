-- layer:  income
-- title:  Income by IRIS or commune | Revenus par IRIS ou commune
-- order:  15
-- table:  area_income
-- get:    Filosofi, disposable income by IRIS, INSEE
--         | Filosofi, revenu disponible par IRIS, INSEE
CREATE TABLE area_income (
    area_income_id    INTEGER PRIMARY KEY,
    area_level        TEXT NOT NULL, -- iris, commune
    area_code         TEXT NOT NULL,
    area_name         TEXT,
    period            INTEGER,
    median_income_eur REAL,          -- by consumption unit and year; NULL secret or missing
    status            TEXT NOT NULL, -- ok, secret, missing
    source_file_id    INTEGER NOT NULL REFERENCES source_file,
    source_row        INTEGER NOT NULL
);
