-- Every industry with itself and everything below it.
-- grain:   one row per ancestor and descendant; distance 0 is the industry itself
-- columns: ancestor_code, descendant_code, distance
create table industry_paths as
with recursive paths as (
    select industry_code as ancestor_code, industry_code as descendant_code, 0 as distance
    from industries
    union all
    select paths.ancestor_code, industries.industry_code, paths.distance + 1
    from paths
    join industries on industries.parent_code = paths.descendant_code
)
select ancestor_code, descendant_code, distance
from paths
order by ancestor_code, descendant_code
