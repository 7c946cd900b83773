"""Spare the collections of garbage what stays.

Streamlit looks at everything there is after every run of a page. What was there at the last
:func:`settle` is not looked at: a rerun of the map then takes a third less.
"""

from __future__ import annotations

import gc
from itertools import count

#: Runs between two times that everything is looked at again: sessions end, and leave garbage.
_RUNS = 500
_run = count(1)
_seen: set[str] = set()


def settle() -> None:
    """Collect all garbage; whatever is left need not be looked at until this is called again."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def after_run(page: str) -> None:
    """To be called after each run of a page: settles what its first one has loaded for good, and
    everything once in a while."""
    if page not in _seen or next(_run) % _RUNS == 0:
        _seen.add(page)
        settle()
