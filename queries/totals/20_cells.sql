-- The sums of one height become cells where nothing is stated. Where a cell adds up both ways, the
-- complete sum wins, then the sum over regions.
-- grain:   one row per region, industry, year and measure
-- params:  height (int; as in 10_sums)
-- columns: region_code, industry_code, year, measure, value, status
insert into cells
select sums.region_code, sums.industry_code, sums.year, sums.measure, sums.value, sums.status
from sums
anti join stated using (region_code, industry_code, year, measure)
where sums.height = $height
qualify row_number() over (
    partition by sums.region_code, sums.industry_code, sums.year, sums.measure
    order by sums.status = 'partial', sums.way = 'industries'
) = 1
