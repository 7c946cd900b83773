-- How high each industry stands above the lowest one under it, and how many lie right under it.
-- grain:   one row per industry
-- columns: industry_code, height (0 for one without children), parts (children)
create table industry_heights as
select
    ancestor_code as industry_code,
    max(distance) as height,
    count(*) filter (where distance = 1) as parts
from industry_paths
group by ancestor_code
order by ancestor_code
