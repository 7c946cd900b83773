"""Settings of metrics on the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.__main__ import main
from atlas.metrics import METRICS

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    at_home: Callable[[Path], None],
    toyland_home: Path,
) -> Say:
    """Runs ``python -m atlas measure``: exit code, output, complaint."""

    def run(*arguments: str) -> tuple[int, str, str]:
        at_home(toyland_home)
        monkeypatch.setattr(sys, "argv", ["atlas", "measure", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


TOYLAND = ("--edition", "toyland", "--industry", "A", "--year", "2020")


def test_thresholds_are_options(say: Say) -> None:
    _, published, _ = say("observatory_stars", *TOYLAND)
    code, out, err = say("observatory_stars", *TOYLAND, "--quotient-at-least", "1")
    assert (code, err) == (0, "")
    assert published.splitlines()[-1] == "XT-S,A,2020,2.0,partial"
    assert out.splitlines()[-1] == "XT-S,A,2020,3.0,partial"


def test_help_names_every_setting_with_its_default(say: Say) -> None:
    _, out, _ = say("--help")
    words = " ".join(out.split())
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
    code, out, err = say("observatory_stars", *TOYLAND, *given)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
