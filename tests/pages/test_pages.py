"""Every page in every language says what the release says, and nothing raw."""

from __future__ import annotations

import pytest
from screen import MAP, PAGES, Screen, rows
from sound import RAW, is_sound

from atlas.metrics import METRICS, STRUCTURES
from atlas.text import Text, languages

LANGUAGES = languages()
CLUSTER, CLUSTERS, COMPARE, REGION, DISCOVERY, DATA, GLOSSARY, METHODS, SOURCES = (
    f"pages/{name}.py"
    for name in (
        "explore/cluster",
        "explore/clusters",
        "explore/compare",
        "explore/region",
        "analyse/discovery",
        "manage/data",
        "about/glossary",
        "about/methods",
        "about/sources",
    )
)
NO_BREAK = "\u00a0"


def test_what_is_raw_or_untold_is_seen(untold: list[str]) -> None:
    raw = "nan, {count} of region_code; x_ri, None [] Nano"
    assert [found.group() for found in RAW.finditer(raw)] == [
        "nan", "{count}", "region_code", "x_ri", "None", "[]",
    ]  # fmt: skip
    georgian = Text("ka")
    assert georgian("Map") == "რუკა"
    georgian.html("A sentence nobody translated")
    georgian.plural("{count} hill", "{count} hills", 2)
    assert untold == ["A sentence nobody translated", "{count} hill"]


def test_all_pages_are_here() -> None:
    explore = {MAP, CLUSTER, CLUSTERS, COMPARE, REGION}
    assert explore | {DISCOVERY, DATA, GLOSSARY, METHODS, SOURCES} == set(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", PAGES)
def test_georgia_is_sound(
    file: str, language: str, georgia_at_home: None, untold: list[str]
) -> None:
    screen = Screen(file, lang=language)
    is_sound(screen, untold)
    assert screen.language == language
    assert screen.notices == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", PAGES)
def test_toyland_is_sound(
    file: str, language: str, toyland_at_home: None, untold: list[str]
) -> None:
    is_sound(Screen(file, lang=language), untold)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    [
        {"metric": "size", "region": "GE-TB"},
        {"metric": "focus", "year": "2006"},
        {"metric": "growth", "since": "2021"},
        {"metric": "turnover", "layers": "clusters,institutions,firms"},
        {"metric": "establishments", "industry": "K"},
        {"metric": "agreement", "industry": "C", "region": "GE-KA"},
        {"measure": "establishments", "region": "GE-AB", "layers": "none"},
        {"measure": "turnover", "industry": "A", "region": "GE-RL", "year": "2010"},
    ],
    ids=lambda words: ",".join(words.values()),
)
def test_every_figure_is_sound(
    words: dict[str, str], language: str, georgia_at_home: None, untold: list[str]
) -> None:
    screen = Screen(lang=language, **words)
    is_sound(screen, untold)
    assert screen.notices == []
    assert len(screen.regions()) == 12


def test_map_in_english(georgia_at_home: None) -> None:
    screen = Screen(lang="en")
    assert screen.titles == ["Manufacturing in Georgia’s regions, 2022"]
    assert screen.said("lead") == (
        "Manufacturing: most concentrated in Mtskheta-Mtianeti (3.13 times the national share)"
        " and Kakheti (2.27). Only Tbilisi lies below the national share (0.63). Abkhazia: no data."
    )
    assert screen.map_alternative == screen.said("lead")
    table = rows(screen.markup["table"])
    assert [row[:2] for row in table[1:4]] == [
        ["Mtskheta-Mtianeti", "3.13"], ["Kakheti", "2.27"], ["Kvemo Kartli", "1.92"],
    ]  # fmt: skip
    assert [row[:2] for row in table[-3:]] == [
        ["Tbilisi", "0.63"], ["Abkhazia", "no data"], ["Georgia", "1.00"],
    ]  # fmt: skip
    assert "6,287" in table[2]
    assert "27.7%" in table[2]
    assert "2 and over\n2 regions" in screen.said("legend")
    assert "No data\n1 region" in screen.said("legend")
    source, disclaimer = screen.said("footnotes"), "do not imply endorsement or acceptance."
    assert source.startswith("Source: National Statistics Office of Georgia (Geostat)")
    assert "Persons employed, 2022." in source
    assert source.endswith(disclaimer)
    assert "Copy link" in screen.said("copy")


def test_map_in_georgian(georgia_at_home: None) -> None:
    screen = Screen(lang="ka")
    assert screen.titles == ["დამამუშავებელი მრეწველობა საქართველოს რეგიონებში, 2022"]
    lead = screen.said("lead")
    assert "მცხეთა-მთიანეთი (წილი ქვეყნის წილზე 3,13-ჯერ მეტია) და კახეთი (2,27)" in lead
    assert "ქვეყნის წილს მხოლოდ თბილისი ჩამორჩება (0,63)." in lead
    assert "აფხაზეთი: მონაცემები არ არის." in lead
    assert rows(screen.markup["table"])[2][:2] == ["კახეთი", "2,27"]
    assert f"6{NO_BREAK}287" in rows(screen.markup["table"])[2]
    assert f"27,7{NO_BREAK}%" in rows(screen.markup["table"])[2]
    assert "2 და მეტი\n2 რეგიონი" in screen.said("legend")
    assert "წყარო: " in screen.said("footnotes")
    assert "საქართველო, 12 რეგიონი" in screen.labels
    assert screen.said("copy") == "ბმულის კოპირება"


def test_the_map_draws_every_region_by_its_class(georgia_at_home: None) -> None:
    regions = Screen(lang="en").regions()
    assert len(regions) == 12
    by_fill: dict[str, set[str]] = {}
    for code, region in regions.items():
        by_fill.setdefault("#{:02X}{:02X}{:02X}".format(*region["fill"][:3]), set()).add(code)
    assert by_fill == {
        "#F3F1ED": {"GE-AB"},
        "#8FBCD1": {"GE-TB"},
        "#E8DFD7": {"GE-AJ", "GE-SZ"},
        "#D8A586": {"GE-GU", "GE-IM", "GE-KK", "GE-RL", "GE-SJ", "GE-SK"},
        "#B75A26": {"GE-KA", "GE-MM"},
    }
    assert regions["GE-KA"]["name"] == "Kakheti"
    assert "2.27" in regions["GE-KA"]["shown"]
    assert "no data" in regions["GE-AB"]["shown"]


def test_the_map_hatches_what_has_no_data(georgia_at_home: None) -> None:
    screen = Screen(lang="en", layers="none")
    hatched = [code for code, region in screen.regions().items() if region["patterns"]]
    assert hatched == ["GE-AB"]
    assert screen.map["pattern-hatch"]["data"] == screen.map["regions"]["data"]
    assert screen.map["pattern-hatch"]["getFillPattern"] == "hatch"
    assert "clusters" not in screen.map


def test_counts_are_circles(georgia_at_home: None) -> None:
    screen = Screen(lang="en", metric="employment")
    fills = {code: tuple(region["fill"]) for code, region in screen.regions().items()}
    without = fills.pop("GE-AB")
    assert len(set(fills.values())) == 1
    assert without not in fills.values()
    assert len(screen.map["circles"]["data"]) == 11
    assert screen.said("lead").startswith("Persons employed: most in Tbilisi (37,085) and Imereti")


def test_a_selected_region_is_explained(georgia_at_home: None) -> None:
    screen = Screen(lang="en", region="GE-KA")
    panel = screen.said("panel")
    for shown in ("Kakheti", "2.27\n+0.68 since 2012", "6,287\n+55% since 2012", "+2.6 points"):
        assert shown in panel
    assert "(6,287 ÷ 22,695) ÷ (94,848 ÷ 778,005) = 27.7% ÷ 12.2% = 2.27" in panel
    assert "No. 2 of 11 regions with data" in panel
    assert "Wine, Kakheti" in panel
    assert "Selected: Kakheti" in screen.said("lead")
    assert {"casing", "selected"} <= screen.map.keys()


def test_a_choice_becomes_the_address(georgia_at_home: None) -> None:
    screen = Screen(lang="en", region="GE-KA")
    screen.choose("year", 2012)
    assert screen.address == {"lang": "en", "region": "GE-KA", "year": "2012"}
    assert screen.titles == ["Manufacturing in Georgia’s regions, 2012"]
    screen.choose("industry", "A")
    assert screen.address["industry"] == "A"
    assert screen.titles == ["Agriculture, forestry, fishing in Georgia’s regions, 2012"]


def test_methods_and_sources(georgia_at_home: None) -> None:
    methods = Screen(METHODS, lang="en")
    assert "(x_ri / x_rb) / (x_Ri / x_Rb)" in methods.markup["methods"]
    assert methods.markup["methods"].count('class="card"') == len(METRICS) + len(STRUCTURES)
    sources = Screen(SOURCES, lang="ka")
    assert sources.titles[0] == "წყაროები"
    assert "1 აპრილი, 2026" in sources.markup["facts"]
    assert "2026-04-01" not in sources.markup["facts"]
    table = rows(sources.markup["holdings"])
    assert [row[0] for row in table[1:]] == ["დასაქმებულები", "აქტიური სუბიექტები", "ბრუნვა"]
    assert f"3{NO_BREAK}151" in table[1]
    assert "2006" in table[1]


def test_hostile_names_are_words(toyland_at_home: None) -> None:
    screen = Screen(CLUSTER, lang="en", cluster="food-south")
    firms = rows(screen.markup["members"])
    assert {row[0] for row in firms[1:3]} == {"Mill <script>alert(1)</script>", "=1+1 Oven"}
    assert "Region: South & <b>Sea</b>" in screen.said("heading").replace("\n", " ")
    table = rows(Screen(lang="en").markup["table"])
    assert [row[:2] for row in table[1:]] == [
        ["South & <b>Sea</b>", "1.20"], ["North", "0.67"], ["East", "no data"], ["Toyland", "1.00"],
    ]  # fmt: skip
