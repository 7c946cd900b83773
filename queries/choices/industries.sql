-- All industries of the release with every column that the edition gives.
-- grain:   one row per industry, in the order of the edition's codes; the root first
-- columns: industry_code, parent_code, name_en and the edition's own
select * from industries order by parent_code is not null, industry_code
