-- Tables of layers as design.md §4 names them, for worlds of topics whose layer is not in layers/ yet. IF NOT EXISTS: a layer's
-- own layer.sql comes first.
CREATE TABLE IF NOT EXISTS building (building_id INTEGER PRIMARY KEY, code TEXT, parcel_id INTEGER, building_use TEXT,
    floors INTEGER, height_m REAL, dwellings INTEGER, construction_year INTEGER, area_m2 REAL, geom BLOB);
CREATE TABLE IF NOT EXISTS shop (shop_id INTEGER PRIMARY KEY, code TEXT, name TEXT, activity_code TEXT, activity TEXT,
    is_vacant INTEGER, is_active INTEGER, vacant_since_year INTEGER, floor_area_m2 REAL, frontage_m REAL, parcel_id INTEGER,
    x_m REAL, y_m REAL, geom BLOB);
CREATE TABLE IF NOT EXISTS street (street_id INTEGER PRIMARY KEY, code TEXT, name TEXT, road_class TEXT, is_pedestrian INTEGER,
    speed_limit_km_h INTEGER, is_cycle INTEGER, length_m REAL, geom BLOB);
CREATE TABLE IF NOT EXISTS parking (parking_id INTEGER PRIMARY KEY, code TEXT, name TEXT, spaces INTEGER,
    disabled_spaces INTEGER, is_free INTEGER, parking_type TEXT, x_m REAL, y_m REAL, geom BLOB);
CREATE TABLE IF NOT EXISTS venue (venue_id INTEGER PRIMARY KEY, code TEXT, name TEXT, venue_type TEXT, theme TEXT,
    is_culture INTEGER, x_m REAL, y_m REAL, geom BLOB);
CREATE TABLE IF NOT EXISTS sale (sale_id INTEGER PRIMARY KEY, code TEXT, sale_date TEXT, year INTEGER, nature TEXT,
    price_eur REAL, dwellings INTEGER, built_area_m2 REAL, land_area_m2 REAL, parcel_id INTEGER, x_m REAL, y_m REAL, geom BLOB);
CREATE TABLE IF NOT EXISTS energy_label (energy_label_id INTEGER PRIMARY KEY, code TEXT, label TEXT, ghg_label TEXT,
    label_date TEXT, address_code TEXT, is_building INTEGER, x_m REAL, y_m REAL, geom BLOB);
CREATE TABLE IF NOT EXISTS address (address_id INTEGER PRIMARY KEY, code TEXT, number TEXT, x_m REAL, y_m REAL, geom BLOB);
CREATE TABLE IF NOT EXISTS housing_area (housing_area_id INTEGER PRIMARY KEY, area_level TEXT, area_code TEXT,
    current_code TEXT, concept TEXT, period INTEGER,
    dwellings INTEGER, dwellings_status TEXT, dwellings_low INTEGER, dwellings_high INTEGER,
    vacant_dwellings INTEGER, vacant_status TEXT, vacant_low INTEGER, vacant_high INTEGER,
    long_vacant_dwellings INTEGER, long_vacant_status TEXT, long_vacant_low INTEGER, long_vacant_high INTEGER);
CREATE TABLE IF NOT EXISTS grid_population (district_id INTEGER PRIMARY KEY, people REAL, households REAL,
    poor_households REAL, is_imputed INTEGER);
