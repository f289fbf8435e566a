-- title:  Figures of communes that changed code are followed | Les chiffres des communes qui ont changé de code sont suivis
-- after:  housing_area
-- makes:  housing_area
-- order:  30
-- note:   SELECT count(*) FROM housing_area WHERE source_file_id = :source_file_id AND area_level = 'commune' AND current_code <> area_code
--         | commune(s) of this file have another code today: followed by the COG | commune(s) de ce fichier ont un autre code aujourd'hui : suivies par le COG
UPDATE housing_area
SET current_code = coalesce((SELECT now_code FROM commune_now WHERE code = area_code), area_code)
WHERE area_level = 'commune';
