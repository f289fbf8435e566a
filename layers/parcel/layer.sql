-- layer:  parcel
-- title:  Cadastre parcels | Parcelles cadastrales
-- order:  2
-- table:  parcel, geometry multipolygon, place geom, export parcels
-- get:    cadastre-<commune>-parcelles.json.gz, DGFiP and Etalab, cadastre.data.gouv.fr
--         | cadastre-<commune>-parcelles.json.gz, DGFiP et Etalab, cadastre.data.gouv.fr
--
-- code            text, short code        | Parcel | Parcelle
-- area_m2         real, short area_m2     | Area (m²) | Surface (m²)
-- fiscal_area_m2  real, short fiscal_m2   | Fiscal area (m²) | Contenance (m²)
CREATE TABLE parcel (
    parcel_id      INTEGER PRIMARY KEY, -- in the order of the files
    code           TEXT NOT NULL, -- commune 5, prefix 3, section 2, number 4
    fiscal_area_m2 REAL,          -- contenance: what the tax office says, not the geometry
    updated_year   INTEGER,       -- of the last change the cadastre knows of it
    area_m2        REAL NOT NULL, -- planar, in the store's CRS
    centroid_x_m   REAL NOT NULL,
    centroid_y_m   REAL NOT NULL,
    on_surface_x_m REAL NOT NULL, -- a point inside: where the parcel is at home
    on_surface_y_m REAL NOT NULL,
    source_file_id INTEGER NOT NULL REFERENCES source_file,
    source_row     INTEGER NOT NULL,
    geom           BLOB NOT NULL
);
