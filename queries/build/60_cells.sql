-- Every figure known: first what is stated, to which queries/totals adds the sums.
-- grain:   one row per region, industry, year and measure
-- columns: region_code, industry_code, year, measure, value (empty where suppressed), status
create table cells as
select region_code, industry_code, year, measure, value, status from stated
