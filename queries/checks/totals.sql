-- Published totals that differ from the sum of their parts by more than one per cent. Where a part
-- is suppressed the sum must fall short of the total: then only a sum above it is a finding.
-- severity: warning
-- file:    observations
-- grain:   one row per published total and direction (over industries, over regions)
-- columns: row, column, value, measure, published, parts, difference
select distinct
    observations.row,
    observations.measure as column,
    observations.value,
    observations.measure,
    observations.value as published,
    sums.value as parts,
    sums.value / observations.value - 1 as difference
from sums
join observations using (region_code, industry_code, year, measure)
where abs(sums.value - observations.value) > 0.01 * abs(observations.value)
and (sums.suppressed = 0 or sums.value > observations.value)
order by observations.row, observations.measure, parts
