"""Briefings: a cover, maps, the profile with its tables, sources; as slides and as PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from atlas.analysis.snapshot import resolved, shapes_of, view_of
from atlas.export.desk import Desk
from atlas.export.stored import read_snapshot
from atlas.model import Release
from atlas.snapshot import Snapshot
from tests.export.profiles import LINK, usual

DESK = Desk(view_of, shapes_of)


@pytest.fixture(autouse=True)
def _georgia_at_home(georgia_home: Path, at_home: Callable[[Path], None]) -> None:
    at_home(georgia_home)


def pages(snapshot: Snapshot) -> list[str]:
    """The words of each page, spaces evened out."""
    reader = PdfReader(io.BytesIO(DESK.make(snapshot, "briefing-pdf", link=LINK)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def slides(snapshot: Snapshot) -> Presentation:
    return Presentation(io.BytesIO(DESK.make(snapshot, "briefing-pptx", link=LINK)))


def test_cluster(georgia: Release) -> None:
    found = pages(usual(georgia, "cluster"))
    assert found[0].startswith("Wine, Kakheti Briefing Wine, Kakheti: rank 1 of 10 published")
    assert "Manufacturing: most concentrated in Mtskheta-Mtianeti and Kakheti" in found[1]
    assert "Selected: Kakheti" in found[1]
    assert found[2].startswith("Wine, Kakheti: rank 1 of 10 published")
    assert "Kindzmarauli Corporation" in found[3]
    assert "National Wine Agency" in found[3]
    assert any("2006 3,828 1.55" in page for page in found)
    assert any("Manufacturing: grew most in Mtskheta-Mtianeti (+142%)" in page for page in found)
    assert found[-1].startswith("Sources")
    assert "Boundaries and names shown do not imply endorsement or acceptance." in found[-1]


def test_region_in_georgian(georgia: Release) -> None:
    found = pages(usual(georgia, "region", "ka"))
    assert found[0].startswith("კახეთი მოკლე მიმოხილვა კახეთი: ")
    # The map is of the region's strongest sector.
    assert "სოფლის მეურნეობა" in found[1]
    assert "5,84" in " ".join(found)
    assert found[-1].startswith("წყაროები")


def test_slides_are_the_pages_and_can_be_edited(georgia: Release) -> None:
    snapshot = usual(georgia, "cluster")
    deck = slides(snapshot)
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[0] == "Wine, Kakheti"
    assert titles[-1] == "Sources"
    assert "Wine, Kakheti: firms and institutions" in titles
    names = {shape.name for slide in deck.slides for shape in slide.shapes}
    assert "Kakheti" in names
    assert any(shape.has_chart for slide in deck.slides for shape in slide.shapes)
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert all(notes)
    assert LINK in "\n".join(notes)


def test_of_a_comparison_and_of_a_region_without_figures(georgia: Release) -> None:
    found = pages(usual(georgia, "compare"))
    assert found[0].startswith("Kakheti, Tbilisi and Abkhazia Briefing")
    assert any("Manufacturing: grew most in" in page for page in found)
    bare = pages(usual(georgia, "region", region="GE-AB"))
    assert "Abkhazia: no figures are published" in bare[0]
    assert bare[-1].startswith("Sources")
    assert not any("most concentrated" in page for page in bare)


@pytest.mark.parametrize("form", ["briefing-pdf", "briefing-pptx"])
def test_says_what_it_is_of_and_is_made_again_alike(georgia: Release, form: str) -> None:
    snapshot = usual(georgia, "region", "ka")
    content = DESK.make(snapshot, form)
    assert read_snapshot(content) == snapshot
    assert DESK.make(read_snapshot(content), form) == content
    ending = form.removeprefix("briefing-")
    expected = f"georgia_kakheti_profile_2022_ka_briefing.{ending}"
    assert DESK.file_name(snapshot, form) == expected


def test_of_a_map(georgia: Release) -> None:
    found = pages(resolved(Snapshot(edition="georgia", industry="A", region="GE-KA")))
    assert found[0].startswith("Agriculture, forestry, fishing in Georgia’s regions, 2022 Briefing")
    assert len(found) >= 4


def test_own_titles_come_out_as_they_are(georgia: Release) -> None:
    usually = len(pages(usual(georgia, "region")))
    for title in ("X" * 200, "=1+1", '"A" & ‘B’'):
        snapshot = usual(georgia, "region", title=title)
        titles = [slide.shapes.title.text for slide in slides(snapshot).slides]
        assert titles[0] == "Kakheti"
        assert title in titles
        assert len(pages(snapshot)) == usually
