-- What the parts of a cell add up to, filled from the bottom up by queries/totals.
-- grain:   one row per region, industry, year, measure and way of adding up
-- columns: region_code, industry_code, year, measure, way (regions, industries), height, value,
--          status (derived, estimated, partial), suppressed (number of suppressed parts)
create table sums (
    region_code varchar,
    industry_code varchar,
    year integer,
    measure varchar,
    way varchar,
    height bigint,
    value double,
    status varchar,
    suppressed bigint
)
