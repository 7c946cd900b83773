"""Pictures of a region, a cluster and a comparison: what they say, and that nothing overlaps."""

from __future__ import annotations

from typing import Any

import pytest

from atlas.analysis.map import map_shapes
from atlas.analysis.profiles import profile_of
from atlas.errors import ChoiceError, ExportError
from atlas.export.formats import FORMATS, file_name, find_format
from atlas.export.images import SIZES
from atlas.export.paths import left_of
from atlas.export.plate_files import formats_of
from atlas.export.plates import PLATES, draw_plate
from atlas.figures.lettering import POINTS, width_of
from atlas.figures.profile_words import words_of
from atlas.figures.sheet import Area, Letters, Rectangle, Sheet
from atlas.model import Release
from atlas.snapshot import ONE_MAP, VIEWS
from atlas.text import Text
from tests.export.names import HOSTILE
from tests.export.profiles import LINK, asked, renamed, usual

KINDS = ("region", "cluster", "compare", "maps", "compare_clusters")


def drawn(release: Release, snapshot: Any, view: Any = None) -> Sheet:
    shown = profile_of(snapshot, release) if view is None else view
    shapes = map_shapes(release, "regions")
    text = Text(snapshot.language)
    return draw_plate(snapshot.view, shown, shapes, text, size=snapshot.size, link=LINK)


def said(sheet: Sheet, role: str | None = None) -> list[str]:
    return [
        mark.words
        for mark in sheet.marks
        if isinstance(mark, Letters) and role in (None, mark.part.role)
    ]


def check_letters(sheet: Sheet) -> None:
    """All words lie on the sheet, and none over others."""
    boxes = []
    for mark in sheet.marks:
        if isinstance(mark, Letters):
            west = left_of(mark)
            high = mark.face.size / POINTS
            box = (west, mark.y - 0.15 * high, west + width_of(mark.words, mark.face),
                   mark.y + 0.6 * high)  # fmt: skip
            assert box[0] >= 0.3, mark.words
            assert box[2] <= sheet.width - 0.3, mark.words
            assert box[1] >= 0.1, mark.words
            boxes.append((*box, mark.words))
    for number, (west, south, east, north, words) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            across = min(east, other[2]) - max(west, other[0])
            down = min(north, other[3]) - max(south, other[1])
            assert min(across, down) < 0.015, (words, other[4])


def test_every_view_but_the_map_has_its_plate() -> None:
    assert set(PLATES) == set(VIEWS) - set(ONE_MAP) == set(KINDS)


def test_a_region_shows_figures_sectors_structure_and_clusters(georgia: Release) -> None:
    sheet = drawn(georgia, usual(georgia, "region"))
    assert " ".join(said(sheet, "title")) == (
        "Kakheti: Agriculture, forestry, fishing weighs 5.84 times its national share,"
        " Manufacturing 2.27 times"
    )
    cards = said(sheet, "card")
    assert cards[:3] == ["Persons employed, all sectors", "22,695", "+40% since 2012"]
    assert cards[3:6] == ["Share of the country", "2.9%", "−0.1 points since 2012"]
    assert cards[7] == "2,773.0"
    sectors = said(sheet, "sectors")
    at = sectors.index("Manufacturing")
    assert sectors[at + 1] == "6,287 · 6.6%"
    bars = [mark for mark in sheet.marks if isinstance(mark, Letters) and mark.part.role == "bar"]
    assert [mark.words for mark in bars if mark.part.name == "Manufacturing"] == ["2.27"]
    structure = said(sheet, "structure")
    at = structure.index("Manufacturing")
    assert structure[at + 1 : at + 3] == ["27.7%", "12.2%"]
    assert said(sheet, "clusters") == ["Clusters", "Wine, Kakheti", "rank 1 of those published"]
    regions = {mark.part.name for mark in sheet.marks if mark.part.role == "region"}
    assert regions == {"Kakheti"}
    footer = " ".join(said(sheet, "footer"))
    assert "Source: National Statistics Office of Georgia (Geostat)" in footer
    assert "Region: Kakheti" in footer.replace("\u00a0", " ")
    assert "Year: 2022" in footer.replace("\u00a0", " ")
    assert "Boundaries and names shown do not imply endorsement or acceptance." in footer
    assert any(isinstance(mark, Area) and mark.part.role == "code" for mark in sheet.marks)


def test_of_a_region_without_figures_that_is_said_and_nothing_else(georgia: Release) -> None:
    sheet = drawn(georgia, asked(georgia, "region", region="GE-AB"))
    assert said(sheet, "title") == ["Abkhazia: no figures are published"]
    assert said(sheet, "card") == said(sheet, "sectors") == said(sheet, "structure") == []
    assert said(sheet, "clusters") == ["Clusters", "No cluster here is published by name."]


def test_a_cluster_shows_members_signs_and_what_is_not_known(georgia: Release) -> None:
    sheet = drawn(georgia, usual(georgia, "cluster"))
    assert said(sheet, "title") == [
        "Wine, Kakheti: rank 1 of 10 published; 5 firms and 3 institutions known by name"
    ]
    known = said(sheet, "known")
    assert known[known.index("Rank") + 1] == "1 of 10 published"
    assert known[known.index("Stage") + 1] == "not known"
    assert known[known.index("Location quotient") + 1] == "2.27"
    assert said(sheet, "firms")[:2] == ["5 firms by name", "Kakhuri"]
    assert "Kakhetian Winemakers Guild" in said(sheet, "institutions")
    assert said(sheet, "organisation")[1] == "No cluster organisation is recorded."
    signs = said(sheet, "signs")
    assert signs.count("not known") == 8
    assert signs[signs.index("Linkages among firms and institutions") - 1] == "known in part"
    # One stands in its town, five somewhere in the region; of two no place is known.
    assert said(sheet, "map-notes")[0].startswith("1 with a town known (solid); 5 somewhere")
    assert "National Wine Agency and TBSC Consulting" in " ".join(said(sheet, "map-notes"))
    symbols = [mark for mark in sheet.marks if mark.part.role == "members" and mark.level == 7]
    assert len(symbols) == 6
    assert "Signs after UNIDO, Cluster Development Programme." in " ".join(said(sheet, "footer"))


def test_a_comparison_marks_the_best_and_draws_all_maps_on_one_scale(georgia: Release) -> None:
    sheet = drawn(georgia, usual(georgia, "compare"))
    assert said(sheet, "title")[0].startswith(
        "Agriculture, forestry, fishing sets them apart most:"
    )
    captions = said(sheet, "caption")
    assert captions[captions.index("Kakheti") - 1] == "2.27"
    assert captions[captions.index("Abkhazia") - 1] == "no data"
    cells = {
        (mark.part.name, mark.part.code): mark.words
        for mark in sheet.marks
        if isinstance(mark, Letters) and mark.part.role == "cell"
    }
    figures = "Figures of the regions compared"
    assert [cells[figures, f"0,{at}"] for at in range(5)] == [
        "Figure", "Kakheti", "Tbilisi", "Abkhazia", "Georgia",
    ]  # fmt: skip
    assert [cells[figures, f"1,{at}"] for at in range(5)] == [
        "Population", "299,900", "1,258,500", "no data", "3,694,600",
    ]  # fmt: skip
    row = next(code[:-2] for (name, code), words in cells.items()
               if name == figures and words == "Unemployment rate")  # fmt: skip
    assert cells[figures, f"{row},1"] == "● 12.0%"
    fills = [mark.fill for mark in sheet.marks if isinstance(mark, Rectangle)
             and mark.part.role == "cell" and mark.part.code == "1,1"]  # fmt: skip
    # 5.84 of agriculture: two and over.
    assert fills == ["#B75A26"]
    assert "100 km, all maps" in said(sheet, "scale")
    assert said(sheet, "legend")[:2] == ["under 0.5", "0 regions"]


@pytest.mark.parametrize("language", ["en", "ka"])
@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("kind", KINDS)
def test_words_lie_on_the_sheet_and_never_over_others(
    georgia: Release, kind: str, size: str, language: str
) -> None:
    sheet = drawn(georgia, usual(georgia, kind, language, size=size))
    assert (sheet.width, sheet.height) == SIZES[size].inches
    check_letters(sheet)
    every = " ".join(said(sheet))
    assert {"en": "Source: ", "ka": "წყარო: "}[language] in every
    assert "2022" in every


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("language", ["en", "ka"])
def test_six_regions_and_a_cluster_with_an_organisation_have_room(
    georgia: Release, size: str, language: str
) -> None:
    six = "GE-KA,GE-RL,GE-SZ,GE-TB,GE-IM,GE-AB"
    check_letters(drawn(georgia, asked(georgia, "compare", regions=six, size=size, lang=language)))
    cluster = {"cluster": "pharmaceutical-tbilisi", "size": size, "lang": language}
    sheet = drawn(georgia, asked(georgia, "cluster", **cluster))
    check_letters(sheet)
    assert "Georgian Biopharmaceutical Cluster" in said(sheet, "organisation")


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
def test_names_that_mean_harm_have_room_too(
    toyland: Release, georgia: Release, kind: str, name: str
) -> None:
    # Toyland has but one cluster.
    release = georgia if kind == "compare_clusters" else toyland
    for size in ("slide", "a4"):
        snapshot = usual(release, kind, size=size)
        view = renamed(profile_of(snapshot, release), name)
        check_letters(drawn(release, snapshot, view))


def test_a_title_of_ones_own_and_notes_stand_in_every_view(toyland: Release) -> None:
    for kind in ("region", "cluster", "compare", "maps"):
        sheet = drawn(toyland, usual(toyland, kind, title="Draft “=1+1”", notes="For Tuesday"))
        assert said(sheet, "title") == ["Draft “=1+1”"]
        assert "For Tuesday." in said(sheet, "footer")


def test_files_are_named_for_what_they_are(georgia: Release) -> None:
    names = {
        kind: file_name(snapshot, FORMATS["png"], profile_of(snapshot, georgia))
        for kind in KINDS
        for snapshot in [usual(georgia, kind, "ka")]
    }
    assert names == {
        "region": "georgia_kakheti_profile_2022_ka.png",
        "cluster": "georgia_wine-kakheti_cluster_2022_ka.png",
        "compare": "georgia_compare_kakheti_tbilisi_abkhazia_2022_ka.png",
        "maps": "georgia_manufacturing_location-quotient_by-year_2006-2022_ka.png",
        "compare_clusters": (
            "georgia_compare_wine-kakheti_furniture-tbilisi_poultry-kvemo-kartli_2022_ka.png"
        ),
    }
    tall = usual(georgia, "region", size="a4", measure="turnover")
    found = file_name(tall, FORMATS["pdf"], profile_of(tall, georgia))
    assert found == "georgia_kakheti_profile_turnover_2022_en_a4.pdf"


def test_formats_without_sense_are_not_offered_and_asking_says_which_there_are() -> None:
    there = [
        "briefing-pdf", "briefing-pptx", "csv", "csv-escaped", "json", "pdf", "png", "pptx", "svg",
        "xlsx",
    ]  # fmt: skip
    for kind in KINDS:
        if kind == "maps":
            assert sorted(formats_of(kind, FORMATS)) == sorted([*there, "gpkg", "parquet"])
            continue
        assert sorted(formats_of(kind, FORMATS)) == there
        for form in ("html", "gpkg", "parquet"):
            with pytest.raises(ExportError) as error:
                find_format(form, "slide", kind)
            assert Text().explain(error.value) == (
                f"There is no “{form}” of the view “{kind}”. There are: {', '.join(there)}."
            )
    assert formats_of("map", FORMATS) == list(FORMATS)


@pytest.mark.parametrize(
    ("kind", "words", "sentence"),
    [
        ("region", {"region": "GE-KAK"}, "no region “GE-KAK”. The nearest is “GE-K"),
        ("region", {"year": "1999"}, "no figures for the year “1999”. The nearest is 2006"),
        ("cluster", {"cluster": "wine"}, "no cluster “wine”. The nearest is “wine-kakheti”"),
        ("compare", {"regions": "GE-KA"}, "From 2 to 6 different regions can be compared, not 1"),
        ("compare", {"regions": "GE-KA,XX"}, "There is no region “XX"),
        ("compare", {"industry": "ZZ"}, "There is no sector “ZZ”"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    georgia: Release, kind: str, words: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ChoiceError) as error:
        profile_of(asked(georgia, kind, **words), georgia)
    assert sentence in Text().explain(error.value)


def test_words_say_the_same_in_georgian(georgia: Release) -> None:
    snapshot = usual(georgia, "region", "ka")
    words = words_of("region", profile_of(snapshot, georgia), Text("ka"))
    assert words.title == (
        "კახეთი: ყველაზე მეტად გამოირჩევა სოფლის მეურნეობა (წილი ქვეყნის წილზე 5,84-ჯერ მეტია)"
        " და დამამუშავებელი მრეწველობა (2,27-ჯერ)"
    )
    assert words.sources.startswith("წყარო: საქართველოს სტატისტიკის ეროვნული სამსახური")


def test_clusters_side_by_side_say_what_is_known_and_what_is_not(georgia: Release) -> None:
    sheet = drawn(georgia, usual(georgia, "compare_clusters"))
    cells = {
        mark.part.code: mark.words
        for mark in sheet.marks
        if isinstance(mark, Letters) and mark.part.role == "cell"
    }
    table = [[cells[f"{row},{at}"] for at in range(4)] for row in range(14)]
    assert table[0] == ["What", "Wine, Kakheti", "Furniture, Tbilisi", "Poultry, Kvemo Kartli"]
    assert table[1] == ["Rank", "1 of 10", "7 of 10", "3 of 10"]
    assert table[4] == ["Stage", "not known", "not known", "not known"]
    assert table[5][2] == "Georgian Furniture Cluster (GFC)"
    assert table[10] == ["Location quotient", "2.27", "0.63", "4.00"]
    assert table[13] == ["Growth since 2012", "+55%", "+6%", "+96%"]
    assert said(sheet, "title")[0].startswith("Poultry, Kvemo Kartli: of those compared")
    regions = {mark.part.name for mark in sheet.marks if mark.part.role == "region"}
    assert "Kakheti: Wine, Kakheti" in regions
