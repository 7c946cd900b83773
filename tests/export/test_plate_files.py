"""Files of a region, a cluster and a comparison, each opened by a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from commands import Run
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader

from atlas.analysis.profiles import profile_of
from atlas.export.stored import read_snapshot
from atlas.figures.lettering import printable
from atlas.figures.profile_words import words_of
from atlas.model import Release
from atlas.text import Text
from tests.export.hostile import FORMULA, RIGHT_TO_LEFT, SCRIPT, TEMPLATE
from tests.export.profiles import LINK, renamed, usual, written
from tests.export.test_slides import check_room, every, named, words

KINDS = ("region", "cluster", "compare")
FORMS = ("png", "svg", "pdf", "pptx", "xlsx", "csv", "csv-escaped", "json")
SOURCE = "National Statistics Office of Georgia"
#: What each says in its figures, in English and in Georgian.
FIGURES = {
    "region": (("Manufacturing", "2.27", "27.7%"), ("დამამუშავებელი მრეწველობა", "2,27")),
    "cluster": (("Kakhetian Winemakers Guild", "not known"), ("უცნობია", "ასოციაცია")),
    "compare": (("Kakheti", "299,900", "2.27"), ("კახეთი", "თბილისი", "2,27")),
}


def files(release: Release, kind: str, form: str) -> tuple[bytes, bytes]:
    """The file in English and in Georgian."""
    made = [written(release, usual(release, kind, language), form) for language in ("en", "ka")]
    return made[0], made[1]


def title(release: Release, kind: str, language: str) -> str:
    snapshot = usual(release, kind, language)
    return words_of(kind, profile_of(snapshot, release), Text(language)).title


#: Other tests read slides by python-pptx; where it is installed, so does this program.
OFFICE = shutil.which("soffice")


@pytest.mark.parametrize("kind", KINDS)
def test_png_is_read_by_pillow(georgia: Release, kind: str) -> None:
    with Image.open(io.BytesIO(files(georgia, kind, "png")[1])) as picture:
        assert picture.size == (4000, 2250)
        assert round(picture.info["dpi"][0]) == 300
        assert picture.info["Title"] == title(georgia, kind, "ka")
        assert "საქართველოს სტატისტიკის ეროვნული სამსახური" in picture.info["Source"]


@pytest.mark.parametrize("kind", KINDS)
def test_svg_is_read_by_a_parser_and_the_same_every_time(georgia: Release, kind: str) -> None:
    for language, content in zip(("en", "ka"), files(georgia, kind, "svg"), strict=True):
        root = ElementTree.fromstring(content)
        space = "{http://www.w3.org/2000/svg}"
        assert root.findtext(f"{space}title") == title(georgia, kind, language)
        said = " ".join(found.text or "" for found in root.iter(f"{space}text"))
        for figure in FIGURES[kind][language == "ka"]:
            assert figure in said
        assert "2022" in said
        identifiers = [one.get("id") for one in root.iter() if one.get("id")]
        assert len(identifiers) == len(set(identifiers))
        assert (
            b"http"
            not in content.replace(b"http://www.w3.org", b"")
            .replace(b"http://purl.org", b"")
            .replace(b"https://atlas.example", b"")
            .split(b"</metadata>")[-1]
        )
    assert files(georgia, kind, "svg")[0] == files(georgia, kind, "svg")[0]


@pytest.mark.parametrize("kind", KINDS)
def test_words_can_be_copied_out_of_pdf(georgia: Release, kind: str) -> None:
    for language, content in zip(("en", "ka"), files(georgia, kind, "pdf"), strict=True):
        reader = PdfReader(io.BytesIO(content))
        assert len(reader.pages) == 1
        assert reader.metadata is not None
        assert reader.metadata.title == title(georgia, kind, language)
        said = " ".join(reader.pages[0].extract_text().split())
        for figure in (*FIGURES[kind][language == "ka"], "2022"):
            assert figure in said
    assert SOURCE in " ".join(
        PdfReader(io.BytesIO(files(georgia, kind, "pdf")[0])).pages[0].extract_text().split()
    )


@pytest.mark.parametrize("language", ["en", "ka"])
@pytest.mark.parametrize("kind", KINDS)
def test_slides_are_native_and_say_what_they_rest_on(
    georgia: Release, kind: str, language: str
) -> None:
    deck = Presentation(io.BytesIO(written(georgia, usual(georgia, kind, language), "pptx")))
    check_room(deck)
    slide = deck.slides[0]
    statement = title(georgia, kind, language)
    assert slide.shapes.title.text == statement
    said = [*words(slide), *cells(slide)]
    for figure in FIGURES[kind][language == "ka"]:
        assert any(figure in line for line in said), figure
    notes = slide.notes_slide.notes_text_frame.text
    assert {"en": SOURCE, "ka": "საქართველოს სტატისტიკის"}[language] in notes
    assert LINK in notes
    region = named(slide, {"en": "Kakheti", "ka": "კახეთი"}[language])
    assert region[0].shape_type == MSO_SHAPE_TYPE.FREEFORM
    # Its data follow as a table.
    assert any(shape.has_table for shape in deck.slides[1].shapes)
    assert not any(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in every(slide.shapes))
    assert deck.core_properties.title == statement


def cells(slide: Any) -> list[str]:
    return [
        cell.text
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]


def test_the_tables_of_a_comparison_are_powerpoints_own_where_they_were_drawn(
    georgia: Release,
) -> None:
    deck = Presentation(io.BytesIO(written(georgia, usual(georgia, "compare"), "pptx")))
    frames = {shape.name: shape for shape in deck.slides[0].shapes if shape.has_table}
    assert set(frames) == {"Figures of the regions compared", "Location quotient"}
    figures = frames["Figures of the regions compared"]
    rows = [[cell.text for cell in row.cells] for row in figures.table.rows]
    assert rows[1] == ["Population", "299,900", "1,258,500", "no data", "3,694,600"]
    heat = frames["Location quotient"].table
    assert heat.cell(1, 1).text == "5.84"
    assert str(heat.cell(1, 1).fill.fore_color.rgb) == "B75A26"
    boxes = sorted(
        (one.left, one.top, one.left + one.width, one.top + one.height) for one in frames.values()
    )
    assert boxes[0][2] < boxes[1][0]
    for shape in every(deck.slides[0].shapes):
        if shape.has_text_frame and shape.text_frame.text.strip():
            for west, north, east, south in boxes:
                across = min(east, shape.left + shape.width) - max(west, shape.left)
                down = min(south, shape.top + shape.height) - max(north, shape.top)
                assert min(across, down) < 30_000, shape.text_frame.text


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_slides(georgia: Release, tmp_path: Path) -> None:
    file = tmp_path / "region.pptx"
    file.write_bytes(written(georgia, usual(georgia, "region", "ka"), "pptx"))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [str(OFFICE), home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file]
    subprocess.run(command, check=True, capture_output=True)
    pages = PdfReader(tmp_path / "region.pdf").pages
    assert len(pages) == 2
    assert "დამამუშავებელი მრეწველობა" in " ".join(pages[1].extract_text().split())


def test_workbooks_hold_numbers_and_every_row(georgia: Release) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(georgia, usual(georgia, "region"), "xlsx")))
    assert book.sheetnames == ["Data", "Data 2", "Notes", "Sources"]
    rows = list(book["Data"].values)
    heads = rows[0]
    found = {row[heads.index("Sector")]: dict(zip(heads, row, strict=True)) for row in rows[1:]}
    assert len(found) == 17
    assert found["Manufacturing"]["Location quotient"] == pytest.approx(2.2723, abs=1e-4)
    assert found["Manufacturing"]["Persons employed"] == 6287
    assert found["Manufacturing"]["Year"] == 2022
    notes = dict(list(book["Notes"].values))
    assert notes["Title"] == title(georgia, "region", "en")
    assert SOURCE in notes["Source"]
    names = [str(row[0]) for row in book["Sources"].values]
    assert any(SOURCE in name for name in names)
    georgian = written(georgia, usual(georgia, "cluster", "ka"), "xlsx")
    sheets = openpyxl.load_workbook(io.BytesIO(georgian))
    said = [str(cell) for sheet in sheets for row in sheet.values for cell in row]
    assert "კახეთი" in said
    assert "Kakhetian Winemakers Guild" in said


@pytest.mark.parametrize("kind", KINDS)
def test_csv_and_json_say_the_same(georgia: Release, kind: str) -> None:
    content = written(georgia, usual(georgia, kind), "csv").decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    data = json.loads(written(georgia, usual(georgia, kind), "json"))
    assert len(rows) == sum(map(len, data["tables"].values()))
    assert {row["table"] for row in rows} == set(data["tables"])
    assert {SOURCE in row["source"] for row in rows} == {True}
    assert data["title"] == title(georgia, kind, "en")
    assert SOURCE in data["source"]
    if kind == "compare":
        of = {(row["region_code"], row["industry_code"]): row for row in rows}
        assert of["GE-AB", "C"]["location_quotient"] == ""
        assert of["GE-AB", "C"]["location_quotient_status"] == "missing"
        assert float(of["GE-KA", "C"]["location_quotient"]) == pytest.approx(2.2723, abs=1e-4)
        figures = {(one["figure"], one["region_code"]): one for one in data["tables"]["figures"]}
        assert figures["population", "GE-KA"]["value"] == 299_900
        assert figures["population", "GE-AB"]["value"] is None


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_says_what_it_is_of_where_it_has_room(
    georgia: Release, kind: str, form: str
) -> None:
    snapshot = usual(georgia, kind, "ka", title="ღვინო “<” & 'co'", notes="Draft")
    content = written(georgia, snapshot, form)
    if form.startswith("csv"):
        return
    assert read_snapshot(content) == snapshot
    assert written(georgia, read_snapshot(content), form) == content


@pytest.mark.parametrize("name", [SCRIPT, FORMULA, RIGHT_TO_LEFT, TEMPLATE])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
def test_names_that_mean_harm_come_out_as_themselves(
    toyland: Release, kind: str, name: str
) -> None:
    snapshot = usual(toyland, kind)
    view = renamed(profile_of(snapshot, toyland), name)
    said = printable(name)
    root = ElementTree.fromstring(written(toyland, snapshot, "svg", view))
    assert not [one for one in root.iter() if one.tag.rpartition("}")[2] == "script"]
    statement = root.findtext("{http://www.w3.org/2000/svg}title")
    assert statement is not None
    assert said in statement or kind == "compare"
    deck = Presentation(io.BytesIO(written(toyland, snapshot, "pptx", view)))
    check_room(deck)
    assert deck.slides[0].shapes.title.text == statement
    assert written(toyland, snapshot, "pdf", view).startswith(b"%PDF-")
    book = openpyxl.load_workbook(io.BytesIO(written(toyland, snapshot, "xlsx", view)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert name in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    rows = csv.reader(io.StringIO(written(toyland, snapshot, "csv", view).decode()))
    assert name in [cell for row in rows for cell in row]
    escaped = written(toyland, snapshot, "csv-escaped", view).decode("utf-8-sig")
    cells_said = [cell for row in csv.reader(io.StringIO(escaped)) for cell in row]
    assert not [cell for cell in cells_said if cell.startswith("=")]


def test_the_command_line_writes_them_and_makes_them_again(run: Run, tmp_path: Path) -> None:
    answer = run("snapshot", "--view", "region", "--region", "GE-KA", "--lang", "ka",
                 "--format", "svg", "--output", tmp_path)  # fmt: skip
    first = tmp_path / "georgia_kakheti_profile_2022_ka.svg"
    assert (answer.code, answer.out) == (0, f"{first}\n")
    again = tmp_path / "again.json"
    assert run("snapshot", "--from", first, "--format", "json", "--output", again).code == 0
    assert json.loads(again.read_text())["snapshot"]["region"] == "GE-KA"
    refused = run("snapshot", "--view", "cluster", "--format", "gpkg", "--output", tmp_path)
    assert refused.code == 2
    assert "There is no “gpkg” of the view “cluster”. There are: briefing-pdf" in refused.err
    link = "https://atlas.example/compare?regions=GE-KA,GE-TB&year=2022"
    answer = run("snapshot", "--link", link, "--format", "csv", "--output", tmp_path)
    assert answer.out.endswith("georgia_compare_kakheti_tbilisi_2022_en.csv\n")
    refused = run("snapshot", "--view", "table", "--output", tmp_path)
    assert "No snapshot can be taken of “table”" in refused.err
    assert len(list(tmp_path.iterdir())) == 3
