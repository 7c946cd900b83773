"""What whoever imports a file says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from atlas.model import MEASURES

#: In place of a code: what is called so is not wanted.
LEFT_OUT = "-"


@dataclass(frozen=True)
class Wishes:
    """What whoever imports says: all of it may be left out but the ``table``, which is one of the
    edition's or a measure (observations of that measure).

    ``columns`` maps headers to fields, ``names`` words to codes, ``constants`` fields to values
    that every row has; ``accept_columns`` and ``accept_names`` take what is proposed; ``accepted``
    maps the rules of warnings to the reason for accepting them; ``missing`` and ``suppressed`` are
    signs in place of figures. ``only`` maps headers to the one value that is wanted of each.
    ``jump``: how many times as large, or as small, a figure may be as in the release before without
    a word. ``factors`` maps measures to what their figures are multiplied by: 1000 where the file
    has thousands. ``check_only`` writes nothing. ``meanings`` says the same as ``names`` by what is
    referred to (``regions``, ``industries``, ``places``), where one word means two things, as
    “total” does. ``classification`` is that of the file where it is not the edition's.
    ``address``: where the file was fetched. Of the table
    ``boundaries`` ``sheet`` is the layer, ``crs`` the coordinate system, ``add_regions`` adds
    regions that the edition has not yet, and a name whose code is :data:`LEFT_OUT` is left out.
    """

    table: str
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    header: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    suppressed: frozenset[str] = frozenset()
    accept_columns: bool = False
    accept_names: bool = False
    accepted: Mapping[str, str] = field(default_factory=dict)
    jump: float = 3.0
    factors: Mapping[str, float] = field(default_factory=dict)
    check_only: bool = False
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    classification: str | None = None
    only: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None
    crs: str | None = None
    add_regions: bool = False

    @property
    def name(self) -> str:
        """The table of the edition."""
        return "observations" if self.table in MEASURES else self.table

    @property
    def agreed(self) -> frozenset[str]:
        """Which proposals are taken: ``columns``, ``names``."""
        columns = {"columns"} if self.accept_columns else set()
        return frozenset(columns | ({"names"} if self.accept_names else set()))

    @property
    def measure(self) -> str | None:
        """The only measure of the file, where the table was given by one."""
        return self.table if self.table in MEASURES else None
