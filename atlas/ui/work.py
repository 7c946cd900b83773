"""Long work on a page: its name, how far it is, and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import streamlit as st

from atlas.text import Text

#: Seconds between two looks at how far it is.
_EVERY = 0.7


class Work(Protocol):
    """Work that is done elsewhere: :class:`atlas.ingest.jobs.Job`."""

    step: str
    share: float
    cancelled: bool

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""

    def cancel(self) -> None:
        """End it."""


def watch(work: Work, steps: Mapping[str, str], text: Text, done: Callable[[], Any]) -> None:
    """A bar with the name of the step until the work is over; then ``done`` and the whole page."""

    @st.fragment(run_every=_EVERY)
    def look() -> None:
        if work.over:
            done()
            st.rerun(scope="app")
        name = text("Stopping") if work.cancelled else text(steps.get(work.step, work.step))
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.progress(min(max(work.share, 0.0), 1.0), text=name)
        right.button(
            text("Cancel"), on_click=work.cancel, disabled=work.cancelled, width="stretch",
            key="cancel_work",
        )  # fmt: skip

    look()
