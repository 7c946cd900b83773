"""Runs of pages go one after another, in the order they were asked for."""

from __future__ import annotations

import threading
import time

import pytest

from atlas.ui import turns


@pytest.fixture(autouse=True)
def _nobody_before() -> None:
    assert turns._owner is None
    assert not turns._waiting


def waiting(number: int) -> None:
    """Wait until so many wait."""
    end = time.monotonic() + 10
    while len(turns._waiting) < number:
        assert time.monotonic() < end
        time.sleep(0.001)


def test_the_first_to_ask_is_the_first_to_go_and_none_beside_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "_SLOW", 10.0)
    went: list[int] = []
    at_once: list[int] = []

    def run(number: int) -> None:
        with turns.turn():
            at_once.append(1)
            went.append(number)
            time.sleep(0.002)
            assert len(at_once) == 1
            at_once.pop()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    with turns.turn():
        for number, thread in enumerate(threads):
            thread.start()
            waiting(number + 1)
    for thread in threads:
        thread.join()
    assert went == list(range(8))
    assert turns._owner is None


def test_a_slow_run_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_SLOW", 0.05)
    went: list[str] = []
    begun, over = threading.Event(), threading.Event()

    def slow() -> None:
        with turns.turn():
            begun.set()
            over.wait(10)
            went.append("slow")

    def quick(name: str) -> None:
        with turns.turn():
            went.append(name)

    first = threading.Thread(target=slow)
    first.start()
    assert begun.wait(10)
    others = [threading.Thread(target=quick, args=(name,)) for name in ("second", "third")]
    for number, thread in enumerate(others):
        thread.start()
        if not number:
            waiting(1)
    for thread in others:
        thread.join(10)
    assert went == ["second", "third"]
    over.set()
    first.join()
    assert went[-1] == "slow"
    # The slow one's end takes the turn from nobody.
    assert turns._owner is None
    with turns.turn():
        assert turns._owner is not None


def test_a_run_that_is_cut_off_gives_its_turn_back() -> None:
    with pytest.raises(RuntimeError, match="cut off"), turns.turn():
        raise RuntimeError("cut off")
    with turns.turn():
        pass
