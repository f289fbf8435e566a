-- title:  Zones of counts are districts | Les zones de comptage sont des quartiers
-- after:  footfall_zone_count
-- makes:  footfall_zone_count
-- order:  20
UPDATE footfall_zone_count
SET district_id = coalesce((SELECT min(district_id) FROM district WHERE code = zone_code),
                           (SELECT min(district_id) FROM district WHERE name = zone_code));
