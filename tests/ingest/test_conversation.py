"""An import as a conversation: which step comes next, and what it asks."""

from __future__ import annotations

import shutil
from pathlib import Path

import published
import pytest
from conftest import TOYLAND

from atlas.errors import AtlasError, DataError
from atlas.ingest import conversation, shelf
from atlas.ingest.conversation import Conversation
from atlas.ingest.importing import import_file
from atlas.ingest.wishes import LEFT_OUT


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOYLAND, tmp_path / "toyland"))


def begin(folder: Path, content: bytes, table: str) -> Conversation:
    source = folder.parent / "brought"
    source.write_bytes(content)
    talk = Conversation(folder, source, table)
    assert talk.step == "read"
    look(talk)
    return talk


def look(talk: Conversation) -> None:
    talk.report = import_file(talk.source, talk.folder, talk.wishes(check_only=True))


def test_the_steps_of_each_table() -> None:
    steps = {
        table: Conversation(Path(), Path(), table).steps
        for table in ("employment", "firms", "boundaries", "signs")
    }
    assert steps == {
        "employment": ("read", "columns", "regions", "industries", "report", "import"),
        "firms": ("read", "columns", "regions", "industries", "places", "report", "import"),
        "boundaries": ("read", "columns", "regions", "report", "import"),
        "signs": ("read", "columns", "report", "import"),
    }


def test_columns_then_names_then_reasons_then_the_import(edition: Path) -> None:
    talk = begin(edition, b"Region;Sector;Year;Employees\nToylend;A;2020;5\n", "observations")
    assert talk.step == "columns"
    talk.columns = {"Region": "region_code", "Sector": "industry_code", "Year": "year",
                    "Employees": "employment"}  # fmt: skip
    look(talk)
    assert talk.step == "regions"
    ((word, count),) = talk.asked("regions")
    assert (word.word, word.code, count) == ("Toylend", "XT", 1)
    assert talk.asked("industries") == []
    talk.meanings = {"regions": {"Toylend": "XT"}}
    look(talk)
    assert talk.step == "report"
    assert talk.measures() == ["employment"]
    talk.accepted = dict.fromkeys(talk.reasons(), "known")
    look(talk)
    assert talk.step == "import"
    talk.returned = True
    assert talk.step == "columns"


def test_a_column_that_lacks_is_asked_for(edition: Path) -> None:
    talk = begin(edition, b"region_code,industry_code,employment\nXT-S,A,5\n", "observations")
    assert (talk.step, talk.lacking()) == ("columns", ["year"])
    talk.constants = {"year": "2020"}
    look(talk)
    assert talk.step != "columns"
    # Whoever goes back finds what was said.
    assert talk.lacking() == ["year"]


def test_what_divides_a_published_table_is_asked_for(edition: Path) -> None:
    talk = begin(edition, published.PXWEB_DATA, "employment")
    assert talk.step == "columns"
    assert talk.divided() == {"Indicator": ["Employed", "Hired"]}
    report = talk.report
    assert report is not None
    talk.columns = {column.header: column.field for column in report.columns}
    talk.only = {"Indicator": "Employed"}
    look(talk)
    assert talk.divided() == {"Indicator": ["Employed", "Hired"]}
    assert talk.step != "columns"


def test_outlines_that_are_not_wanted(edition: Path) -> None:
    drawn = (TOYLAND / "boundaries.geojson").read_bytes()
    talk = begin(edition, drawn.replace(b'"XT-E"', b'"Elsewhere"'), "boundaries")
    assert talk.step == "regions"
    assert [one.word for one, _ in talk.asked("regions")] == ["Elsewhere"]
    talk.meanings = {"regions": {"Elsewhere": LEFT_OUT}}
    look(talk)
    assert talk.asked("regions") == []
    assert talk.step == "report"


def test_a_coordinate_system_that_could_name_a_file_is_refused(edition: Path) -> None:
    talk = begin(edition, (TOYLAND / "boundaries.geojson").read_bytes(), "boundaries")
    for word in ("/etc/passwd", "+proj=longlat", "EPSG:4326\n/etc", "4326"):
        talk.reading = {"crs": word}
        with pytest.raises(DataError) as refused:
            look(talk)
        assert refused.value.kind == "not_a_pair"
    talk.reading = {"crs": "epsg:4326"}
    look(talk)
    assert talk.report is not None
    assert talk.report.about["crs"] == "EPSG:4326"


def test_fields_are_those_of_the_table() -> None:
    assert conversation.fields_of("boundaries") == ["region_code", "parent_code", "name_en"]
    figures = conversation.fields_of("turnover")
    assert "turnover" in figures
    assert "employment" not in figures


# --- where editions lie --------------------------------------------------------------------


def test_the_editions_of_a_folder(edition: Path, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "datapackage.json").write_text("{")
    (tmp_path / "no-edition").mkdir()
    (tmp_path / "linked").symlink_to(edition)
    found = shelf.editions(tmp_path)
    assert sorted(found) == ["broken", "toyland"]
    assert found["broken"] == {}
    assert found["toyland"]["name"] == "toyland"
    assert shelf.folder_of("toyland", tmp_path) == edition
    for name in ("linked", "..", "../toyland", "no-edition", ""):
        with pytest.raises(AtlasError) as refused:
            shelf.folder_of(name, tmp_path)
        assert refused.value.kind == "unknown_folder"
    assert shelf.editions(tmp_path / "none") == {}


def test_what_an_edition_holds(edition: Path) -> None:
    held = shelf.holdings(edition)
    assert (held["regions"], held["firms"], held["observations"]) == (6, 2, 13)
    assert "facts" not in held or held["facts"] > 0
    assert shelf.rows_of(edition, "regions")["XT-E"]["name_en"] == "East"


def test_an_edition_is_begun_under_a_plain_name_alone(tmp_path: Path) -> None:
    made = shelf.begin("malta", tmp_path, "MT")
    assert (made / "datapackage.json").is_file()
    for name in ("../malta", "Malta", "", "a/b", "x" * 65):
        with pytest.raises(DataError) as refused:
            shelf.begin(name, tmp_path, "MT")
        assert refused.value.kind == "edition_name"
    with pytest.raises(DataError) as there:
        shelf.begin("malta", tmp_path, "MT")
    assert there.value.kind == "edition_there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["malta"]
