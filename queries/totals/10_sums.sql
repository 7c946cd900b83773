-- Adds up the parts of every cell at one height, over regions and over industries. A part is the
-- cell right below, stated or itself added up; the heights below must be done.
-- grain:   one row per region, industry, year, measure and way of adding up
-- params:  height (int; levels of both trees above a childless region and industry)
-- columns: region_code, industry_code, year, measure, way (regions, industries), height, value,
--          status (derived, estimated, partial), suppressed (number of suppressed parts)
insert into sums
with parts as (
    select
        above.region_code, cells.industry_code, cells.year, cells.measure, 'regions' as way,
        above.parts, cells.value, cells.status
    from cells
    join regions on regions.region_code = cells.region_code
    join region_heights as above on above.region_code = regions.parent_code
    join industry_heights on industry_heights.industry_code = cells.industry_code
    where above.height + industry_heights.height = $height
    union all
    select
        cells.region_code, above.industry_code, cells.year, cells.measure, 'industries' as way,
        above.parts, cells.value, cells.status
    from cells
    join industries on industries.industry_code = cells.industry_code
    join industry_heights as above on above.industry_code = industries.parent_code
    join region_heights on region_heights.region_code = cells.region_code
    where above.height + region_heights.height = $height
)
select
    region_code,
    industry_code,
    year,
    measure,
    way,
    $height as height,
    sum(value) as value,
    case
        when count(value) < any_value(parts) or bool_or(status = 'partial') then 'partial'
        when bool_or(status = 'estimated') then 'estimated'
        else 'derived'
    end as status,
    count(*) filter (where status = 'suppressed') as suppressed
from parts
group by region_code, industry_code, year, measure, way
having count(value) > 0
