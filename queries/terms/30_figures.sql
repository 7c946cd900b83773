-- Every figure that the registry computes for a cell; filled part by part at build.
-- grain:   one row per metric, measure, industry, year and region with a value or a reason for none
-- columns: metric, measure, industry_code, year, region_code, value, status
create table figures (
    metric varchar,
    measure varchar,
    industry_code varchar,
    year integer,
    region_code varchar,
    value double,
    status varchar
)
