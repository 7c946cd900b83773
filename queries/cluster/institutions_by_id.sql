-- Institutions by their id.
-- grain:   one row per institution
-- params:  ids (text[])
-- columns: institution_id, name, type, region_code, place, lon, lat, location_precision,
--          website, source, manager_fte, member_count and the edition's own
select institutions.*
from institutions
where list_contains($ids, institutions.institution_id)
order by institutions.name
