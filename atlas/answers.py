"""What commands answer with: files written whole, issues as lines, a line of progress."""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from atlas import import_words
from atlas.errors import AtlasError, ExportError
from atlas.model import Issue
from atlas.text import RULES, Text


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str, float], None]]:
    """A bar on a terminal; in a log one line for each step that takes long. Standard error."""
    steps = {
        "read": "Reading the tables",
        "validate": "Validating",
        "protect": "Suppressing and auditing",
        "compute": "Computing every figure",
        "draw": "Simplifying the boundaries",
        "publish": "Publishing",
        "pages": "Drawing the pages",
        "open": "Reading the file",
        "match": "Matching columns and names",
        "check": "Checking every row",
        "write": "Writing the table",
    }
    console = Console(stderr=True)
    if not console.is_terminal:
        # Before these, a wrong call is found out: then it alone is said.
        long = ("protect", "compute", "draw")
        yield lambda step, _share: console.print(steps[step]) if step in long else None
        return
    columns = (
        TextColumn("{task.description:<28}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Starting", total=1.0)
        yield lambda step, share: progress.update(task, description=steps[step], completed=share)


def give(text: str, output: Path | None) -> None:
    """Write a text to a file, or to standard output without one."""
    if output is None:
        # Not sys.stdout.write: where the reader (head) has gone away, echo ends without a word.
        typer.echo(text, nl=False)
    else:
        write(output, text.encode())


def write(output: Path, content: bytes) -> None:
    """Write a file whole or not at all; a pipe or a device is written through, a folder refused."""
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(content)
            return
        target = output.resolve()
        beside = target.with_name(f".atlas-{os.getpid()}")
        try:
            beside.write_bytes(content)
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError("cannot_write", path=output, reason=error.strerror) from error


def sentence(issue: Issue, text: Text | None = None) -> str:
    """What is wrong, in words: the reader's, else English."""
    text = text or Text()
    facts: dict[str, Any] = dict(issue.facts)
    if "kind" in facts:
        # A rule that an error of another room stands behind: its sentence is the reason.
        facts["reason"] = text.explain(AtlasError(facts["kind"], **facts["about"]))
    for name in ("published", "parts"):
        if name in facts:
            facts[name] = text.number(facts[name], _digits(facts[name]))
    if "difference" in facts:
        known = math.isfinite(facts["difference"])
        facts["difference"] = text.percent(facts["difference"], signed=True) if known else "+∞"
    return text({**import_words.RULES, **RULES}.get(issue.rule, issue.rule), **facts)


def _digits(value: float) -> int:
    """So many decimals that ten significant digits are shown, and no nought at their end."""
    return len(f"{value:.10g}".partition(".")[2]) if abs(value) < 1e10 else 0


def issue_line(issue: Issue) -> str:
    """An issue as ``severity: file:row column “value”: what is wrong``."""
    place = issue.file + (f":{issue.row}" if issue.row else "")
    cell = f" {issue.column}" if issue.column else ""
    value = f" “{issue.value}”" if issue.value is not None else ""
    return f"{issue.severity}: {place}{cell}{value}: {sentence(issue)}"
