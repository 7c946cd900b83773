-- The parts in which the figures are computed, so that no more than one is in memory at a time:
-- no figure compares cells of different parts.
-- grain:   one row per measure and year
-- columns: measure, year
select distinct measure, year
from cells
order by measure, year
