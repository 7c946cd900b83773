-- All institutions of the release with every column that the edition gives.
-- grain:   one row per institution
-- columns: institution_id, name and the edition's own
select * from institutions order by institution_id
