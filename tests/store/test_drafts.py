"""Drafts: nobody sees them; publishing, rolling back and deleting, each of it recorded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from confidential import write_edition

from atlas.config import ROOT
from atlas.errors import AtlasError, ChoiceError, ReleaseError
from atlas.ingest.build import build
from atlas.store import database, drafts, record, releases

TOYLAND = ROOT / "tests" / "toyland"


@pytest.fixture
def home(toyland_home: Path, tmp_path: Path) -> Path:
    """A home of its own with a release of toyland."""
    return shutil.copytree(toyland_home, tmp_path / "home")


def edition(folder: Path, people: int) -> Path:
    """Toyland with that many people on XT-S's farms in 2020, where it has 100."""
    shutil.copytree(TOYLAND, folder)
    text = (folder / "observations.csv").read_text(encoding="utf-8")
    text = text.replace("XT-S,A,2020,100", f"XT-S,A,2020,{people}")
    (folder / "observations.csv").write_text(text, encoding="utf-8")
    return folder


def farming(home: Path, release_id: str | None = None) -> float:
    """What readers are told of XT-S's farms in 2020, by a link or by the current release."""
    if release_id is None:
        release = releases.current("toyland", home)
    else:
        release = releases.find("toyland", release_id, home)
    frame = database.run("map/slice", release, industry="A", year=2020, since=2020)
    own = frame[(frame["metric"] == "amount") & (frame["measure"] == "employment")]
    return float(own.set_index("region_code").loc["XT-S", "value"])


def steps(home: Path) -> list[tuple[str, str, str | None]]:
    """The record, the newest first: step, who, release."""
    return [(one.step, one.who, one.release_id) for one in record.entries("toyland", home)]


def kind(error: pytest.ExceptionInfo[AtlasError]) -> str:
    return error.value.kind


# --- drafts --------------------------------------------------------------------------------


def test_a_draft_is_seen_by_nobody_who_does_not_ask_for_drafts(home: Path, tmp_path: Path) -> None:
    before = releases.current("toyland", home)
    draft = build(edition(tmp_path / "e", 90), home, draft=True, who="Nino")
    assert releases.published("toyland", home) == [before]
    assert releases.editions(home) == ["toyland"]
    assert farming(home) == 100
    with pytest.raises(ChoiceError) as raised:
        releases.find("toyland", draft, home)
    assert kind(raised) == "unknown_release"
    (found,) = releases.drafts("toyland", home)
    assert (found.edition, found.release_id) == ("toyland", draft)
    assert releases.find_draft("toyland", draft, home) == found
    frame = database.run("choices/regions", found)
    assert len(frame) == 6
    assert steps(home)[0] == ("built", "Nino", draft)


def test_a_draft_before_the_first_release(tmp_path: Path) -> None:
    home = tmp_path / "home"
    draft = build(TOYLAND, home, draft=True)
    assert releases.editions(home) == []
    assert [one.release_id for one in releases.drafts("toyland", home)] == [draft]
    published = drafts.publish_draft("toyland", draft, who="Nino", home=home)
    assert (published.release_id, farming(home)) == (draft, 100)


def test_a_draft_of_what_is_published_is_refused(home: Path) -> None:
    with pytest.raises(ReleaseError) as raised:
        build(TOYLAND, home, draft=True)
    assert kind(raised) == "published_already"
    assert releases.drafts("toyland", home) == []


def test_a_draft_built_again_takes_the_place_of_the_first(home: Path, tmp_path: Path) -> None:
    folder = edition(tmp_path / "e", 90)
    first = build(folder, home, draft=True)
    path = releases.find_draft("toyland", first, home).path
    assert build(folder, home, draft=True) == first
    (only,) = releases.drafts("toyland", home)
    # In a folder of its own: whoever keeps what the first one said does not mix them up.
    assert (only.release_id, only.path != path, path.exists()) == (first, True, False)


# --- publishing ----------------------------------------------------------------------------


def test_publishing_rolling_back_and_old_links(home: Path, tmp_path: Path) -> None:
    old = releases.current("toyland", home).release_id
    draft = build(edition(tmp_path / "e", 90), home, draft=True, who="Nino")
    new = drafts.publish_draft("toyland", draft, who="Ana", home=home)
    assert (new.release_id, new.path.name) == (draft, draft)
    assert (farming(home), farming(home, old), farming(home, draft)) == (90, 100, 90)
    assert releases.drafts("toyland", home) == []
    back = drafts.roll_back("toyland", old, who="Giorgi", home=home)
    assert back.release_id == old
    assert (farming(home), farming(home, old), farming(home, draft)) == (100, 100, 90)
    assert steps(home)[:3] == [
        ("rolled_back", "Giorgi", old),
        ("published", "Ana", draft),
        ("built", "Nino", draft),
    ]
    rolled, published, built = record.entries("toyland", home)[:3]
    assert (rolled.note, published.note) == (draft, old)
    assert built.files == published.files == new.manifest["checksums"]
    assert "observations.csv" in built.files
    assert built.when < published.when < rolled.when
    assert built.when.utcoffset() is not None


def test_what_is_done_already_is_done_again_without_a_trace(home: Path, tmp_path: Path) -> None:
    draft = build(edition(tmp_path / "e", 90), home, draft=True)
    drafts.publish_draft("toyland", draft, who="Ana", home=home)
    said = steps(home)
    drafts.publish_draft("toyland", draft, who="Ana", home=home)
    drafts.roll_back("toyland", draft, who="Ana", home=home)
    assert steps(home) == said
    assert farming(home) == 90


def test_deleting_a_draft(home: Path, tmp_path: Path) -> None:
    draft = build(edition(tmp_path / "e", 90), home, draft=True)
    drafts.delete_draft("toyland", draft, who="Ana", home=home)
    assert releases.drafts("toyland", home) == []
    assert steps(home)[0] == ("deleted", "Ana", draft)
    assert not list((home / "toyland").glob(".drafts/*"))
    assert not list((home / "toyland").glob(".draft-*"))
    with pytest.raises(ReleaseError) as raised:
        drafts.publish_draft("toyland", draft, who="Ana", home=home)
    assert kind(raised) == "no_draft"


def test_a_release_is_not_deleted_as_a_draft(home: Path, tmp_path: Path) -> None:
    old = releases.current("toyland", home).release_id
    with pytest.raises(ReleaseError):
        drafts.delete_draft("toyland", old, who="Ana", home=home)
    draft = build(edition(tmp_path / "e", 90), home, draft=True)
    with pytest.raises(ChoiceError) as raised:
        drafts.delete_draft("toyland", old, who="Ana", home=home)
    assert (kind(raised), raised.value.facts["nearest"]) == ("unknown_draft", draft)
    assert farming(home) == 100


@pytest.mark.parametrize("trick", ["../home/toyland", "..", ".", "", "toyland/.", "nowhere"])
def test_no_name_leads_out_of_the_home(home: Path, trick: str) -> None:
    release_id = releases.current("toyland", home).release_id
    before = sorted(home.parent.rglob("*"))
    assert releases.drafts(trick, home) == []
    assert record.entries(trick, home) == []
    for step in (drafts.publish_draft, drafts.roll_back, drafts.delete_draft):
        with pytest.raises(AtlasError):
            step(trick, release_id, who="Ana", home=home)
        with pytest.raises(AtlasError):
            step("toyland", f"../toyland/{release_id}", who="Ana", home=home)
    assert sorted(home.parent.rglob("*")) == before


# --- confidential --------------------------------------------------------------------------


RULES = {"minimum_firms": 3, "margin": 0.1}


def rows(people: int) -> list[str]:
    """Figures of toyland of which one cell, of two firms, is to be kept back."""
    figures = {"A": (900, 9), "C10": (people, 7), "C11": (157, 2)}
    return [
        f"{region},{sector},2020,{number + 7 * place},{firms if region == 'XT-S' else 9},"
        for place, region in enumerate(("XT-N1", "XT-N2", "XT-S", "XT-E"))
        for sector, (number, firms) in figures.items()
    ]


def test_a_confidential_draft_is_published_only_beside_what_it_was_checked_against(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    first = build(write_edition(tmp_path / "a", rows(600), RULES), home)
    wanted = write_edition(tmp_path / "b", rows(640), RULES)
    draft = build(wanted, home, draft=True)
    assert releases.find_draft("toyland", draft, home).manifest["earlier"] == [first]
    other = build(write_edition(tmp_path / "c", rows(620), RULES), home)
    with pytest.raises(ReleaseError) as raised:
        drafts.publish_draft("toyland", draft, who="Ana", home=home)
    assert (kind(raised), raised.value.facts) == (
        "draft_outdated",
        {"release": draft, "others": other},
    )
    assert releases.current("toyland", home).release_id == other
    # Built again it knows the other one, and may be published.
    assert build(wanted, home, draft=True) == draft
    drafts.publish_draft("toyland", draft, who="Ana", home=home)
    assert releases.current("toyland", home).manifest["earlier"] == sorted([first, other])


def test_the_record_of_a_confidential_edition_has_sealed_checksums(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = write_edition(tmp_path / "a", rows(600), RULES)
    draft = build(folder, home, draft=True)
    found = releases.find_draft("toyland", draft, home)
    plain = {each["sha256"] for each in json.loads(_plain(folder)).values()}
    (built,) = record.entries("toyland", home)
    assert built.files == found.manifest["checksums"]
    assert not plain & set(built.files.values())
    assert (home / "toyland" / "record.jsonl").stat().st_mode & 0o077 == 0


def _plain(folder: Path) -> str:
    from atlas.store.integrity import sha256

    return json.dumps({path.name: {"sha256": sha256(path)} for path in folder.iterdir()})
