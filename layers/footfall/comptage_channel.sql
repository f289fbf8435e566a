-- title:     Counting channels, national schema | Canaux de comptage, schéma national
-- into:      footfall_channel
-- publisher: schéma national des comptages de mobilité (Etalab)
-- access:    open
-- geometry:  none
-- key:       code
-- method:    a channel that counts pedestrians together with others is set aside: its count is not theirs
-- reject:    code_missing | no channel id | pas d'identifiant de canal
-- reject:    not_pedestrian | the channel does not count pedestrians only | le canal ne compte pas que des piétons | expected
-- reject:    site_unknown | no site has this id | aucun site n'a cet identifiant
--
-- code          = channel_id
-- site_code     = site_id
-- mobility_type = mobility_type
SELECT code,
       key_of('footfall_site', site_code) AS footfall_site_id,
       CASE WHEN code IS NULL THEN 'code_missing'
            WHEN trim(upper(mobility_type)) IS NOT 'PEDESTRIAN' THEN 'not_pedestrian'
            WHEN key_of('footfall_site', site_code) IS NULL THEN 'site_unknown'
       END AS rejected
FROM source;
