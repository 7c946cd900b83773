"""The drawing of who works with whom: nothing covers a name, everything leads somewhere."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from atlas.analysis.clusters import all_clusters, cluster_view
from atlas.analysis.network import Network, measured, network
from atlas.figures.network_drawing import drawing
from atlas.figures.network_layout import Sheet, arranged, crosses, meet
from atlas.figures.network_panel import kind_name, sentences
from atlas.figures.palette import DARK, LIGHT, Theme
from atlas.model import Release
from atlas.text import Text


def svg(net: Network, theme: Theme = LIGHT, *, narrow: bool = False) -> str:
    text = Text("en")
    return str(
        drawing(
            net, arranged(net, narrow=narrow), text, lambda kind, code: f"?{kind}={code}", theme,
            kind_name=kind_name(text),
        )
    )  # fmt: skip


def is_legible(net: Network, sheet: Sheet) -> None:
    """Names cover neither each other nor a node, and nothing leaves the sheet."""
    assert set(sheet.spots) == set(net.nodes.index)
    assert sheet.labels.keys() | sheet.numbers.keys() == set(net.nodes.index)
    boxes = [box for box, _, _ in sheet.labels.values()]
    assert not [pair for pair in combinations(boxes, 2) if meet(*pair)]
    for key, (x, y) in sheet.spots.items():
        node = (x - 13, y - 13, x + 13, y + 13)
        assert not [box for box in boxes if meet(node, box)], key
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= sheet.width
        assert bottom <= sheet.height


@pytest.mark.parametrize("narrow", [True, False])
def test_georgias_names_are_legible(narrow: bool, georgia: Release) -> None:
    for cluster in all_clusters(georgia)["cluster_id"]:
        net = network(cluster_view(georgia, cluster))
        sheet = arranged(net, narrow=narrow)
        is_legible(net, sheet)
        assert sheet.numbers == {}


def crowd(number: int, ties: int) -> Network:
    random = np.random.default_rng(5)
    codes = [f"f{position}" for position in range(number)]
    nodes = pd.DataFrame(
        {
            "kind": "firm", "id": codes, "type": "firm", "symbol": None, "member": True,
            "name": [f"Company of Long Name Number {position}" for position in range(number)],
            "runs": False,
        },
        index=[f"firm:{code}" for code in codes],
    )  # fmt: skip
    ends = random.integers(0, number, size=(ties, 2))
    frame = pd.DataFrame(
        {
            "from_kind": "firm", "from_id": [codes[a] for a, _ in ends],
            "to_kind": "firm", "to_id": [codes[b] for _, b in ends], "kind": "supply",
        }
    )  # fmt: skip
    return measured(nodes, frame)


@pytest.mark.parametrize("narrow", [True, False])
def test_a_crowd_is_legible_with_numbers_for_those_without_room(narrow: bool) -> None:
    net = crowd(60, 90)
    sheet = arranged(net, narrow=narrow)
    is_legible(net, sheet)
    assert len(sheet.numbers) > 0
    said = str(sentences(net, sheet, Text("en"), "nobody"))
    for key, number in sheet.numbers.items():
        assert f"{number} {net.nodes.at[key, 'name']}" in said


def test_every_node_is_a_link_with_its_name(georgia: Release) -> None:
    drawn = svg(network(cluster_view(georgia, "wine-kakheti")))
    links = dict(re.findall(r'<a href="\?([^"]+)" aria-label="([^"]+)"', drawn))
    assert len(links) == 8
    assert links["firm=kakhuri"] == "Kakhuri, Firm"
    assert links["institution=kakhetian-winemakers-guild"] == (
        "Kakhetian Winemakers Guild, Association"
    )


def test_kinds_are_told_apart_by_shape_and_ties_by_line(toyland: Release) -> None:
    drawn = svg(network(cluster_view(toyland, "food-south")))
    # Two firms are squares, the organisation is a hexagon, the school a disc with a broken outline.
    assert drawn.count("<rect ") == 2
    assert drawn.count('<path d="M0 -17L14.7') == 1
    assert len(re.findall(r'<circle r="15"[^>]*stroke-dasharray', drawn)) == 1
    dashes = re.findall(r'<line [^>]*stroke-dasharray="([^"]*)"><title>(\w+)', drawn)
    assert sorted(dashes) == [("", "Membership"), ("5 4", "Training"), ("9 4", "Supply")]
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_the_same_data_is_the_same_drawing(georgia: Release) -> None:
    def drawn(theme: Theme) -> str:
        return svg(network(cluster_view(georgia, "wine-kakheti")), theme, narrow=True)

    assert drawn(LIGHT) == drawn(LIGHT)
    assert DARK.disc in drawn(DARK)
    assert LIGHT.disc not in drawn(DARK)


def test_a_line_through_a_box() -> None:
    box = (10.0, 10.0, 20.0, 20.0)
    assert crosses(box, (0, 15), (30, 15))
    assert crosses(box, (0, 0), (30, 30))
    assert not crosses(box, (0, 15), (9, 15))
    assert not crosses(box, (0, 5), (30, 5))
    assert not crosses(box, (0, 25), (25, 30))


def test_the_network_in_words(georgia: Release) -> None:
    def said(cluster: str, language: str = "en") -> str:
        net = network(cluster_view(georgia, cluster))
        return str(sentences(net, arranged(net, narrow=False), Text(language), "a model"))

    wine = said("wine-kakheti")
    for line in (
        "5 of the 28 possible ties among the 8 members are recorded: density 0.18.",
        "Most ties: Kakhetian Winemakers Guild (5).",
        "(on the shortest way of 48% of all pairs of others)",
        "Institutions without a recorded tie: National Wine Agency and TBSC Consulting.",
        "Not known here: research, education, capital and a cluster organisation.",
        "(a model)",
        "This shows what was published, not what exists.",
    ):
        assert line in wine
    assert "სიმჭიდროვე 0,18" in said("wine-kakheti", "ka")
    poultry = said("poultry-kvemo-kartli")
    assert "No tie among the 4 members is recorded." in poultry
    assert "Firms without a recorded tie: Chirina LLC (brand Biu-Biu) and Dila Company." in poultry
    assert "Most ties" not in poultry
    assert "(broken outline, not counted in the density): BioChimPharm." in said(
        "pharmaceutical-tbilisi"
    )
