-- layer:  dwelling
-- title:  Dwellings | Logements
-- order:  4
-- table:  dwelling, place parcel
-- table:  lovac_row
-- table:  dwelling_disagreement
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
    cadastral_class   INTEGER,       -- of the tax file (dcapec2): 1 luxury to 8 very poor
    lovac_row_id      INTEGER,       -- the row of LOVAC that says it is vacant
    in_stock          INTEGER NOT NULL, -- 1 from a list of all dwellings, 0 from one of the vacant ones only
    source_file_id    INTEGER NOT NULL REFERENCES source_file,
    source_row        INTEGER NOT NULL
);

CREATE TABLE lovac_row (
    lovac_row_id      INTEGER PRIMARY KEY,
    code              TEXT NOT NULL, -- ff_idlocal
    data_year         INTEGER,       -- annee
    parcel_id         INTEGER,
    parcel_code       TEXT,
    dwelling_type     TEXT,
    construction_year INTEGER,
    surface_m2        REAL,
    vacant_since_year INTEGER,
    occupation        TEXT,          -- ff_ccthp: V vacant, L let, P owner
    cadastral_class   INTEGER,       -- ff_dcapec2: 1 luxury to 8 very poor
    source_file_id    INTEGER NOT NULL REFERENCES source_file,
    source_row        INTEGER NOT NULL
);

-- What the register of dwellings and LOVAC say differently of a dwelling: counted, never settled in silence.
CREATE TABLE dwelling_disagreement (
    dwelling_disagreement_id INTEGER PRIMARY KEY,
    what           TEXT NOT NULL, -- occupied_but_in_lovac, vacant_but_not_in_lovac, other_start_year, other_parcel, not_in_register
    dwelling_id    INTEGER NOT NULL,
    code           TEXT NOT NULL,
    lovac_row_id   INTEGER,       -- NULL where LOVAC has no row
    register_value TEXT,
    lovac_value    TEXT
);
