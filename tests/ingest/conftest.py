"""Editions to spoil: copies of toyland that a test may change as it likes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atlas.config import ROOT
from atlas.ingest.edition import PACKAGE, read_edition
from atlas.ingest.validate import validate
from atlas.model import Issue


class Country:
    """A folder with an edition, and the ways in which editions go wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, file: str, content: str | bytes) -> None:
        """Put a file in place of what is there."""
        raw = content.encode() if isinstance(content, str) else content
        (self.folder / file).write_bytes(raw)

    def text(self, file: str) -> str:
        """What a file holds."""
        return (self.folder / file).read_text(encoding="utf-8")

    def swap(self, file: str, old: str, new: str) -> None:
        """Change one passage of a file, which must be there exactly once."""
        text = self.text(file)
        assert text.count(old) == 1, (file, old)
        self.write(file, text.replace(old, new))

    def add(self, file: str, line: str) -> None:
        """A line more at the end of a file."""
        with (self.folder / file).open("a", encoding="utf-8") as table:
            table.write(line + "\n")

    def settings(self, **changed: Any) -> None:
        """Change keys of the ``atlas`` object; None takes a key away."""
        package = self.package()
        package["atlas"] = {
            key: value
            for key, value in {**package["atlas"], **changed}.items()
            if value is not None
        }
        self.write(PACKAGE, json.dumps(package))

    def package(self) -> dict[str, Any]:
        """The data package as it stands."""
        package: dict[str, Any] = json.loads(self.text(PACKAGE))
        return package

    def remove(self, file: str) -> None:
        """Take a file away."""
        (self.folder / file).unlink()

    def issues(self) -> list[Issue]:
        """All that validation finds; the warning that toyland always has is left out."""
        found = validate(read_edition(self.folder))
        return [issue for issue in found if (issue.rule, issue.value) != ("totals", "120")]

    def misread(self) -> list[tuple[str, int | None, str | None, str | None, str]]:
        """What reading alone finds, as ``found``: fast, where a rule is of the form."""
        return self._short(read_edition(self.folder).issues)

    def found(self) -> list[tuple[str, int | None, str | None, str | None, str]]:
        """All that validation finds as (file, row, column, value, rule)."""
        return self._short(self.issues())

    @staticmethod
    def _short(issues: list[Issue]) -> list[tuple[str, int | None, str | None, str | None, str]]:
        return [(i.file, i.row, i.column, i.value, i.rule) for i in issues]


@pytest.fixture
def country(tmp_path: Path) -> Country:
    """A copy of toyland."""
    return Country(shutil.copytree(ROOT / "tests" / "toyland", tmp_path / "country"))


@pytest.fixture
def country_of(tmp_path: Path) -> Callable[..., Country]:
    """Toyland with other trees and observations: ``country_of(regions, industries, rows)``.

    ``regions`` and ``industries`` map a code to its parent ("" for the root); ``rows`` are
    lines of region_code,industry_code,year,employment,status.
    """

    def make(regions: dict[str, str], industries: dict[str, str], rows: list[str]) -> Country:
        folder = tmp_path / f"made-{len(list(tmp_path.iterdir()))}"
        made = Country(shutil.copytree(ROOT / "tests" / "toyland", folder))
        for table in ("clusters", "cluster_industries", "firms", "institutions", "members"):
            made.remove(f"{table}.csv")
        made.remove("linkages.csv")
        levels: dict[str, int] = {}
        for code, parent in regions.items():
            levels[code] = levels[parent] + 1 if parent else 0
        lines = [f"{code},{parent},{levels[code]},{code}" for code, parent in regions.items()]
        made.write("regions.csv", "\n".join(["region_code,parent_code,level,name_en", *lines]))
        lines = [f"{code},{parent},{code}" for code, parent in industries.items()]
        made.write("industries.csv", "\n".join(["industry_code,parent_code,name_en", *lines]))
        header = "region_code,industry_code,year,employment,status"
        made.write("observations.csv", "\n".join([header, *rows]))
        made.settings(root_region=next(iter(regions)), root_industry=next(iter(industries)))
        return made

    return make
