-- Firms that are tied to a member of a cluster without belonging to it.
-- grain:   one row per firm
-- params:  cluster (text)
-- columns: firm_id, name, industry_code, region_code, place, lon, lat, location_precision,
--          employment, turnover, year, value_chain_stage, symbol, website, source
--          and the edition's own
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
select firms.*
from firms
join tied on tied.kind = 'firm' and tied.id = firms.firm_id
where firms.firm_id not in (select member_id from own where member_kind = 'firm')
order by firms.name
