-- Firms by their id.
-- grain:   one row per firm
-- params:  ids (text[])
-- columns: firm_id, name, industry_code, region_code, place, lon, lat, location_precision,
--          employment, turnover, year, value_chain_stage, symbol, website, source
--          and the edition's own
select firms.*
from firms
where list_contains($ids, firms.firm_id)
order by firms.name
