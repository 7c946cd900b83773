-- How many industries firms came in of.
-- grain:   one row per register
-- columns: industries
select count(distinct industry_code) as industries from firms
