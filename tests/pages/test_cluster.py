"""One cluster: its network, signs, organisation, value chain, and members in place."""

from __future__ import annotations

import html
import re

import pytest
from screen import Screen, rows

CLUSTER = "pages/explore/cluster.py"
WINE = {"cluster": "wine-kakheti"}


def findings(markup: str) -> dict[str, tuple[str, str]]:
    """Title -> (ground, state in words) of every line of signs or conditions."""
    found = re.findall(
        r'<div class="finding"><div class="words">(.*?)<small>(.*?)</small></div>'
        r'<div class="state \w+"><svg.*?</svg>(.*?)</div>',
        markup,
        flags=re.DOTALL,
    )
    return {
        html.unescape(title): (html.unescape(re.sub("<[^>]*>", "", ground)), state)
        for title, ground, state in found
    }


def test_the_network_is_drawn_told_and_listed(georgia_at_home: None) -> None:
    screen = Screen(CLUSTER, lang="en", **WINE)
    markup, said = screen.markup["network"], screen.said("network")
    assert markup.count("<a href=") == 8 + 5 * 3
    assert "5 of the 28 possible ties among the 8 members are recorded: density 0.18." in said
    assert "Most ties: Kakhetian Winemakers Guild (5)." in said
    assert "Not known here: research, education, capital and a cluster organisation." in said
    table = rows(markup)
    assert len(table) == 1 + 5
    assert table[1][:3] == ["Kakhuri", "Kakhetian Winemakers Guild", "Membership"]


def test_few_ties_are_said_honestly(georgia_at_home: None) -> None:
    said = Screen(CLUSTER, lang="en", cluster="poultry-kvemo-kartli").said("network")
    assert "No tie among the 4 members is recorded." in said
    assert "This shows what was published, not what exists." in said
    assert "density" not in said


def test_signs_one_by_one(georgia_at_home: None) -> None:
    screen = Screen(CLUSTER, lang="en", **WINE)
    said = screen.said("signs")
    assert said.startswith("Not enough is known to say. Of 10 signs:")
    assert "known in part 1, none recorded 1, not known 8." in said
    assert "Signs after UNIDO, Cluster Development Programme." in said
    found = findings(screen.markup["signs"])
    assert len(found) == 10
    assert found["Trust and social capital"] == ("nothing published", "not known")
    assert found["Linkages among firms and institutions"] == (
        "5 ties recorded; how many there are is not known (en.vinoge.com)", "known in part",
    )  # fmt: skip
    assert found["Cluster organisation with a manager"][1] == "none recorded"
    georgian = Screen(CLUSTER, lang="ka", **WINE).said("signs")
    assert "ნაწილობრივ ცნობილია 1, აღრიცხული არ არის 1, უცნობია 8." in georgian


def test_no_organisation_and_the_nearest_association(georgia_at_home: None) -> None:
    screen = Screen(CLUSTER, lang="en", **WINE)
    said = screen.said("organisation")
    assert said.startswith("No cluster organisation is recorded.")
    assert "The association with the most recorded ties is Kakhetian Winemakers Guild." in said
    found = findings(screen.markup["organisation"])
    assert found["At least 15 committed members"] == (
        "5 members published: spring 2014; five companies (en.vinoge.com)", "not met",
    )  # fmt: skip
    assert [state for _, state in found.values()].count("not known") == 4


def test_an_organisation_put_to_the_platforms_test(georgia_at_home: None) -> None:
    screen = Screen(CLUSTER, lang="en", cluster="furniture-tbilisi")
    said = screen.said("organisation")
    assert said.startswith("Georgian Furniture Cluster (GFC)\nTbilisi")
    assert said.count("not known") == 4 + 4
    found = findings(screen.markup["organisation"])
    assert found["At least 15 committed members"] == (
        "25 members published: 25 SMEs at launch, 2017-10-27 (eu4business.ge)", "met",
    )  # fmt: skip
    assert "European Cluster Collaboration Platform" in said


def test_toylands_organisation_and_chain(toyland_at_home: None) -> None:
    screen = Screen(CLUSTER, lang="en", cluster="food-south")
    found = findings(screen.markup["organisation"])
    assert found["A manager, at least half of full time"][1] == "met"
    assert found["At least 15 committed members"][1] == "not met"
    assert "Joint stall at fairs" in screen.said("organisation")
    chain = screen.said("chain")
    assert chain.index("Milling") < chain.index("Mill <script>") < chain.index("Baking")
    assert 'class="chain ordered"' in screen.markup["chain"]
    signs = findings(screen.markup["signs"])
    assert signs["Weak bargaining in inputs"] == (
        "Flour is bought together, 2020 (Invented for tests)", "known: no",
    )  # fmt: skip
    assert signs["No specialised services"][1] == "known: no"


def test_georgias_value_chain_is_not_known(georgia_at_home: None) -> None:
    assert Screen(CLUSTER, lang="en", **WINE).said("chain") == (
        "Of none of the firms is the stage of the value chain recorded."
    )


@pytest.mark.parametrize(
    ("words", "firms", "institutions"),
    [
        ({}, 5, 1),
        ({"show": "firms"}, 5, 0),
        ({"show": "association"}, 0, 1),
        ({"find": "telavi"}, 1, 1),
        ({"find": "telavi", "show": "firms"}, 1, 0),
    ],
)
def test_tables_and_map_are_filtered_together(
    words: dict[str, str], firms: int, institutions: int, georgia_at_home: None
) -> None:
    screen = Screen(CLUSTER, lang="en", **WINE, **words)
    # On the map are those of whom at least the region is known.
    drawn = {
        kind: {point["name"] for point in screen.map.get(kind, {"data": []})["data"]}
        for kind in ("firms", "institutions")
    }
    assert (len(drawn["firms"]), len(drawn["institutions"])) == (firms, institutions)
    names = {row[0] for row in rows(screen.markup["members"])}
    assert drawn["firms"] | drawn["institutions"] <= names


def test_a_filter_that_nobody_meets_says_so(georgia_at_home: None) -> None:
    screen = Screen(CLUSTER, lang="en", find="zzz", **WINE)
    assert screen.said("members") == "No firm or institution here agrees with this choice."
    assert screen.errors == []


def test_a_firm_has_its_own_address(georgia_at_home: None) -> None:
    screen = Screen(CLUSTER, lang="en", firm="kakhuri", **WINE)
    said = screen.said("member")
    assert said.startswith("Kakhuri\nFirm")
    assert "Selected: Kakhuri" in said
    assert "Kakheti (region only)" in said
    assert "11.02 Wine from grape" in said
    assert "Membership: Kakhetian Winemakers Guild" in said
    assert re.search(
        r'<tr class="on"><th[^>]*><a href="[^"]*firm=kakhuri', screen.markup["members"]
    )
    # The same one is ringed in the network and stands out on the map.
    ringed = r'aria-label="([^"]*)"><title>[^<]*</title><circle [^>]*r="19"'
    assert re.findall(ringed, screen.markup["network"]) == ["Kakhuri, Firm"]
    icons = {point["id"]: point["icon"]["url"] for point in screen.map["firms"]["data"]}
    assert icons["kakhuri"] != icons["viniveria"] == icons["teliani-valley"]


def test_an_institution_and_one_who_is_no_member(georgia_at_home: None) -> None:
    agency = Screen(CLUSTER, lang="en", institution="national-wine-agency", **WINE).said("member")
    assert agency.startswith("National Wine Agency\nPublic agency")
    assert "Wine, Kvemo Kartli" in agency
    outside = Screen(CLUSTER, lang="en", cluster="pharmaceutical-tbilisi", firm="biochimpharm")
    assert "belongs to none of them" in outside.said("member")
    assert "Georgian Biopharmaceutical Cluster" in outside.said("member")


def test_an_unknown_firm_is_no_error(georgia_at_home: None) -> None:
    screen = Screen(CLUSTER, lang="en", firm="nobody", **WINE)
    assert screen.errors == []
    assert "“nobody”" in screen.notices[0]
    assert "member" not in screen.markup


def test_the_view_for_paper(georgia_at_home: None) -> None:
    screen = Screen(CLUSTER, lang="en", **WINE)
    assert (
        'class="button" href="?lang=en&amp;cluster=wine-kakheti&amp;view=print"'
        in (screen.markup["paper"])
    )
    paper = Screen(CLUSTER, lang="en", view="print", **WINE)
    assert "data-print" in paper.markup["print"]
    assert 'href="?lang=en&amp;cluster=wine-kakheti"' in paper.markup["paper"]
    same = ("heading", "members", "network", "organisation", "signs", "sources")
    assert [paper.said(key) for key in same] == [screen.said(key) for key in same]


def test_cluster(georgia_at_home: None) -> None:
    screen = Screen(CLUSTER, lang="en", cluster="furniture-tbilisi")
    heading = screen.said("heading")
    assert heading.startswith("Furniture, Tbilisi")
    assert "Rank 7 of 10 published" in heading
    assert "31 Furniture" in heading
    assert "(inferred from the product name)" in heading
    assert "Georgian Furniture Cluster (GFC)" in screen.said("organisation")
    assert "Figures exist for Manufacturing only, as a whole, in Tbilisi." in screen.said("trend")
    assert "2012 to 2022: Tbilisi +6%, Georgia +13%." in screen.said("trend")
    wine = Screen(CLUSTER, lang="ka", cluster="wine-kakheti")
    assert "ღვინო, კახეთი" in wine.said("heading")
    assert "2012 წლიდან 2022 წლამდე: კახეთი +55 %, საქართველო +13 %." in wine.said("trend").replace(
        "\xa0", " "
    )
    assert "კლასტერული ორგანიზაცია აღრიცხული არ არის." in wine.said("organisation")
    assert len(rows(wine.markup["members"])) == 1 + 5 + 1 + 3
