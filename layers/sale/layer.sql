-- layer:  sale
-- title:  Property sales | Ventes immobilières
-- order:  10
-- table:  sale_row
-- table:  sale, geometry point, place geom, export sales
-- table:  sale_parcel
-- get:    geo-dvf, DGFiP and Etalab, files.data.gouv.fr/geo-dvf
--         | DVF géolocalisées, DGFiP et Etalab, files.data.gouv.fr/geo-dvf
--
-- code            text, short code        | Sale | Vente
-- sale_date       text, short date        | Date | Date
-- nature          text, short nature      | Nature | Nature
-- price_eur       real, short price_eur   | Price (€) | Prix (€)
-- dwellings       integer, short dwellings | Dwellings | Logements
-- built_area_m2   real, short built_m2    | Built area (m²) | Surface bâtie (m²)
-- land_area_m2    real, short land_m2     | Land area (m²) | Surface de terrain (m²)
CREATE TABLE sale_row (
    sale_row_id    INTEGER PRIMARY KEY, -- a row of the file: one part of a sale
    code           TEXT NOT NULL, -- id_mutation
    row_number     INTEGER NOT NULL,
    sale_date      TEXT,          -- YYYY-MM-DD
    nature         TEXT,
    price_eur      REAL,          -- of the whole sale, repeated on each row
    disposition    TEXT,          -- of the deed
    parcel_code    TEXT,
    local_type     TEXT,          -- Maison, Appartement, Dépendance, premises; NULL bare land
    built_area_m2  REAL,
    land_use       TEXT,          -- with the area below: rows repeat a local for each land use of its parcel
    land_area_m2   REAL,
    lon            REAL,
    lat            REAL,
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL
);

CREATE TABLE sale (
    sale_id        INTEGER PRIMARY KEY,
    code           TEXT NOT NULL, -- id_mutation
    sale_date      TEXT,          -- YYYY-MM-DD
    year           INTEGER,
    nature         TEXT,
    price_eur      REAL,          -- of the whole sale, once
    dwellings      INTEGER,       -- houses and flats in it
    built_area_m2  REAL,          -- of its houses, flats and premises; outbuildings have none
    land_area_m2   REAL,
    parcel_id      INTEGER,       -- the first of its parcels the cadastre has
    x_m            REAL,          -- of its first located row
    y_m            REAL,
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL, -- its first
    geom           BLOB
);

CREATE TABLE sale_parcel (
    sale_id     INTEGER NOT NULL REFERENCES sale,
    parcel_id   INTEGER,          -- NULL when the cadastre does not have it
    parcel_code TEXT NOT NULL,
    PRIMARY KEY (sale_id, parcel_code)
) WITHOUT ROWID;
