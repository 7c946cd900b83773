-- Single published facts about a cluster, or about the whole programme.
-- grain:   one row per fact
-- params:  cluster (text or null: those about no one cluster)
-- columns: cluster_id, subject, indicator_en, value, unit, date, source and the edition's own
select * from facts where cluster_id is not distinct from $cluster order by indicator_en
