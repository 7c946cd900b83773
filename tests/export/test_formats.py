"""The register: a format says by its parameters what it can use, and gets that and no more."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atlas.analysis.snapshot import shapes_of, view_of
from atlas.config import ROOT
from atlas.errors import ChoiceError
from atlas.export import desk as desk_room
from atlas.export import formats
from atlas.export.desk import Desk
from atlas.export.formats import FORMATS, find_format, format_
from atlas.export.images import SIZES
from atlas.export.stored import read_snapshot
from atlas.model import MapShapes, MapView
from atlas.snapshot import Snapshot
from atlas.text import Text, languages

SHOWN = Snapshot(edition="toyland", industry="A", size="a4", title="Ours", transparent=True)


@pytest.fixture(autouse=True)
def at_toyland(
    toyland_home: Path, at_home: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home(toyland_home)
    # What a test registers is gone after it.
    monkeypatch.setattr(formats, "FORMATS", dict(FORMATS))
    monkeypatch.setattr(desk_room, "FORMATS", formats.FORMATS)


def test_a_format_gets_the_options_that_it_names() -> None:
    got: dict[str, Any] = {}

    @format_("svg")
    def svg(
        view: MapView, shapes: MapShapes, text: Text, *, size: str = "slide",
        link: str | None = None, transparent: bool = False, text_as_paths: bool = False,
    ) -> bytes:  # fmt: skip
        got.update(
            title=view.title, language=text.language, regions=len(shapes.regions), size=size,
            link=link, transparent=transparent, text_as_paths=text_as_paths,
        )  # fmt: skip
        return b"<svg xmlns='http://www.w3.org/2000/svg'></svg>"

    desk = Desk(view_of, shapes_of)
    content = desk.make(SHOWN, "svg", link="https://atlas.example/map?x=1")
    assert got == {
        "title": "Ours", "language": "en", "regions": 3, "size": "a4",
        "link": "https://atlas.example/map?x=1", "transparent": True, "text_as_paths": False,
    }  # fmt: skip
    # It does not know of it, and yet the snapshot is in its file.
    assert read_snapshot(content) == SHOWN
    assert desk.mime("svg") == "image/svg+xml"
    assert set(desk.sizes("svg", Text("en"))) == set(SIZES)
    assert desk.file_name(SHOWN, "svg") == "toyland_farming_location-quotient_2020_en_a4.svg"


def test_a_picture_without_sizes_is_a_slide_and_data_has_none() -> None:
    @format_("pptx")
    def pptx(view: MapView, shapes: MapShapes, text: Text) -> bytes:
        return b""

    assert formats.FORMATS["pptx"].sizes == ("slide",)
    assert formats.FORMATS["pptx"].mime.endswith("presentationml.presentation")
    with pytest.raises(ChoiceError) as error:
        find_format("pptx", "a4")
    assert error.value.facts == {"value": "a4", "nearest": "slide"}
    assert find_format("csv", "a4").sizes == ()
    assert Desk(view_of, shapes_of).file_name(SHOWN, "csv").endswith("_2020_en.csv")


@pytest.mark.parametrize("language", languages())
def test_formats_are_offered_pictures_first(language: str) -> None:
    offered = Desk(view_of, shapes_of).formats(SHOWN, Text(language))
    assert list(offered) == sorted(
        offered, key=lambda name: ("picture", "document", "page", "data").index(FORMATS[name].kind)
    )
    assert next(iter(offered)) == "png"
    assert len(set(offered.values())) == len(FORMATS)


def test_a_preview_is_the_picture_small_and_only_pictures_have_one() -> None:
    desk, slide = Desk(view_of, shapes_of), SHOWN.with_words({"size": "slide"})
    preview = desk.preview(slide, "png")
    assert preview is not None
    assert int.from_bytes(preview[16:20], "big") == 1000
    # The same form filled in again costs nothing.
    assert desk.preview(slide, "png") is preview
    assert desk.preview(slide, "csv") is None
    assert desk.preview(slide, "html") is None


def test_a_page_leads_to_the_atlas_where_somebody_says_where_it_is() -> None:
    desk = Desk(view_of, shapes_of)
    link = 'https://atlas.example/map?a=1&title="<x>'
    assert 'href="https://atlas.example/map?a=1&amp;title=&#34;&lt;x&gt;"' in desk.make(
        SHOWN, "html", link=link
    ).decode()  # fmt: skip
    assert (
        "href=" not in desk.make(SHOWN, "html").decode().split("<footer>")[1].split("<script>")[0]
    )


def test_whichever_module_is_imported_first_all_formats_are_there() -> None:
    code = """
import importlib, pathlib, sys
for path in sorted(pathlib.Path("atlas/export").glob("*.py")):
    for name in [name for name in sys.modules if name.startswith("atlas.export")]:
        del sys.modules[name]
    importlib.import_module(f"atlas.export.{path.stem}")
    formats = importlib.import_module("atlas.export.formats")
    print(path.stem, len(formats.FORMATS))
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    told = dict(line.split() for line in done.stdout.splitlines())
    assert len(told) == len(list((ROOT / "atlas" / "export").glob("*.py")))
    assert set(told.values()) == {str(len(FORMATS))}
