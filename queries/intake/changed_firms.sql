-- What a register that comes in changes: its firms beside those that the edition has (before). A
-- firm that moves changes in the region that it comes to.
-- grain:   one row per region with a firm before or after
-- columns: region_code, all_firms, new, changed, gone
select
    coalesce(firms.region_code, before.region_code) as region_code,
    count(*) as all_firms,
    count(*) filter (before.firm_id is null) as new,
    count(*) filter (
        firms.firm_id is not null
        and before.firm_id is not null
        and (
            firms.name is distinct from before.name
            or firms.region_code is distinct from before.region_code
            or firms.industry_code is distinct from before.industry_code
        )
    ) as changed,
    count(*) filter (firms.firm_id is null) as gone
from firms
full join before using (firm_id)
where coalesce(firms.region_code, before.region_code) is not null
group by all
order by region_code
