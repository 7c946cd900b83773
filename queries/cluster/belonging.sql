-- Which clusters a firm or institution belongs to.
-- grain:   one row per cluster
-- params:  kind (text), member (text)
-- columns: cluster_id, role
select cluster_id, role
from members
where member_kind = $kind and member_id = $member
order by cluster_id
