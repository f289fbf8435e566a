-- table:   district_profile
-- title:   Counts of a district's sites folded into a week and a year | Comptages des sites d'un quartier repliés en semaine et en année
-- needs:   footfall_site_district, site_profile
-- key:     district_id
-- method:  all sites of the district together; its series day after day is that of the mean site: where some did not count, what
--          they count is taken in proportion to the others (a factor for each site, one for each day), so that a site that comes
--          or goes moves nothing. It speaks of the sites, not of the streets between them
-- source:  Pannekoek and van Strien 2001, TRIM
SELECT p.district_id,
       count(*)                          AS sites,
       sum(profile_span_days(f.profile)) AS span_days, -- of each site, from its first day to its last
       profile_add(f.profile)            AS profile
FROM footfall_site_district AS p
JOIN site_profile AS f USING (footfall_site_id)
WHERE p.is_home
GROUP BY p.district_id;
