-- layer:  address
-- title:  Addresses | Adresses
-- order:  12
-- table:  address, geometry point, place geom, export addresses
-- get:    adresses-<departement>.csv.gz, Base Adresse Nationale, adresse.data.gouv.fr
--         | adresses-<département>.csv.gz, Base Adresse Nationale, adresse.data.gouv.fr
--
-- code         text, short code    | Address | Adresse
-- number       text, short number  | Number | Numéro
-- street_name  text, short street  | Street | Voie
CREATE TABLE address (
    address_id     INTEGER PRIMARY KEY,
    code           TEXT NOT NULL, -- cle_interop
    number         TEXT,          -- with its suffix: "12 bis"
    street_name    TEXT,
    postal_code    TEXT,
    commune_code   TEXT,
    parcel_id      INTEGER,       -- of the first parcel named, where the cadastre has it
    parcel_code    TEXT,
    x_m            REAL,          -- in the store's CRS
    y_m            REAL,
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL,
    geom           BLOB NOT NULL
);
