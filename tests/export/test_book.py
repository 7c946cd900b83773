"""The country's book: contents with the right pages, spreads on even pages, every region."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Run
from pypdf import PdfReader

from atlas.analysis.book import contents
from atlas.analysis.snapshot import shapes_of, view_of
from atlas.export.book import file_name, make_book
from atlas.model import Release


def pages(content: bytes) -> list[str]:
    """The words of each page, spaces evened out."""
    reader = PdfReader(io.BytesIO(content))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def book(release: Release, language: str) -> tuple[bytes, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    content = make_book(
        contents(release), language, lambda one: (view_of(one), shapes_of(one)),
        tell=lambda done, every: told.append((done, every)),
    )  # fmt: skip
    return content, told


@pytest.fixture(autouse=True)
def _georgia_at_home(georgia_home: Path, at_home: Callable[[Path], None]) -> None:
    at_home(georgia_home)


def test_georgia(georgia: Release) -> None:
    content, told = book(georgia, "en")
    assert told == [(number, 33) for number in range(1, 34)]
    found = pages(content)
    assert found[0].startswith("Cluster atlas of Georgia 10 clusters and 12 regions")
    assert found[1].startswith("Contents ")
    listed = found[1].partition(" Clusters ")[2]
    wine = re.search(r"Wine, Kakheti (\d+)", listed)
    assert wine is not None
    left = int(wine[1])
    assert left % 2 == 0
    assert "Manufacturing: most concentrated" in found[left - 1]
    assert found[left].startswith("Wine, Kakheti: rank 1 of 10 published")
    after = listed.partition(" Regions ")[2]
    for name, begins in (
        ("Tbilisi", "Tbilisi: "),
        ("Methods", "Methods "),
        ("Sources", "Sources "),
    ):
        place = re.search(rf"\b{name} (\d+)\b", after)
        assert place is not None, after
        page = found[int(place[1]) - 1]
        assert page.startswith(begins), page[:80]
        assert page.endswith(place[1])
    assert "Location quotient" in " ".join(found[-8:])


def test_in_georgian_and_again_alike(georgia: Release) -> None:
    content, _ = book(georgia, "ka")
    found = pages(content)
    assert found[0].startswith("კლასტერების ატლასი: საქართველო")
    assert found[1].startswith("სარჩევი ")
    assert " კლასტერები ღვინო, კახეთი 4 " in found[1]
    assert any(page.startswith("ღვინო, კახეთი: ") for page in found)
    assert found[-1].startswith("წყაროები")
    assert file_name(contents(georgia), "ka") == "georgia_cluster-atlas_ka.pdf"
    assert book(georgia, "ka")[0] == content


def test_command(georgia: Release, run: Run, tmp_path: Path) -> None:
    answer = run("book", "--edition", "georgia", "--output", str(tmp_path))
    assert answer.code == 0, answer.err
    file = tmp_path / "georgia_cluster-atlas_en.pdf"
    assert answer.out.strip() == str(file)
    assert len(PdfReader(file).pages) >= 36
    wrong = run("book", "--edition", "georgia", "--language", "xx", "--output", str(tmp_path))
    assert wrong.code != 0
    assert "xx" in wrong.err
    assert sorted(tmp_path.iterdir()) == [file]
