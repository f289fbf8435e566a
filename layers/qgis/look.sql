-- title:  How results are drawn in QGIS | Comment les résultats sont dessinés dans QGIS
-- method: tables of choices, read whenever layers are handed over; none of them is kept in a store. A file of this path in
--         the folder of --sql replaces it
--
-- Colours are ends of ramps in OKLCH (lightness 0..1, chroma, hue in degrees), chosen here: even steps of lightness, so that
-- the order is read without telling hues apart.
DROP TABLE IF EXISTS temp.map_setting;
CREATE TEMP TABLE map_setting (
    name  TEXT PRIMARY KEY,
    value REAL NOT NULL
);
INSERT INTO map_setting VALUES
    ('least_classes', 4),       -- of a choropleth; fewer only where there are fewer values
    ('most_classes', 6),
    ('circle_mm', 13),          -- across, of the greatest value of a stock; where districts are small on paper,
    ('circle_share', 0.52),     -- less: this part of the mean side of a district on an A4 map
    ('most_names', 60),         -- above so many districts maps bear figures only
    ('site_mm', 11),            -- across, of the busiest counting site
    ('circle_alpha', 205),      -- 0..255
    ('label_pt', 7.5),
    ('parcel_scale', 100000),   -- parcels are drawn when closer than 1 : this
    ('label_wrap', 18);         -- characters of a district's name on a line

-- One group, map theme and layout each. The folder of a topic is its theme; one that is not listed is titled by its name.
DROP TABLE IF EXISTS temp.map_theme;
CREATE TEMP TABLE map_theme (
    theme      TEXT PRIMARY KEY,
    title_en   TEXT NOT NULL,
    title_fr   TEXT NOT NULL,
    rank       INTEGER NOT NULL,
    ramp       TEXT NOT NULL,
    circle     TEXT NOT NULL,   -- colour of its circles, #rrggbb
    choropleth TEXT,            -- what its map shows first; where it is not there, the first there is
    circles    TEXT             -- and over it; '' none
);
INSERT INTO map_theme VALUES
    ('housing',   'Housing', 'Logement', 1, 'amber', '#27466e', 'vacancy_rate_pct', 'vacant_dwellings'),
    ('commerce',  'Shops and footfall', 'Commerce et fréquentation', 2, 'sea', '#b4471d', 'footfall_near_per_day', ''),
    ('streets',   'Estimated footfall of streets', 'Fréquentation estimée des voies', 3, 'sea', '#b4471d', NULL, ''),
    ('mobility',  'Mobility', 'Mobilités', 4, 'plum', '#2c6b4f', NULL, NULL),
    ('culture',   'Culture', 'Culture', 5, 'rose', '#27466e', NULL, NULL),
    ('across',    'Vacancy and footfall', 'Vacance et fréquentation', 6, 'slate', '#b4471d', 'dwelling_type', ''),
    ('street_types', 'Vacancy and footfall by street', 'Vacance et fréquentation par voie', 7, 'slate', '#b4471d', NULL, ''),
    ('territory', 'Territory', 'Territoire', 8, 'moss', '#3f5d2a', NULL, 'parcels');

DROP TABLE IF EXISTS temp.map_ramp;
CREATE TEMP TABLE map_ramp (
    ramp          TEXT PRIMARY KEY,
    light         REAL NOT NULL,
    light_chroma  REAL NOT NULL,
    light_hue     REAL NOT NULL,
    dark          REAL NOT NULL,
    dark_chroma   REAL NOT NULL,
    dark_hue      REAL NOT NULL,
    middle_chroma REAL NOT NULL
);
INSERT INTO map_ramp VALUES
    ('amber', 0.955, 0.050, 95,  0.400, 0.110, 25,  0.150),
    ('sea',   0.955, 0.025, 190, 0.370, 0.090, 262, 0.105),
    ('moss',  0.955, 0.035, 110, 0.380, 0.070, 160, 0.110),
    ('plum',  0.955, 0.020, 300, 0.360, 0.120, 312, 0.120),
    ('rose',  0.955, 0.025, 20,  0.380, 0.120, -10, 0.150),
    ('slate', 0.955, 0.008, 240, 0.340, 0.035, 255, 0.040);

-- How a kind of indicator is drawn by districts: choropleth, circles, or unique values.
DROP TABLE IF EXISTS temp.map_kind;
CREATE TEMP TABLE map_kind (
    kind    TEXT PRIMARY KEY,
    drawing TEXT NOT NULL,
    method  TEXT NOT NULL -- of the class limits: jenks, quantile, equal, headtail
);
INSERT INTO map_kind VALUES
    ('rate',   'choropleth', 'jenks'),
    ('median', 'choropleth', 'jenks'),
    ('estimate', 'choropleth', 'jenks'),
    ('mean',   'choropleth', 'jenks'),
    ('share',  'choropleth', 'jenks'),
    ('index',  'choropleth', 'quantile'),
    ('class',  'unique',     'manual'),
    ('text',   'none',       'manual'),
    ('stock',  'circles',    'jenks');

-- Indicators that differ from their kind or theme; NULL: as there.
DROP TABLE IF EXISTS temp.map_indicator;
CREATE TEMP TABLE map_indicator (
    indicator TEXT PRIMARY KEY,
    method    TEXT,
    classes   INTEGER,
    ramp      TEXT,
    drawing   TEXT,  -- none: no map of its own
    beside    TEXT,  -- indicator written on the map in its place, in %
    tip_en    TEXT,  -- GLOBs, a space between, of the columns its map tip lists, too
    tip_fr    TEXT
);
INSERT INTO map_indicator (indicator, method, classes, ramp) VALUES
    ('median_construction_year', NULL, NULL, 'plum'),
    ('score',                    'manual', NULL, 'plum'),
    ('footfall_estimate_per_day', 'manual', NULL, 'sea');
INSERT INTO map_indicator VALUES
    ('dwelling_type', 'manual', NULL, NULL, NULL, 'dwelling_type_pct', 'dwelling_type_text_en dwelling_type_pct dwelling_type_??_pct',
     'dwelling_type_text_fr dwelling_type_pct dwelling_type_??_pct'),
    ('shop_type', 'manual', NULL, NULL, NULL, 'shop_type_pct', 'shop_type_text_en shop_type_pct shop_type_??_pct',
     'shop_type_text_fr shop_type_pct shop_type_??_pct');

INSERT INTO map_indicator (indicator, drawing)
SELECT s.column1 || '_type_' || p.column1 || 'pct', 'none'
FROM (VALUES ('dwelling'), ('shop')) AS s
CROSS JOIN (VALUES (''), ('11_'), ('12_'), ('13_'), ('21_'), ('22_'), ('23_'), ('31_'), ('32_'), ('33_')) AS p;

-- Columns of words that stand over the map of a district's sheet: the first that is there.
DROP TABLE IF EXISTS temp.map_sentence;
CREATE TEMP TABLE map_sentence (
    rank      INTEGER PRIMARY KEY,
    column_en TEXT NOT NULL,
    column_fr TEXT NOT NULL
);
INSERT INTO map_sentence VALUES
    (1, 'dwelling_type_text_en', 'dwelling_type_text_fr'),
    (2, 'shop_type_text_en', 'shop_type_text_fr');

-- Colours of classes that are the same everywhere, and where each stands in a legend of two axes (x and y from 1; NULL: a list). Blue
-- to the right times orange upwards; every two of the nine differ by 17 or more (CIE 1976), also to eyes without red, green or blue.
DROP TABLE IF EXISTS temp.map_class;
CREATE TEMP TABLE map_class (
    indicator TEXT NOT NULL,
    value     INTEGER NOT NULL,
    fill      TEXT NOT NULL,      -- #rrggbb
    x         INTEGER,
    y         INTEGER
);
INSERT INTO map_class
SELECT i.column1, c.column1, c.column2, CASE i.column1 WHEN 'street_type' THEN (c.column1 % 10 + 1) / 2 ELSE c.column1 % 10 END,
       CASE i.column1 WHEN 'street_type' THEN (c.column1 / 10 + 1) / 2 ELSE c.column1 / 10 END
FROM (VALUES ('dwelling_type'), ('shop_type'), ('street_type')) AS i
CROSS JOIN (VALUES (11, '#eeebe4'), (12, '#a6bfdc'), (13, '#4d86c4'),
                   (21, '#f0c27a'), (22, '#a79e76'), (23, '#4e6f69'),
                   (31, '#e0911c'), (32, '#9c761b'), (33, '#485318')) AS c
WHERE i.column1 <> 'street_type' OR c.column1 IN (11, 13, 31, 33);

-- Criteria whose rows (class, title_en, title_fr) name those classes, and the axes of their legend.
DROP TABLE IF EXISTS temp.map_axes;
CREATE TEMP TABLE map_axes (
    indicator TEXT PRIMARY KEY,
    names     TEXT NOT NULL,
    x_en      TEXT NOT NULL,
    x_fr      TEXT NOT NULL,
    y_en      TEXT NOT NULL,
    y_fr      TEXT NOT NULL
);
INSERT INTO map_axes VALUES
    ('dwelling_type', 'typology_class', 'Footfall', 'Fréquentation', 'Vacancy', 'Vacance'),
    ('shop_type',     'typology_class', 'Footfall', 'Fréquentation', 'Vacancy', 'Vacance'),
    ('street_type',   'typology_class', 'Footfall', 'Fréquentation', 'Vacancy', 'Vacance');

-- Class limits that are the same in every town; a file of --classes goes before them.
DROP TABLE IF EXISTS temp.map_limit;
CREATE TEMP TABLE map_limit (
    indicator TEXT NOT NULL,
    lower     REAL NOT NULL,
    upper     REAL NOT NULL
);
INSERT INTO map_limit VALUES
    ('score', 0, 20), ('score', 20, 40), ('score', 40, 60), ('score', 60, 80), ('score', 80, 100),
    ('footfall_estimate_per_day', 0, 500), ('footfall_estimate_per_day', 500, 1000), ('footfall_estimate_per_day', 1000, 2000),
    ('footfall_estimate_per_day', 2000, 5000), ('footfall_estimate_per_day', 5000, 10000), ('footfall_estimate_per_day', 10000, 50000);

-- Features that are no districts: in how many ways each is drawn, those first that come first; what an indicator that is not
-- there would draw is left out.
DROP TABLE IF EXISTS temp.map_feature;
CREATE TEMP TABLE map_feature (
    feature    TEXT NOT NULL,
    rank       INTEGER NOT NULL DEFAULT 1,
    theme      TEXT NOT NULL, -- whose group holds it: groups lie over each other in the order of their rank
    drawing    TEXT NOT NULL, -- circles, choropleth or unique values of an indicator, or rules
    indicator  TEXT,
    label      TEXT,          -- column written beside it; NULL none
    is_shown   INTEGER NOT NULL, -- 1 on the map of its theme, and of the ground; 2 on that of its theme only
    tip        TEXT NOT NULL DEFAULT '', -- GLOBs, a space between, of the columns its map tip lists
    bars       TEXT NOT NULL DEFAULT '', -- of those it draws as bars, a sign for each point
    missing_en TEXT,          -- why a value is missing; NULL as map_status says
    missing_fr TEXT,
    PRIMARY KEY (feature, rank)
);
INSERT INTO map_feature (feature, theme, drawing, indicator, label, is_shown) VALUES
    ('parcel',        'territory', 'rules',   NULL, NULL, 1),
    ('shop',          'commerce',  'rules',   NULL, NULL, 0),
    ('venue',         'culture',   'rules',   NULL, NULL, 0),
    ('parking',       'mobility',  'rules',   NULL, NULL, 0),
    ('sale',          'housing',   'rules',   NULL, NULL, 0),
    ('energy_label',  'housing',   'rules',   NULL, NULL, 0),
    ('address',       'territory', 'rules',   NULL, NULL, 0),
    ('building',      'territory', 'rules',   NULL, NULL, 0);
INSERT INTO map_feature (feature, theme, drawing, indicator, label, is_shown, tip, bars) VALUES
    ('visit',         'housing',   'rules',   NULL, NULL, 0, 'dwelling_code found visit_date', ''),
    ('footfall_site', 'commerce',  'circles', 'footfall_per_day', 'name', 1,
     'street_name street_distance_m parcel_code parcel_distance_m footfall_year_per_day footfall_trend_pct footfall_change_pct'
     || ' footfall_index_100 footfall_expanded_per_day footfall_completeness_pct longest_gap_days gap_days silent_days part_days odd_days', ''),
    ('target',        'housing',   'choropleth', 'score', NULL, 0, 'rank rank_low rank_high', '*_points');
INSERT INTO map_feature VALUES
    ('street', 1, 'streets', 'choropleth', 'footfall_estimate_per_day', NULL, 2, 'footfall_estimate* estimate_*', '',
     'No estimate: error too large', 'Pas d''estimation : erreur trop grande'),
    ('street', 2, 'street_types', 'unique', 'street_type', NULL, 2, 'footfall_estimate_per_day street_type* street_dwellings street_vacancy_pct', '',
     'No class likelier, or no dwelling', 'Aucune classe nette, ou pas de logement'),
    ('street', 3, 'mobility', 'rules', NULL, NULL, 0, '', '', NULL, NULL);

-- Features with a map theme and a layout of their own: those ranked first are numbered on the map and listed beside it.
DROP TABLE IF EXISTS temp.map_page;
CREATE TEMP TABLE map_page (
    feature TEXT PRIMARY KEY,
    ranked  TEXT NOT NULL,    -- column of its rank, 1 the first; beside it stand <ranked>_low and <ranked>_high
    listed  INTEGER NOT NULL, -- how many
    beside  TEXT NOT NULL     -- column that tells which one it is
);
INSERT INTO map_page VALUES
    ('target', 'rank', 20, 'code');

-- Small charts in map tips and beside the map of a theme: bars of a column that holds numbers with a space between, a line of another.
DROP TABLE IF EXISTS temp.map_chart;
CREATE TEMP TABLE map_chart (
    feature     TEXT NOT NULL,
    theme       TEXT NOT NULL,
    rank        INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    over_name   TEXT,             -- NULL: bars only
    bars        INTEGER NOT NULL,
    marks_en    TEXT NOT NULL,    -- under the bars, evenly, a semicolon between
    marks_fr    TEXT NOT NULL,
    title_en    TEXT NOT NULL,
    title_fr    TEXT NOT NULL,
    bar_color   TEXT NOT NULL,    -- #rrggbb
    over_color  TEXT NOT NULL
);
INSERT INTO map_chart VALUES
    ('footfall_site', 'commerce', 1, 'week_hours', 'weekend_hours', 24, '0:00;6:00;12:00;18:00', '0 h;6 h;12 h;18 h',
     'People an hour: week (bars), weekend (line)', 'Passages par heure : semaine (barres), week-end (ligne)', '#7fa8c9', '#b4471d'),
    ('footfall_site', 'commerce', 2, 'year_months', NULL, 12, 'J;F;M;A;M;J;J;A;S;O;N;D', 'J;F;M;A;M;J;J;A;S;O;N;D',
     'People a day, month by month', 'Passages par jour, mois par mois', '#7fa8c9', '#b4471d'),
    ('district', 'commerce', 1, 'week_hours', 'weekend_hours', 24, '0:00;6:00;12:00;18:00', '0 h;6 h;12 h;18 h',
     'People an hour and site: week (bars), weekend (line)', 'Passages par heure et par site : semaine (barres), week-end (ligne)',
     '#7fa8c9', '#b4471d'),
    ('district', 'commerce', 2, 'year_months', NULL, 12, 'J;F;M;A;M;J;J;A;S;O;N;D', 'J;F;M;A;M;J;J;A;S;O;N;D',
     'People a day and site, month by month', 'Passages par jour et par site, mois par mois', '#7fa8c9', '#b4471d');

-- What is drawn of a feature, first to last; a rule whose column is not there is left out.
DROP TABLE IF EXISTS temp.map_rule;
CREATE TEMP TABLE map_rule (
    feature  TEXT NOT NULL,
    rank     INTEGER NOT NULL,
    column_name TEXT,            -- NULL: everything that no other rule takes
    least    REAL,               -- of the column, in; NULL open
    most     REAL,
    fill     TEXT NOT NULL,      -- #rrggbb
    title_en TEXT NOT NULL,
    title_fr TEXT NOT NULL
);
INSERT INTO map_rule VALUES
    ('parcel', 1, 'vacant_dwellings', 5, NULL, '#6f1d1b', '5 vacant dwellings or more', '5 logements vacants ou plus'),
    ('parcel', 2, 'vacant_dwellings', 2, 4,    '#c1502e', '2 to 4 vacant dwellings', '2 à 4 logements vacants'),
    ('parcel', 3, 'vacant_dwellings', 1, 1,    '#f0a35e', '1 vacant dwelling', '1 logement vacant'),
    ('parcel', 4, 'dwellings', 1, NULL,        '#e3ddcf', 'Dwellings, none vacant', 'Des logements, aucun vacant'),
    ('parcel', 5, NULL, NULL, NULL,            '#f7f5f0', 'No dwelling known', 'Aucun logement connu'),
    ('visit', 1, 'visit_outcome', 1, 1,        '#c2185b', 'Visited: flagged, found vacant', 'Visité : signalé, trouvé vacant'),
    ('visit', 2, 'visit_outcome', 2, 2,        '#1e88e5', 'Visited: flagged, not vacant', 'Visité : signalé, non vacant'),
    ('visit', 3, 'visit_outcome', 3, 3,        '#6a1b9a', 'Visited: not flagged, found vacant', 'Visité : non signalé, trouvé vacant'),
    ('visit', 4, 'visit_outcome', 4, 4,        '#9ccfc4', 'Visited: not flagged, not vacant', 'Visité : non signalé, non vacant'),
    ('visit', 5, NULL, NULL, NULL,             '#bdbdbd', 'Visited: nobody could tell', 'Visité : sans réponse'),
    ('shop', 1, NULL, NULL, NULL,              '#b4471d', 'Shops', 'Commerces'),
    ('venue', 1, NULL, NULL, NULL,             '#8a2f5c', 'Cultural venues', 'Lieux culturels'),
    ('parking', 1, NULL, NULL, NULL,           '#2c5f8a', 'Parking', 'Stationnement'),
    ('street', 1, NULL, NULL, NULL,            '#8d8577', 'Streets', 'Rues'),
    ('sale', 1, NULL, NULL, NULL,              '#6b5b95', 'Sales', 'Ventes'),
    ('energy_label', 1, NULL, NULL, NULL,      '#3f7d4e', 'Energy labels', 'Diagnostics énergétiques'),
    ('address', 1, NULL, NULL, NULL,           '#6f6f6f', 'Addresses', 'Adresses'),
    ('building', 1, NULL, NULL, NULL,          '#cfc8ba', 'Buildings', 'Bâtiments');

-- Why a district has no colour, or one to be read with care.
DROP TABLE IF EXISTS temp.map_status;
CREATE TEMP TABLE map_status (
    status   TEXT PRIMARY KEY,
    rank     INTEGER NOT NULL,
    title_en TEXT NOT NULL,
    title_fr TEXT NOT NULL
);
INSERT INTO map_status VALUES
    ('none',   1, 'No data', 'Donnée absente'),
    ('secret', 2, 'Statistical secrecy', 'Secret statistique'),
    ('bounds', 3, 'Known between bounds only', 'Connu entre deux bornes seulement'),
    ('few',    4, 'Few observations: with care', 'Peu d''observations : prudence'),
    ('unsure', 5, 'Under one chance in two: with care', 'Moins d''une chance sur deux : prudence');

-- How the numbers of a unit are written.
DROP TABLE IF EXISTS temp.map_unit;
CREATE TEMP TABLE map_unit (
    unit       TEXT PRIMARY KEY,
    text_en    TEXT NOT NULL,    -- behind the number
    text_fr    TEXT NOT NULL,
    decimals   INTEGER NOT NULL,
    is_grouped INTEGER NOT NULL  -- thousands apart
);
INSERT INTO map_unit VALUES
    ('%',              '%', '%', 1, 1),
    ('count',          '', '', 0, 1),
    ('year',           '', '', 0, 0),
    ('ratio',          '', '', 2, 1),
    ('0 or 1',         '', '', 0, 1),
    ('class',          '', '', 0, 1),
    ('sentence',       '', '', 0, 0),
    ('label',          '', '', 0, 1),
    ('-',              '', '', 0, 1),
    ('dwellings',      'dwellings', 'logements', 0, 1),
    ('households',     'households', 'ménages', 0, 1),
    ('people',         'people', 'personnes', 0, 1),
    ('floors',         'floors', 'étages', 1, 1),
    ('spaces',         'spaces', 'places', 0, 1),
    ('types',          'types', 'types', 1, 1),
    ('slots',          'slots', 'créneaux', 0, 1),
    ('parcels',        'parcels', 'parcelles', 0, 1),
    ('points',         'points', 'points', 1, 1),
    ('place',          '', '', 0, 1),
    ('years',          'years', 'ans', 1, 1),
    ('days',           'days', 'jours', 0, 1),
    ('h',              'h', 'h', 0, 1),
    ('m',              'm', 'm', 0, 1),
    ('km',             'km', 'km', 1, 1),
    ('m2',             'm²', 'm²', 0, 1),
    ('ha',             'ha', 'ha', 1, 1),
    ('people/day',     'people/day', 'passages/jour', 0, 1),
    ('people/h',       'people/h', 'passages/h', 0, 1),
    ('dwellings/ha',   'dwellings/ha', 'logements/ha', 1, 1),
    ('people/ha',      'people/ha', 'personnes/ha', 1, 1),
    ('m/ha',           'm/ha', 'm/ha', 0, 1),
    ('/ha',            'per ha', 'par ha', 1, 1),
    ('/shop',          'per shop', 'par commerce', 1, 1),
    ('/100 dwellings', 'per 100 dwellings', 'pour 100 logements', 1, 1),
    ('/year',          'a year', 'par an', 1, 1),
    ('%/year',         '% a year', '% par an', 1, 1),
    ('/1000/year',     'per 1,000 a year', 'pour 1 000 par an', 1, 1),
    ('/10000 people',  'per 10,000 people', 'pour 10 000 personnes', 1, 1),
    ('EUR/m2',         '€/m²', '€/m²', 0, 1);

-- Divisions of the town: what their districts are called, and which one maps show first.
DROP TABLE IF EXISTS temp.map_grain;
CREATE TEMP TABLE map_grain (
    grain    TEXT PRIMARY KEY,
    title_en TEXT NOT NULL,
    title_fr TEXT NOT NULL,
    rank     INTEGER NOT NULL
);
INSERT INTO map_grain VALUES
    ('iris',    'IRIS', 'IRIS', 1),
    ('quarter', 'Quarters', 'Quartiers', 3),
    ('grid',    'Grid squares', 'Carreaux', 4),
    ('qpv',     'Priority quarters (QPV)', 'Quartiers prioritaires (QPV)', 5),
    ('commune', 'Municipality', 'Commune', 6);

DROP TABLE IF EXISTS temp.map_method;
CREATE TEMP TABLE map_method (
    method   TEXT PRIMARY KEY,
    title_en TEXT NOT NULL,
    title_fr TEXT NOT NULL
);
INSERT INTO map_method VALUES
    ('jenks',    'natural breaks (Jenks)', 'seuils naturels (Jenks)'),
    ('quantile', 'equal numbers', 'effectifs égaux'),
    ('equal',    'equal widths', 'amplitudes égales'),
    ('headtail', 'head/tail breaks', 'moyennes emboîtées (head/tail)'),
    ('manual',   'fixed limits', 'seuils fixes');
