-- title:  The squares of the population grid are districts | Les carreaux de population sont des quartiers
-- after:  grid_population
-- makes:  district, grid_population
-- order:  1
INSERT INTO district (grain, code, name, area_m2, source_file_id, source_row, geom)
SELECT 'grid200m', code, code, area_m2, source_file_id, source_row, geom
FROM grid_population
ORDER BY grid_population_id;

UPDATE grid_population
SET district_id = (SELECT district_id FROM district WHERE grain = 'grid200m' AND district.code = grid_population.code),
    geom = NULL;
