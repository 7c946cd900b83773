-- The base industry each industry is measured against (settings.quotient_base).
-- grain:   one row per industry
-- columns: industry_code, base_code (the root, or the highest ancestor below it)
create table industry_bases as
with groups as (
    select industry_paths.descendant_code as industry_code, industry_paths.ancestor_code as base_code
    from industry_paths
    join industries on industries.industry_code = industry_paths.ancestor_code
    join settings on settings.root_industry = industries.parent_code
)
select
    industries.industry_code,
    case
        when settings.quotient_base = 'group' then coalesce(groups.base_code, settings.root_industry)
        else settings.root_industry
    end as base_code
from industries
cross join settings
left join groups on groups.industry_code = industries.industry_code
order by industries.industry_code
