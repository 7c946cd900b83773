-- Firms of a cluster.
-- grain:   one row per member firm
-- params:  cluster (text)
-- columns: role, firm_id, name, industry_code, region_code, place, lon, lat, location_precision,
--          employment, turnover, year, value_chain_stage, symbol, website, source
--          and the edition's own
select members.role, firms.*
from members
join firms on firms.firm_id = members.member_id
where members.cluster_id = $cluster and members.member_kind = 'firm'
order by firms.name
