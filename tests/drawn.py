"""What a browser makes of a map: its layers and the map files put together again."""

from __future__ import annotations

import gzip
import html
import json
import re
from typing import Any
from urllib.parse import parse_qsl

from atlas.analysis.choices import find_release
from atlas.analysis.map import map_shapes
from atlas.figures.map_files import map_file


def look(expression: str, number: int) -> Any:
    """What an expression of ``atlas.figures.map_files`` gives the region of that number."""
    expression = expression.removeprefix("@@=")
    if named := re.fullmatch(r"\((id==.*?)\)\?(\[.*?\]):(.*)", expression):
        few = [int(place) for place in re.findall(r"id==(\d+)", named[1])]
        return json.loads(named[2]) if number in few else look(named[3], number)
    if expression.startswith("["):
        return json.loads(expression)
    looks, packed = re.fullmatch(r"\((\[.*?\])\)\[(\(.*)\|0\]", expression).groups()
    texts = re.findall(r"\('([0-9a-f]+)'\)", packed)
    powers = json.loads(re.search(r"\((\[[\d,]+\])\)", packed)[1])
    different = int(packed.rpartition("%")[2])
    digits = "".join(text[number // len(powers)] for text in texts)
    return json.loads(looks)[int(digits, 16) // powers[number % len(powers)] % different]


def served(address: str) -> Any:
    """The content of a map file, by the address that a layer has for it."""
    path, _, query = address.partition("?")
    edition, release, level, language, part = path.split("/")[1:]
    within = dict(parse_qsl(query)).get("within")
    shapes = map_shapes(find_release(edition, release), level=int(level), within=within)
    found = map_file(shapes, part, language)
    assert found.address == address.partition("#")[0]
    return json.loads(gzip.decompress(found.content))


def regions(
    layers: dict[str, Any], features: list[dict[str, Any]], tooltip: str = ""
) -> dict[str, dict[str, Any]]:
    """Each region by its code: properties in the file of ``features``, ``fill``, the ``patterns``
    over it, and what the tooltip says (``shown``)."""
    told = re.search(r'data-told="([^"]*)"', tooltip)
    words = json.loads(html.unescape(told[1])) if told else []
    found = {}
    for number, feature in enumerate(features):
        own = feature["properties"]
        assert feature["id"] == number
        fill = look(layers["regions"]["getFillColor"], number)
        dots = layers.get("pattern-dots")
        patterns = ["dots"] if dots and look(dots["getFillColor"], number)[3] else []
        # The hatch lies below: where the fill lets it through.
        patterns += ["hatch"] if "pattern-hatch" in layers and fill[3:] == [0] else []
        found[own["id"]] = {
            **own,
            "fill": fill,
            "patterns": patterns,
            "shown": words[number] if words else own["shown"],
        }
    return found
