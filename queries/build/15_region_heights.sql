-- How high each region stands above the lowest one under it, and how many lie right under it.
-- grain:   one row per region
-- columns: region_code, height (0 for one without children), parts (children)
create table region_heights as
select
    ancestor_code as region_code,
    max(distance) as height,
    count(*) filter (where distance = 1) as parts
from region_paths
group by ancestor_code
order by ancestor_code
