-- layer:  housing_area
-- title:  Housing figures by commune or IRIS | Logements par commune ou IRIS
-- order:  13
-- table:  housing_area
-- get:    LOVAC open data by commune, Cerema, data.gouv.fr; or base-ic-logement by IRIS, INSEE
--         | LOVAC ouvert par commune, Cerema, data.gouv.fr ; ou base-ic-logement par IRIS, INSEE

-- A secret value is NULL with the bounds its source's secrecy leaves; a missing one is NULL without bounds; zero is zero.
CREATE TABLE housing_area (
    housing_area_id       INTEGER PRIMARY KEY,
    area_level            TEXT NOT NULL, -- commune, iris
    area_code             TEXT NOT NULL, -- as the source's vintage has it
    written_code          TEXT,          -- as a file writes it that lost the code's zeros; NULL where it is area_code
    area_name             TEXT,
    current_code          TEXT,          -- of a commune today, where the movements of the COG were given
    period                INTEGER,       -- year the figures of vacancy speak of
    concept               TEXT NOT NULL, -- private: private stock (LOVAC); all: all dwellings (census): not to be mixed
    dwellings             REAL,          -- decimals: the census is a weighted survey
    dwellings_period      INTEGER,       -- LOVAC's total is a year older than its vacancy
    dwellings_status      TEXT NOT NULL, -- ok, secret, missing
    dwellings_low         REAL,
    dwellings_high        REAL,
    vacant_dwellings      REAL,
    vacant_status         TEXT NOT NULL,
    vacant_low            REAL,
    vacant_high           REAL,
    long_vacant_dwellings REAL,
    long_vacant_status    TEXT NOT NULL,
    long_vacant_low       REAL,
    long_vacant_high      REAL,
    source_file_id        INTEGER NOT NULL REFERENCES source_file,
    source_row            INTEGER NOT NULL
);

-- What a source's secrecy hides: a value from low to high.
CREATE TABLE secrecy (
    concept TEXT PRIMARY KEY,
    low     INTEGER NOT NULL,
    high    INTEGER NOT NULL,
    reason  TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO secrecy VALUES
    ('private', 1, 10, 'LOVAC: fewer than 11 dwellings are not published'),
    ('all', 1, 10, 'INSEE: fewer than 11 households are not published');
