-- What the edition itself says of a cluster's signs of performing or under-performing.
-- grain:   one row per sign
-- params:  cluster (text)
-- columns: cluster_id, sign, state, date, source and the edition's own
select * from signs where cluster_id = $cluster order by sign
