"""Calls of the command line and what they give back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: A snapshot's call, without where it is written to.
SNAPSHOT = (
    *("snapshot", "--edition", "georgia", "--metric", "location_quotient"),
    *("--industry", "C", "--year", "2022"),
)


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]
