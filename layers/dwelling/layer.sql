-- layer:  dwelling
-- title:  Dwellings | Logements
-- order:  4
-- table:  dwelling, place parcel
-- get:    LOVAC row file, Cerema, under convention; or a list of yours: dwelling_id, parcel_id, vacant_since_year
--         | fichier LOVAC à la ligne, Cerema, sous convention ; ou une liste à vous : dwelling_id, parcel_id, vacant_since_year
CREATE TABLE dwelling (
    dwelling_id       INTEGER PRIMARY KEY,
    code              TEXT NOT NULL, -- the source's own id
    parcel_id         INTEGER,       -- NULL when no parcel has the code below
    parcel_code       TEXT,
    dwelling_type     TEXT,          -- house, flat, other
    construction_year INTEGER,
    surface_m2        REAL,
    data_year         INTEGER,       -- the year the row speaks of, where the source says it
    vacant_since_year INTEGER,       -- first year it was vacant; NULL when occupied or unknown
    vacancy_years     REAL,          -- where the source gives a duration instead
    is_vacant         INTEGER,       -- 1, 0, NULL unknown
    occupation        TEXT,          -- code of the tax file (ccthp), where the source has it: V vacant
    in_stock          INTEGER NOT NULL, -- 1 from a list of all dwellings, 0 from one of the vacant ones only
    source_file_id    INTEGER NOT NULL REFERENCES source_file,
    source_row        INTEGER NOT NULL
);
