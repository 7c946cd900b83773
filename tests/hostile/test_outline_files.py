"""Hostile and broken files of outlines: each is refused or reported with a clear sentence, and
changes nothing."""

from __future__ import annotations

import json
import shutil
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import outline_files as files
import pytest
import shapely
from commands import Answer, Run
from files import SECRET
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from refusing import is_refused, state

from atlas.config import ROOT
from atlas.ingest import apart, outline_reader
from atlas.text import ERRORS

Bring = Callable[..., Answer]
TAKEN = ("--accept-columns", "--accept-names", "--accept", "replaced=in this test")
SOUND = {ending: files.written(ending) for ending in (".geojson", ".gpkg", ".zip", ".kml")}
SOUND[".parquet"] = files.written(".parquet")
PARTS = files.shapefile()


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests" / "toyland", tmp_path / "toyland"))


@pytest.fixture
def bring(run: Run, edition: Path, tmp_path: Path) -> Bring:
    def call(name: str, content: bytes, *more: object) -> Answer:
        path = tmp_path / name
        path.write_bytes(content)
        return run("import", path, "--edition", edition, "--table", "boundaries", *TAKEN, *more)

    return call


def _grid(geo: dict[str, object]) -> None:
    crs = geo["columns"]["geometry"]  # type: ignore[index]
    crs["crs"] = "+proj=longlat +nadgrids=/etc/passwd +no_defs"


def _no_encoding(geo: dict[str, object]) -> None:
    geo["columns"]["geometry"]["encoding"] = "polygon"  # type: ignore[index]


REFUSED = {
    "a zip bomb": ("a.zip", lambda: files.packed(PARTS, **{"b.txt": b" " * 300_000_000}),
                   "unpacks to more than is read"),
    "a path out of a zip": ("a.zip", lambda: files.packed(PARTS, **{"../../a.shp": b"x"}),
                            "leads out of it: “../../a.shp”"),
    "2500 parts": ("a.zip", lambda: files.packed(PARTS, **{f"{n}.txt": b"" for n in range(2500)}),
                   "holds 25"),
    "a zip without shapes": ("a.zip", lambda: files.packed({".txt": b"x"}), "is ZIP, no file of"),
    "a Shapefile without its table": (
        "a.zip", lambda: files.packed({k: v for k, v in PARTS.items() if k != ".dbf"}),
        "lacks the part .dbf of the Shapefile “a”"),
    "one part alone": ("a.shp", lambda: PARTS[".shp"], "is one part of a Shapefile"),
    "entities in KML": ("a.kml", lambda: files.kml('<!DOCTYPE k [<!ENTITY x "y">]>', "&x;"),
                        "entities in “a.kml”"),
    "entities in KML of UTF-16": (
        "a.kml", lambda: files.kml('<!DOCTYPE k [<!ENTITY x "y">]>', "&x;").decode().replace(
            '"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"), "entities in “a.kml”"),
    "a GeoJSON cut off": ("a.geojson", lambda: SOUND[".geojson"][:-90], "is cut off, damaged"),
    "a GeoPackage cut off": ("a.gpkg", lambda: SOUND[".gpkg"][:20_000], "is cut off, damaged"),
    "a zip cut off": ("a.zip", lambda: SOUND[".zip"][:-200], "is cut off or damaged"),
    "a Shapefile cut off within": (
        "a.zip", lambda: files.packed({**PARTS, ".shx": PARTS[".shx"][:60]}), "cut off, damaged"),
    "a KML cut off": ("a.kml", lambda: SOUND[".kml"][:900], "is cut off, damaged"),
    "a GeoParquet cut off": ("a.parquet", lambda: SOUND[".parquet"][:-9], "is cut off or damaged"),
    "two gigabytes claimed in a GeoParquet": (
        "a.parquet", lambda: SOUND[".parquet"][:-8] + (2**31 - 1).to_bytes(4, "little") + b"PAR1",
        "is cut off or damaged"),
    "an empty file": ("a.geojson", bytes, "holds no rows"),
    "no features": ("a.geojson", files.geojson, "holds no rows"),
    "not a number in GeoJSON": (
        "a.geojson", lambda: files.geojson(files.polygon((0, 1), (2, 1), (2, 2), (0, 1))).replace(
            b"[2, 2]", b"[2, 1e999]"), "is cut off, damaged"),
    "a database of something else": (
        "a.gpkg", lambda: b"SQLite format 3\0" + b"\0" * 200, "is SQLite, no file of boundaries"),
    "a web page called KML": ("a.kml", lambda: b"<html><p>1", "is XML/HTML, no file of"),
    "a GeoPackage called GeoJSON": ("a.geojson", lambda: SOUND[".gpkg"], "call it .gpkg"),
    "a GeoJSON called GeoPackage": ("a.gpkg", lambda: SOUND[".geojson"], "it holds geojson"),
    "a Parquet without outlines": ("a.parquet", lambda: files.geoparquet(dict.clear),
                                   "cannot be read as geoparquet"),
    "an unknown encoding in GeoParquet": (
        "a.parquet", lambda: files.geoparquet(_no_encoding), "cannot be read as geoparquet"),
    "10,000 columns": ("a.parquet", lambda: files.wide(10_000), "has 10001 columns; 1000 are"),
    "a table instead of outlines": ("a.csv", lambda: b"code,n\nXT-N,North\n", "is text, no file"),
    "a list of addresses as GeoJSON": (
        "a.geojson", lambda: b'{"type":"Topology","objects":{}}', "is cut off, damaged or other"),
    "a service of features": (
        "a.geojson", lambda: b'{"features":[],"crs":{"type":"link","properties":'
        b'{"href":"http://127.0.0.1:9/x"}}}', "is cut off, damaged or other"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_and_changes_nothing(bring: Bring, edition: Path, what: str) -> None:
    name, make, sentence = REFUSED[what]
    is_refused(bring, edition, name, make(), sentence)


def _claiming() -> bytes:
    """A polygon that says to have two thousand million corners."""
    head = b"\x01" + (3).to_bytes(4, "little") + (1).to_bytes(4, "little")
    return files.stored(head + (2**31 - 1).to_bytes(4, "little") + b"\0" * 32)


CROSSING = [(0, 1), (2, 2), (2, 1), (0, 2), (0, 1)]
REPORTED = {
    "corners that are no numbers": (
        "a.gpkg", files.infinite, "row 1: the outline has coordinates that are no numbers"),
    "a geometry that claims two gigabytes": (
        "a.gpkg", _claiming, "row 1: the outline "),
    "a polygon that crosses itself": (
        "a.geojson", lambda: files.geojson(files.polygon(*CROSSING)),
        "row 1: the outline crosses or touches itself near 1, 1.5; it was mended"),
    "an empty polygon": (
        "a.geojson", lambda: files.geojson({**files.polygon(), "geometry": {
            "type": "Polygon", "coordinates": []}}), "row 1: the outline is empty"),
    "no polygon at all": (
        "a.geojson", lambda: files.geojson({**files.polygon(), "geometry": None}),
        "row 1: the outline "),
    "metres said to be degrees": (
        "a.gpkg", lambda: files.written(".gpkg", files.toyland().to_crs(3857).set_crs(
            4326, allow_override=True)), "all outlines lie outside the world"),
    "north and east exchanged": (
        "a.geojson", lambda: files.written(".geojson", files.toyland().set_geometry(
            shapely.transform(files.toyland().geometry.to_numpy(), lambda at: at[:, ::-1] + 40))),
        "outlines meets its region as it is known"),
    "a region twice": (
        "a.gpkg", lambda: files.written(".gpkg", files.toyland(code=[
            "XT-N", "XT-S", "XT-E", "XT-N1", "XT-N1"])), "2 features are this region"),
    "a code that is a path": (
        "a.geojson", lambda: files.geojson(files.polygon((0, 1), (2, 1), (2, 2), (0, 1)), {
            **files.polygon((0, 1), (2, 1), (2, 2), (0, 1)),
            "properties": {"code": "../../etc/passwd"}}),
        "“../../etc/passwd”: means nothing that the edition has"),
}  # fmt: skip


@pytest.mark.parametrize("what", REPORTED)
def test_it_is_reported_and_changes_nothing(bring: Bring, edition: Path, what: str) -> None:
    name, make, sentence = REPORTED[what]
    before = state(edition)
    answer = bring(name, make())
    assert (answer.code, answer.err) == (1, ""), answer.err
    assert sentence in answer.out, answer.out
    assert "Nothing was written" in answer.out
    assert state(edition) == before


@pytest.mark.parametrize("name", ["a.gpkg", "a.kml", "a.geojson", "a.zip", "a.vrt"])
def test_no_other_file_is_ever_read(bring: Bring, edition: Path, tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret.geojson"
    secret.write_bytes(SOUND[".geojson"].replace(b"XT-N", SECRET.encode()))
    before = state(edition)
    answer = bring(name, files.redirected(secret))
    assert (answer.code, answer.out) == (2, "")
    assert "is XML/HTML, no file of boundaries" in answer.err
    assert SECRET not in answer.err
    # Dressed up as what it is not: the mark of a KML within.
    dressed = bring(
        "b.kml", files.redirected(secret).replace(b"<OGRVRTLayer", b"<kml/><OGRVRTLayer")
    )
    assert (dressed.code, dressed.out) == (2, "")
    assert SECRET not in dressed.err
    assert state(edition) == before


def test_no_entity_of_a_kml_is_followed(bring: Bring, edition: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    before = state(edition)
    doctype = f'<!DOCTYPE kml [<!ENTITY x SYSTEM "file://{secret}">]>'
    answer = bring("a.kml", files.kml(doctype, "&x;"))
    assert (answer.code, answer.out) == (2, "")
    assert "entities in “a.kml”" in answer.err
    assert SECRET not in answer.err
    assert state(edition) == before


@pytest.mark.parametrize("link", [
    '<NetworkLink><name>l</name><Link><href>file://{secret}</href></Link></NetworkLink>',
    '<NetworkLink><Link><href>http://127.0.0.1:9/a.kml</href></Link></NetworkLink>',
])  # fmt: skip
def test_no_link_of_a_kml_is_followed(bring: Bring, tmp_path: Path, link: str) -> None:
    secret = tmp_path / "secret.kml"
    secret.write_bytes(files.kml("", SECRET))
    linked = files.kml("", "XT-N").replace(b"<Folder>", link.format(secret=secret).encode()
                                           + b"<Folder>")  # fmt: skip
    answer = bring("a.kml", linked, "--sheet", "a", "--accept", "outlines_overlap=seen",
                   "--accept", "outlines_gap=seen")  # fmt: skip
    assert answer.code == 0, answer.out + answer.err
    assert SECRET not in answer.out
    assert "1 features." in answer.out


def test_no_file_of_a_coordinate_system_is_followed(bring: Bring, edition: Path) -> None:
    before = state(edition)
    answer = bring("a.parquet", files.geoparquet(_grid))
    assert (answer.code, answer.out) == (2, "")
    assert "names another file in its coordinate system. It was not followed." in answer.err
    assert state(edition) == before


def test_a_view_of_a_geopackage_reads_no_file(bring: Bring, tmp_path: Path, edition: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    before = state(edition)
    answer = bring("a.gpkg", files.viewing(secret), "--sheet", "v")
    assert answer.code > 0
    assert SECRET not in answer.out + answer.err
    assert state(edition) == before


def test_text_stays_text(bring: Bring, edition: Path) -> None:
    words = ["<script>alert(1)</script>", "=1+1", "South", "East", "N"]
    answer = bring("a.gpkg", files.written(".gpkg", files.toyland(name_ka=words)))
    assert answer.code == 0, answer.out
    assert "row 1, name_ka, “<script>alert(1)</script>”: holds HTML" in answer.out
    assert "row 2, name_ka, “=1+1”: begins like a formula" in answer.out
    assert "script" not in (edition / "regions.csv").read_text(encoding="utf-8")


def test_too_many_features_and_corners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(outline_reader, "MOST_CORNERS", 10)
    said = _asked(SOUND[".parquet"], "a.parquet", tmp_path, monkeypatch, capsys)
    assert said["error"] == "outline_long"


# --- fuzzing -------------------------------------------------------------------------------

STEADY = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def _asked(
    content: bytes,
    name: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> dict[str, object]:
    """What the reading process says of some bytes, run here without its limits and its choice of
    one driver, which have tests of their own."""
    monkeypatch.chdir(folder)
    for path in folder.iterdir():
        path.unlink()
    monkeypatch.setattr(apart, "_limit", lambda: None)
    import pyogrio

    monkeypatch.setattr(outline_reader, "_gdal", lambda _driver, _known: pyogrio)
    Path("source").write_bytes(content)
    job = {"name": name, "table": "boundaries", "sheet": None, "encoding": None,
           "separator": None, "crs": None, "drivers": []}  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["apart", json.dumps(job)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in the process itself, where they are no errors
        apart.main()
    said: dict[str, object] = json.loads(capsys.readouterr().out)
    assert ("kind" in said) != (said.get("error") in ERRORS), said
    return said


@pytest.mark.parametrize("ending", SOUND)
@given(data=st.data())
@STEADY
def test_any_change_of_a_sound_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ending: str,
    data: st.DataObject,
) -> None:
    spoilt = bytearray(SOUND[ending])
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(spoilt)))
    content = bytes(spoilt[:cut]) if data.draw(st.booleans()) else bytes(spoilt)
    folder = tmp_path / "work"
    folder.mkdir(exist_ok=True)
    _asked(content, f"a{ending}", folder, monkeypatch, capsys)


@given(corners=st.lists(st.tuples(st.floats(), st.floats()), max_size=8))
@STEADY
def test_any_corners(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    corners: list[tuple[float, float]],
) -> None:
    folder = tmp_path / "work"
    folder.mkdir(exist_ok=True)
    content = files.geojson(files.polygon(*corners))
    said = _asked(content, "a.geojson", folder, monkeypatch, capsys)
    assert said.get("error", said.get("kind")) in (
        "geojson", "outline_unreadable", "source_empty"
    )  # fmt: skip


def test_one_driver_alone_is_on(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(SOUND[".gpkg"])
    with apart.read(path, "boundaries") as found:
        assert found.about["kind"] == "gpkg"
    # Where the others cannot be turned off, nothing is read.
    with pytest.raises(RuntimeError, match="other drivers are on"):
        outline_reader._gdal("GPKG", [])
