"""What a file says of itself, for those who look for it or cannot see it."""

from __future__ import annotations

from collections.abc import Mapping

from atlas.figures.captions import figure_name, industry_name, is_number, missing_text, shown
from atlas.figures.legends import count_text, legend
from atlas.figures.titles import filters, notes, sources, subtitle
from atlas.model import MapView, mark
from atlas.text import Text

#: Who made it, in every format that asks.
AUTHOR = "Cluster atlas"
#: What parts of a picture are called in a program's list of shapes.
PARTS: Mapping[str, str] = {
    "surroundings": mark("Surroundings"),
    "frame": mark("Frame of the map"),
    "scale": mark("Scale bar"),
    "label": mark("Label of {name}"),
    "circle": mark("Circle of {name}"),
    "legend": mark("Legend"),
    "selected": mark("Border of {name}"),
    "firms": mark("Firms"),
    "institutions": mark("Institutions"),
    "key": mark("Key of the symbols"),
    "ranking": mark("Ranking"),
    "bars": mark("Ranking"),
    "neighbour": mark("Neighbouring country"),
    "footer": mark("Sources and notes"),
    "code": mark("Code of the link"),
    "subtitle": mark("Subtitle"),
}


def description(view: MapView, text: Text) -> str:
    """The picture in words: what it shows, the legend with its counts, sources and notes."""
    classes = [
        f"{entry.label}: {count_text(entry.count, text)}"
        for entry in legend(view, text)
        if entry.label and entry.count is not None
    ]
    said = [f"{subtitle(view, text)}.", *([f"{'; '.join(classes)}."] if classes else [])]
    return " ".join([*said, sources(view, text), filters(view, text), notes(view, text)])


def keywords(view: MapView, text: Text) -> list[str]:
    """Sector, figure, country and year."""
    return [
        industry_name(view.industry, text), figure_name(view, text), text.name(view.root),
        str(view.year),
    ]  # fmt: skip


def region_text(view: MapView, code: str, text: Text) -> str:
    """A region with its value, as a screen reader says it: ``Kakheti: 2.27``."""
    value, status = view.regions.at[code, "value"], str(view.regions.at[code, "status"])
    said = shown(view, value, text) if is_number(value) else missing_text(status, text)
    return f"{text.name(view.items[code])}: {said}"


def is_web_address(link: str) -> bool:
    """Whether a link may be followed from a file: nothing but a web page."""
    return link.startswith(("https://", "http://"))
