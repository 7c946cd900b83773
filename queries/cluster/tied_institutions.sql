-- Institutions that are tied to a member of a cluster without belonging to it.
-- grain:   one row per institution
-- params:  cluster (text)
-- columns: institution_id, name, type, region_code, place, lon, lat, location_precision,
--          website, source, manager_fte, member_count and the edition's own
with own as (
    select member_kind, member_id from members where cluster_id = $cluster
),
tied as (
    select linkages.from_kind as kind, linkages.from_id as id
    from linkages
    join own on own.member_kind = linkages.to_kind and own.member_id = linkages.to_id
    union
    select linkages.to_kind as kind, linkages.to_id as id
    from linkages
    join own on own.member_kind = linkages.from_kind and own.member_id = linkages.from_id
)
select institutions.*
from institutions
join tied on tied.kind = 'institution' and tied.id = institutions.institution_id
where institutions.institution_id not in (
    select member_id from own where member_kind = 'institution'
)
order by institutions.name
