-- Institutions of a cluster, the organisation that runs it first.
-- grain:   one row per member institution
-- params:  cluster (text)
-- columns: role, institution_id, name, type, region_code, place, lon, lat, location_precision,
--          website, source, manager_fte, member_count and the edition's own
select members.role, institutions.*
from members
join institutions on institutions.institution_id = members.member_id
where members.cluster_id = $cluster and members.member_kind = 'institution'
order by members.role is distinct from 'cmo', institutions.name
