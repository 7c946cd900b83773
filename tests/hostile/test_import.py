"""Hostile and broken files: each is refused with a clear sentence, and changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import files
import pytest
from commands import Answer, Run
from files import HEADER, ROW, SECRET, table, workbook
from refusing import is_refused, state

from atlas.config import ROOT
from atlas.ingest import source


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests" / "toyland", tmp_path / "toyland"))


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


class Bringing:
    """Tries to import a file with everything accepted that can be."""

    def __init__(self, run: Run, edition: Path, folder: Path) -> None:
        self.run, self.edition, self.folder = run, edition, folder

    def __call__(
        self, name: str, content: bytes, *more: object, table: str = "observations"
    ) -> Answer:
        path = self.folder / name
        path.write_bytes(content)
        accepted = [
            word
            for rule in ("totals", "formulas", "shares", "replaced", "same_firm", "like_firm")
            for word in ("--accept", f"{rule}=in this test")
        ]
        return self.run("import", path, "--edition", self.edition, "--table", table,
                        "--accept-columns", "--accept-names", *accepted, *more)  # fmt: skip


@pytest.fixture
def bring(run: Run, edition: Path, tmp_path: Path) -> Bringing:
    return Bringing(run, edition, tmp_path)


SOUND = workbook()
REFUSED = {
    "zip bomb": ("a.xlsx", files.bomb, "unpacks to more than is read"),
    "path out of a zip": ("a.xlsx", files.climbing, "leads out of it: “../../escaped.xml”"),
    "2500 parts": ("a.xlsx", files.crowded, "holds 25"),
    "a billion laughs": ("a.xlsx", files.laughing, "entities in “xl/sharedStrings.xml”"),
    "a cell in the last corner": ("a.xlsx", files.vast, "more memory or time than a file may take"),
    "a workbook cut off": ("a.xlsx", lambda: SOUND[: len(SOUND) // 2], "is cut off or damaged"),
    "a workbook cut off in a part": ("a.xlsx", lambda: SOUND[200:], "it holds text"),
    "an XLS cut off": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
                       "is cut off or damaged"),
    "a Parquet cut off": ("a.parquet", lambda: files.parquet(region_code=["XT-N"])[:-9],
                          "is cut off or damaged"),
    "a Parquet with a broken middle": ("a.parquet", lambda: b"PAR1" + b"\xff" * 50 + b"PAR1",
                                       "is cut off or damaged"),
    "two gigabytes claimed": ("a.parquet", files.claiming, "is cut off or damaged"),
    "nested Parquet": ("a.parquet", lambda: files.parquet(region_code=[["XT-N"]]),
                       "which is no plain cell"),
    "an ODS cut off": ("a.ods", lambda: files.ods(files.ods_row(*HEADER))[:200],
                       "is cut off or damaged"),
    "an ODS with entities": ("a.ods", lambda: files.ods("", '<!DOCTYPE a [<!ENTITY b "c">]>'),
                             "entities in “content.xml”"),
    "10,000 columns": ("a.csv", lambda: table(tuple("1" * 10_000), header=("c",) * 10_000),
                       "has 10000 columns; 1000 are the most"),
    "10,000 columns in Parquet": (
        "a.parquet", lambda: files.parquet(**{f"c{n}": [1] for n in range(10_000)}),
        "has 10000 columns; 1000 are the most"),
    "NUL bytes": ("a.csv", lambda: table(ROW, ("XT-N\0", "A", "2022", "5")), "is no text"),
    "a quotation without end": ("a.csv", lambda: table(ROW) + b'XT-N,"A,2022,5\n',
                                "quotation marks of “a.csv” do not match"),
    "an empty file": ("a.csv", bytes, "holds no rows"),
    "only empty lines": ("a.csv", lambda: b"\n\n\n", "holds no rows"),
    "a header alone": ("a.csv", table, "holds no rows"),
    "a PDF": ("a.csv", lambda: b"%PDF-1.7\n1 0 obj", "is PDF, not a table"),
    "a web page called XLS": ("a.xls", lambda: b"<html><table><tr><td>1", "is XML/HTML, not a"),
    "a database called Parquet": ("a.parquet", lambda: b"SQLite format 3\0" + b"\0" * 100,
                                  "is SQLite, not a table"),
    "gzip called CSV": ("a.csv", lambda: b"\x1f\x8b\x08" + b"\0" * 50, "is gzip, not a table"),
    "a workbook called CSV": ("a.csv", lambda: SOUND, "call it .xlsx"),
    "text called XLSX": ("a.xlsx", lambda: table(ROW), "it holds text"),
    "a zip of anything": ("a.xlsx", lambda: files.changed(
        SOUND, {}).replace(b"xl/workbook.xml", b"xl/warkbook.xml"), "is ZIP, not a table"),
    "one cell of 200,000 letters": ("a.csv", lambda: table(("x" * 200_000, "A", "2022", "5")),
                                    "do not match"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_and_changes_nothing(bring: Bringing, edition: Path, what: str) -> None:
    name, make, sentence = REFUSED[what]
    is_refused(bring, edition, name, make(), sentence)


WRONG = {
    "infinity and not a number": (
        table(*[("XT-N", "A", "2022", word) for word in ("NaN", "inf", "-Infinity", "1e999")][:1],
              ("XT-S", "A", "2022", "inf"), ("XT-E", "A", "2022", "1e999")),
        ["row 2, employment, “NaN”: not a number [number]", "row 3, employment, “inf”: not a",
         "row 4, employment, “1e999”: not a number"]),
    "a key twice": (
        table(ROW, ("XT-S", "A", "2022", "1"), ROW),
        ["row 4, region_code, industry_code, year, “XT-N, A, 2022”: the key is there more"]),
    "a row cut off": (
        table(ROW) + b"XT-S,A,2022\n", ["row 3: 3 cells, where the header has 4 [ragged]"]),
    "a row too long": (
        table(ROW) + b"XT-S,A,2022,1,2\n", ["row 3: 5 cells, where the header has 4 [ragged]"]),
    "an unknown region": (
        table(("../../etc/passwd", "A", "2022", "5")),
        ["row 2, region_code, “../../etc/passwd”: means nothing that the edition has"]),
    "a negative count": (table(("XT-N", "A", "2022", "-5")), ["“-5”: may not be negative"]),
    "half a year": (table(("XT-N", "A", "2022.5", "5")), ["“2022.5”: not a whole number"]),
    "two ways to write a number": (
        table(("XT-N", "A", "2022", '"1,5"'), ("XT-S", "A", "2022", "1.5")),
        ["a comma in 1 numbers and a point in 1 [mixed_numbers]"]),
    "a number that can be two": (
        table(("XT-N", "A", "2022", "1.234")), ["1 numbers such as 1.234 or 1,234 can be read"]),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_it_is_reported_and_changes_nothing(bring: Bringing, edition: Path, what: str) -> None:
    content, sentences = WRONG[what]
    before = state(edition)
    answer = bring("a.csv", content)
    assert (answer.code, answer.err) == (1, ""), answer.err
    for sentence in sentences:
        assert f"Error: a.csv, {sentence}" in answer.out or sentence in answer.out, answer.out
    assert "Nothing was written: " in answer.out
    assert state(edition) == before


def test_no_other_file_is_ever_read(bring: Bringing, edition: Path, secret: Path) -> None:
    before = state(edition)
    refused = bring("a.xlsx", files.entity(secret))
    assert refused.code == 2
    assert "defines entities in “xl/sharedStrings.xml”" in refused.err
    assert state(edition) == before
    # A link to another workbook is no entity: the sheet is read, the link is not followed.
    read = bring("b.xlsx", files.linked(secret))
    assert read.code == 0, read.out
    for said in (refused.err, read.out, (edition / "observations.csv").read_text()):
        assert SECRET not in said


def test_a_name_of_many_files_is_one_file(bring: Bringing, tmp_path: Path) -> None:
    (tmp_path / "a1.csv").write_bytes(table(("XT-S", "A", "2022", "7")))
    answer = bring("a*.csv", table(ROW))
    assert answer.code == 0, answer.out
    assert "File: a*.csv" in answer.out
    assert "1 rows under the header" in answer.out


def test_formulas_are_read_as_their_results_or_not_at_all(bring: Bringing, edition: Path) -> None:
    before = state(edition)
    answer = bring("a.xlsx", files.uncomputed())
    assert answer.code == 1
    assert (
        "Error: a.xlsx: 1 cells hold a formula that was never worked out [uncomputed]" in answer.out
    )
    assert state(edition) == before
    worked_out = bring("b.xlsx", workbook(("XT-N", "A", 2022, "=2+3")))
    assert "Warning: b.xlsx: 1 cells hold a formula; their last result is read" in worked_out.out
    assert worked_out.code == 0


def test_text_stays_text(bring: Bringing, edition: Path) -> None:
    rows = (
        'f1,"=HYPERLINK(""http://x"")",XT-N,<script>alert(1)</script>',
        "f2,@SUM(1),XT-S,plain",
    )
    content = "\n".join(("firm_id,name,region_code,note", *rows)).encode()
    for table_ in ("members", "linkages"):
        (edition / f"{table_}.csv").unlink()
    answer = bring("a.csv", content, table="firms")
    assert answer.code == 0, answer.out
    assert 'row 2, name, “=HYPERLINK("http://x")”: begins like a formula' in answer.out
    assert "row 2, note, “<script>alert(1)</script>”: holds HTML" in answer.out
    written = (edition / "firms.csv").read_text(encoding="utf-8").splitlines()
    assert written[0] == "firm_id,name,region_code,note"
    assert written[1:] == list(rows)


def test_an_ods_is_read(bring: Bringing) -> None:
    answer = bring("a.ods", files.ods(files.ods_row(*HEADER) + files.ods_row(*ROW)))
    assert answer.code == 0, answer.out
    assert "Read as ods, S: 1 rows" in answer.out


def test_a_file_of_too_many_bytes(
    bring: Bringing, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(source, "MOST_BYTES", 10)
    path = tmp_path / "a.csv"
    path.write_bytes(table(ROW))
    with pytest.raises(Exception, match="source_large"):
        source.inspect(path, "a.csv")


def test_no_such_file(run: Run, edition: Path, tmp_path: Path) -> None:
    answer = run("import", tmp_path / "none.csv", "--edition", edition)
    assert answer == Answer(
        2, "", f"atlas: “{tmp_path / 'none.csv'}” cannot be opened: No such file or directory\n"
    )


def test_a_folder_is_no_file(run: Run, edition: Path, tmp_path: Path) -> None:
    answer = run("import", tmp_path, "--edition", edition)
    assert (answer.code, answer.out) == (2, "")
    assert "cannot be opened" in answer.err
