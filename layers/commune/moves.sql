-- title:     Changes of communes of the COG | Mouvements de communes du COG
-- into:      commune_move
-- publisher: INSEE
-- licence:   Licence Ouverte 2.0
-- access:    open
-- geometry:  none
-- key:       kind, move_date, from_kind, from_code, to_kind, to_code
-- reject:    code_missing | neither an old nor a new code | ni ancien ni nouveau code
--
-- kind      = mod
-- move_date = date_eff
-- from_kind = typecom_av
-- from_code = com_av
-- to_kind   = typecom_ap
-- to_code   = com_ap
SELECT insee(kind, 1) AS kind, move_date, coalesce(from_kind, '') AS from_kind, coalesce(insee(from_code, 5), '') AS from_code,
       coalesce(to_kind, '') AS to_kind, coalesce(insee(to_code, 5), '') AS to_code,
       CASE WHEN coalesce(from_code, to_code) IS NULL THEN 'code_missing' END AS rejected
FROM source;
