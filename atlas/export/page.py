"""The page around an offline map: title, legend, the figures as a table, sources."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import xstatic.pkg.leaflet
from markupsafe import Markup

from atlas.export.web_points import MOST_SYMBOLS
from atlas.figures import captions, titles
from atlas.figures.legends import classes_note, count_text, legend
from atlas.figures.palette import LIGHT, class_fills, readable_on
from atlas.figures.pictograms import pictogram_uri
from atlas.figures.placing import Frame, circle_radius
from atlas.figures.points import cell_fills, firms_drawn, institution_types, point_look
from atlas.model import MapView
from atlas.text import Text

#: Width and height in pixels that labels are placed for.
FRAME = (930, 600)

_HEXAGON = Markup(
    '<div><svg width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">'
    '<path d="M10 0L5 8.7H-5L-10 0L-5 -8.7H5Z" fill="{}"/></svg><span>{}</span></div>'
)
_CSS = Path(__file__).with_name("page.css")


def page(element: Markup, script: Markup, view: MapView, text: Text, link: str | None) -> str:
    """The whole page around a map's element and script; ``link`` leads to the same in the atlas.
    Its rule of contents keeps the browser from fetching anything."""
    return str(
        Markup(
            '<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src'
            " data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="generator" content="Cluster atlas">\n<title>{title}</title>\n'
            "<style>{leaflet_css}</style>\n<style>{css}</style>\n</head>\n<body>\n{patterns}"
            "<header><h1 dir='auto'>{title}</h1><p>{subtitle}</p></header>\n"
            '<main>{element}\n<aside class="legend">{legend}</aside></main>\n{table}\n{footer}\n'
            "<script>{leaflet}</script>\n<script>{script}</script>\n</body>\n</html>\n"
        ).format(
            language=text.language,
            title=titles.title(view, text),
            subtitle=titles.subtitle(view, text),
            leaflet_css=_leaflet("leaflet.css"),
            css=_style(),
            patterns=_patterns(),
            element=element,
            legend=_legend(view, text),
            table=_table(view, text),
            footer=_footer(view, text, link),
            leaflet=_leaflet("leaflet.js"),
            script=script,
        )
    )


@cache
def _leaflet(name: str) -> Markup:
    """A file of Leaflet's, as the registry's package has it; without the address of its source."""
    path = Path(xstatic.pkg.leaflet.BASE_DIR) / name
    code = path.read_text(encoding="utf-8").split("//# sourceMappingURL", 1)[0]
    return Markup(code)  # noqa: S704 (a library, not data)


def _style() -> Markup:
    facts = {
        "--sea": LIGHT.sea, "--page": LIGHT.page, "--panel": LIGHT.panel,
        "--text": LIGHT.text, "--second": LIGHT.second, "--border": LIGHT.border,
        "--head": LIGHT.table_head, "--accent": LIGHT.accent,
    }  # fmt: skip
    rules = _CSS.read_text(encoding="utf-8")
    colours = "".join(f"{name}: {value}; " for name, value in facts.items())
    return Markup(f":root {{ {colours}}}\n{rules}")  # noqa: S704 (ours)


def _patterns() -> Markup:
    """Hatch for no data and dots for suppressed, which the map's shapes are filled with."""
    return Markup(
        '<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>'
        '<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse">'
        '<rect width="7" height="7" fill="{ground}"/>'
        '<path d="M-1 1L1 -1M0 7L7 0M6 8L8 6" stroke="{line}" stroke-width="1.1"/></pattern>'
        '<pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse">'
        '<rect width="7" height="7" fill="{ground}"/><circle cx="3.5" cy="3.5" r="1.2"'
        ' fill="{line}"/></pattern></defs></svg>'
    ).format(ground=LIGHT.hatch_ground, line=LIGHT.hatch)


def label(
    lines: tuple[str, ...], value: str, symbols: list[tuple[str, str]], ground: str
) -> Markup:
    """A region's name, value and clusters (symbol and name) on the colour that it stands on."""
    images = Markup("").join(
        Markup('<img src="{}" alt="{}" width="22" height="22">').format(
            pictogram_uri(symbol, disc=LIGHT.disc, ink=LIGHT.disc_ink, ring=LIGHT.page), name
        )
        for symbol, name in symbols
    )
    return Markup('<div style="color:{};text-shadow:{}"><b>{}</b><br>{}{}</div>').format(
        readable_on(ground),
        ",".join(f"{x}px {y}px 2px {ground}" for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y),
        Markup("<br>").join(lines),
        value,
        Markup("<br>{}").format(images) if images else "",
    )


def _legend(view: MapView, text: Text) -> Markup:
    fills, frame = class_fills(view.scale), Frame(0, 0, 0, *FRAME)
    parts = [Markup("<h2>{}</h2>").format(captions.figure_name(view, text))]
    for entry in legend(view, text):
        if entry.size is not None:
            radius = circle_radius(entry.size, view, frame)
            parts.append(
                Markup(
                    '<div><svg width="{0}" height="{0}" aria-hidden="true"><circle cx="{1}"'
                    ' cy="{1}" r="{2}" fill="{3}" fill-opacity="0.6"/></svg><span>{4}</span></div>'
                ).format(
                    f"{2 * radius + 2:.0f}", f"{radius + 1:.1f}", f"{radius:.1f}", LIGHT.accent,
                    entry.label,
                )
            )  # fmt: skip
            continue
        pattern = "url(#dots)" if entry.status == "suppressed" else "url(#hatch)"
        parts.append(
            Markup(
                '<div><svg width="34" height="18" aria-hidden="true"><rect width="34" height="18"'
                ' fill="{}"/></svg><span>{}</span><span class="count">{}</span></div>'
            ).format(
                fills[entry.position] if entry.status is None else pattern,
                entry.label,
                count_text(entry.count or 0, text),
            )
        )
    if note := classes_note(view, text):
        parts.append(Markup('<p class="note">{}</p>').format(note))
    seen = view.clusters.drop_duplicates("symbol") if len(view.clusters) else view.clusters
    if len(seen):
        parts.append(Markup("<h2>{}</h2>").format(text("Clusters")))
    for cluster in seen.to_dict("records"):
        sign = pictogram_uri(
            str(cluster["symbol"]), disc=LIGHT.disc, ink=LIGHT.disc_ink, ring=LIGHT.page
        )
        parts.append(
            Markup('<div><img src="{}" alt="" width="22" height="22"><span>{}</span></div>').format(
                sign, text.name(cluster, "product")
            )
        )
    parts += _point_signs(view, text)
    return Markup("\n").join(parts)


def _point_signs(view: MapView, text: Text) -> list[Markup]:
    """Institutions by type and firms, as far as they are drawn, with their numbers."""
    if view.points is None or view.points.empty:
        return []
    row = Markup('<div><img src="{}" alt="" width="22" height="22"><span>{}</span></div>')
    parts = []
    types = institution_types(view.points, text)
    if types:
        parts.append(Markup("<h2>{}</h2>").format(text("Institutions")))
    for kind, words in types:
        name, disc, ink = point_look({"kind": "institution", "type": kind}, LIGHT)
        parts.append(row.format(pictogram_uri(name, disc=disc, ink=ink, ring=LIGHT.page), words))
    if firms := int((view.points["kind"] == "firm").sum()):
        parts.append(Markup("<h2>{}</h2>").format(text("Firms")))
        if view.cells is not None:
            words = firms_drawn(firms, "hexagons", text)
            parts.append(_HEXAGON.format(cell_fills(view.cells["count"], LIGHT)[0], words))
            return parts
        name, disc, ink = point_look({"kind": "firm", "symbol": None}, LIGHT)
        how = "dots" if len(view.points) > MOST_SYMBOLS else "symbols"
        sign = pictogram_uri(name, disc=disc, ink=ink, ring=LIGHT.page)
        parts.append(row.format(sign, firms_drawn(firms, how, text)))
    return parts


def _table(view: MapView, text: Text) -> Markup:
    """Every region with its value, or why it has none."""
    rows = []
    for code, row in view.regions.iterrows():
        missing = bool(np.isnan(row["value"]))
        value = (
            captions.missing_text(str(row["status"]), text)
            if missing
            else captions.shown(view, float(row["value"]), text)
        )
        rows.append(
            Markup('<tr><th scope="row">{}</th><td{}>{}</td></tr>').format(
                text.name(view.items[str(code)]),
                Markup(' class="missing"') if missing else "",
                value,
            )
        )
    return Markup(
        "<details open><summary>{}</summary><table><thead><tr><th>{}</th><th>{}</th></tr></thead>"
        "<tbody>{}</tbody></table></details>"
    ).format(
        text("The same figures as a table"),
        text("Region"),
        captions.figure_name(view, text),
        Markup("\n").join(rows),
    )


def _footer(view: MapView, text: Text, link: str | None) -> Markup:
    said = (
        titles.sources(view, text),
        titles.filters(view, text, printed=False),
        titles.notes(view, text),
    )
    brand = text("Release {release}", release=view.release.release_id)
    name: Markup | str = text("Cluster atlas")
    if link:
        name = Markup('<a href="{}" rel="noopener">{}</a>').format(link, name)
    return Markup("<footer>{}<p>{} · {} · Leaflet</p></footer>").format(
        Markup("").join(Markup("<p>{}</p>").format(words) for words in said), name, brand
    )
