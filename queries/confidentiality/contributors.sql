-- How many firms stand behind each cell and what the largest of them make of it, in both trees. The
-- rows of one firm in a cell are added up; a firm that contributes nothing does not count.
-- grain:   one row per region, industry, year and measure with contributions
-- params:  largest (int; how many of the largest firms are taken together)
-- columns: region_code, industry_code, year, measure, firms, largest (sum of theirs, without sign)
with firms as (
    select
        region_paths.ancestor_code as region_code,
        industry_paths.ancestor_code as industry_code,
        contributions.year,
        contributions.measure,
        contributions.firm,
        abs(sum(contributions.value)) as value
    from contributions
    join region_paths on region_paths.descendant_code = contributions.region_code
    join industry_paths on industry_paths.descendant_code = contributions.industry_code
    group by all
    having abs(sum(contributions.value)) > 0
),
placed as (
    select
        region_code,
        industry_code,
        year,
        measure,
        value,
        row_number() over (
            partition by region_code, industry_code, year, measure order by value desc
        ) as place
    from firms
)
select
    region_code,
    industry_code,
    year,
    measure,
    count(*) as firms,
    sum(value) filter (where place <= $largest) as largest
from placed
group by region_code, industry_code, year, measure
order by measure, year, region_code, industry_code
