"""Spare the collections of garbage what stays.

By itself Python looks for garbage whenever 700 more objects were made than went; a run of a page
makes tens of thousands, nearly all of which go by themselves. What was there at the last
:func:`settle` is not looked at again. Streamlit's own look at everything after each run is off
(``runner.postScriptGC``): with both, a rerun of the map takes two thirds of the time.
"""

from __future__ import annotations

import gc
from itertools import count

#: How many more objects than went are to be made before there may be garbage.
_NEW = 100_000
#: Runs between two times that everything is looked at again: sessions end, and leave garbage.
_RUNS = 5_000
_run = count(1)
_seen: set[str] = set()


def settle() -> None:
    """Collect all garbage; whatever is left need not be looked at until this is called again."""
    gc.set_threshold(_NEW)
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def after_run(page: str) -> None:
    """To be called after each run of a page: settles what its first one has loaded for good, and
    everything once in a while."""
    if page not in _seen or next(_run) % _RUNS == 0:
        _seen.add(page)
        settle()
