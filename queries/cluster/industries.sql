-- The industries that describe each cluster.
-- grain:   one row per cluster and industry
-- columns: cluster_id, industry_code
select cluster_id, industry_code from cluster_industries order by cluster_id, industry_code
