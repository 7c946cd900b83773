"""Files made in processes of their own: the same bytes, the same errors, and none lost."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from atlas.analysis.snapshot import shapes_of, view_of
from atlas.errors import ChoiceError
from atlas.export import desk as desk_room
from atlas.export.desk import Desk
from atlas.export.workshop import Workshop
from atlas.snapshot import Snapshot

SHOWN = Snapshot(edition="toyland", industry="A")


@pytest.fixture
def workshop(
    toyland_home: Path, at_home: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workshop]:
    at_home(toyland_home)
    found = Workshop(2)
    monkeypatch.setattr(desk_room, "workshop", lambda: found)
    yield found
    found.close()


def whoami(workshop: Workshop) -> bytes:
    """The number of the process that answers."""
    return workshop.make(os.readlink, b"/proc/self")


def test_the_same_file_comes_from_another_process(workshop: Workshop) -> None:
    desk = Desk(view_of, shapes_of)
    for form in ("svg", "json"):
        aside = desk.make(SHOWN, form, link="https://atlas.example/map", aside=True)
        assert aside == desk.make(SHOWN, form, link="https://atlas.example/map")
    with pytest.raises(ChoiceError) as error:
        desk.make(SHOWN.with_words({"year": "1900"}), "svg", aside=True)
    assert (error.value.kind, error.value.facts["value"]) == ("unknown_year", 1900)


def test_no_more_workers_than_it_has_and_each_is_used_again(workshop: Workshop) -> None:
    with ThreadPoolExecutor(8) as threads:
        seen = set(threads.map(lambda _: whoami(workshop), range(24)))
    assert 1 <= len(seen) <= 2
    assert str(os.getpid()).encode() not in seen
    assert threading.active_count() < 20


def test_what_goes_wrong_is_said_and_a_worker_that_is_gone_is_replaced(workshop: Workshop) -> None:
    with pytest.raises(RuntimeError, match="OverflowError: can't convert negative int"):
        workshop.make(int.to_bytes, -1, 1, "big")
    ends = f"__import__('os')._exit(3) if __import__('os').getpid() != {os.getpid()} else b'here'"
    assert workshop.make(eval, ends) == b"here"
    assert whoami(workshop) != str(os.getpid()).encode()
