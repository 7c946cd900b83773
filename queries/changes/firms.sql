-- All firms of the release with every column that the edition gives.
-- grain:   one row per firm
-- columns: firm_id, name and the edition's own
select * from firms order by firm_id
