-- Every region with itself and everything below it.
-- grain:   one row per ancestor and descendant; distance 0 is the region itself
-- columns: ancestor_code, descendant_code, distance
create table region_paths as
with recursive paths as (
    select region_code as ancestor_code, region_code as descendant_code, 0 as distance
    from regions
    union all
    select paths.ancestor_code, regions.region_code, paths.distance + 1
    from paths
    join regions on regions.parent_code = paths.descendant_code
)
select ancestor_code, descendant_code, distance
from paths
order by ancestor_code, descendant_code
