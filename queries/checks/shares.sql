-- Parts larger than the published total above them by more than one per cent: a share above one.
-- severity: warning
-- file:    observations
-- grain:   one row per cell
-- columns: row, column, value, measure, published, parts, difference
select
    observations.row,
    observations.measure as column,
    observations.value,
    observations.measure,
    total.value as published,
    observations.value as parts,
    observations.value / total.value - 1 as difference
from observations
cross join settings
join stated as total
    on total.region_code = observations.region_code
    and total.industry_code = settings.root_industry
    and total.year = observations.year
    and total.measure = observations.measure
where observations.value > 1.01 * total.value
order by observations.row, observations.measure
