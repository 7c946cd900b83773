"""Settings of metrics on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Answer, Run

from atlas.metrics import METRICS

Say = Callable[..., Answer]


@pytest.fixture
def say(run: Run, toyland_home: Path) -> Say:
    """Runs ``python -m atlas measure`` in toyland's home."""
    return lambda *arguments: run("measure", *arguments, home=toyland_home)


TOYLAND = ("--edition", "toyland", "--industry", "A", "--year", "2020")


def test_thresholds_are_options(say: Say) -> None:
    published = say("observatory_stars", *TOYLAND)
    moved = say("observatory_stars", *TOYLAND, "--quotient-at-least", "1")
    assert (moved.code, moved.err) == (0, "")
    assert published.out.splitlines()[-1] == "XT-S,A,2020,2.0,partial"
    assert moved.out.splitlines()[-1] == "XT-S,A,2020,3.0,partial"


def test_help_names_every_setting_with_its_default(say: Say) -> None:
    words = " ".join(say("--help").out.split())
    for metric in METRICS.values():
        for name, parameter in metric.parameters.items():
            assert f"--{name.replace('_', '-')} <float>" in words
            assert f"{metric.name} {parameter.default:g}" in words


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--quantile", "0.5"), "There is no setting “quantile”."),
        (("--size-share", "2"), "The setting “size_share” may be 0.001 to 1, not 2.0."),
        (("--size-share", "much"), "Invalid value for '--size-share'"),
        (("--size-shar", "0.5"), "No such option: --size-shar"),
    ],
)
def test_a_wrong_setting_is_one_line(say: Say, given: tuple[str, str], said: str) -> None:
    answer = say("observatory_stars", *TOYLAND, *given)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert len(answer.err.strip().splitlines()) == 1
