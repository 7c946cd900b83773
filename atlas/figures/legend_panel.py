"""The legend under the interactive map, as HTML."""

from __future__ import annotations

from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.legends import classes_note, count_text, legend
from atlas.figures.palette import Theme, class_fills
from atlas.figures.panels import institution_sign, sign
from atlas.figures.pictograms import FIRM
from atlas.figures.placing import Frame, circle_radius
from atlas.model import MapView
from atlas.names import INSTITUTION_TYPES
from atlas.text import Text


def legend_panel(
    view: MapView, text: Text, theme: Theme, on: frozenset[str], frame: Frame, *,
    hexagons: bool = False,
) -> Markup:  # fmt: skip
    """The legend: what the colours mean, how many regions, and the symbols of the layers.
    ``hexagons``: firms are drawn as these."""
    colours = class_fills(view.scale, theme=theme.name)
    parts = []
    for entry in legend(view, text):
        if entry.size is not None:
            parts.append(_circle_entry(entry.label, entry.size, view, frame))
            continue
        fill = colours[entry.position] if entry.status is None else None
        parts.append(
            Markup('<div class="class{}">{}<div>{}</div><span>{}</span></div>').format(
                "" if fill else " without",
                _swatch(fill, entry.status, theme),
                entry.label,
                count_text(entry.count or 0, text),
            )
        )
    note = classes_note(view, text)
    return Markup(
        '<div class="legend"><div>{}{}</div><div class="classes">{}</div>{}</div>'
    ).format(
        captions.explanation(view, text),
        Markup('<span class="quiet"> · {}</span>').format(note) if note else "",
        Markup("").join(parts),
        _signs(view, text, theme, on, hexagons),
    )


def _swatch(fill: str | None, status: str | None, theme: Theme) -> Markup:
    if fill:
        return Markup('<svg aria-hidden="true"><rect fill="{}"/></svg>').format(fill)
    pattern = (
        '<circle cx="3" cy="3" r="1.1" fill="{}"/>'
        if status == "suppressed"
        else '<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="{}" stroke-width="1"/>'
    )
    name = f"pattern-{status}"
    return Markup(
        '<svg aria-hidden="true"><defs><pattern id="{0}" width="6" height="6"'
        ' patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="{1}"/>{2}</pattern></defs>'
        '<rect fill="url(#{0})"/></svg>'
    ).format(name, theme.hatch_ground, Markup(pattern).format(theme.hatch))  # noqa: S704 (ours)


def _circle_entry(label: str, size: float, view: MapView, frame: Frame) -> Markup:
    radius = circle_radius(size, view, frame)
    return Markup(
        '<div style="display:flex;gap:8px;align-items:center;margin-right:20px">'
        '<svg width="{0}" height="{0}" aria-hidden="true" style="width:{0}px;height:{0}px">'
        '<circle cx="{1}" cy="{1}" r="{2}" fill="var(--a-accent)" fill-opacity="0.6"/></svg>'
        "<div>{3}</div></div>"
    ).format(f"{2 * radius + 2:.0f}", f"{radius + 1:.1f}", f"{radius:.1f}", label)


def _signs(view: MapView, text: Text, theme: Theme, on: frozenset[str], hexagons: bool) -> Markup:
    rows: list[Markup] = []
    if "clusters" in on:
        seen: dict[str, str] = {}
        for cluster in view.cluster_rows:
            if cluster["region_code"] in view.values:
                seen.setdefault(str(cluster["symbol"]), text.name(cluster, "product"))
        rows += [
            Markup("<span>{}{}</span>").format(sign(symbol, theme), product)
            for symbol, product in seen.items()
        ]
    if "institutions" in on:
        rows += [
            Markup("<span>{}{}</span>").format(institution_sign(kind, theme), text(name))
            for kind, name in INSTITUTION_TYPES.items()
        ]
    if "firms" in on and hexagons:
        said = text("Hexagons: the number of firms in each; a click lists them")
        rows.append(Markup("<span>{}</span>").format(said))
    elif "firms" in on:
        rows.append(
            Markup("<span>{}{}</span>").format(
                sign(FIRM[0], theme), text("Firm, symbol by product")
            )
        )
    if not rows:
        return Markup("")
    note = (
        text(
            "Clusters: symbol by product. Employment per cluster is not published, so all symbols"
            " are of one size."
        )
        if "clusters" in on
        else ""
    )
    return Markup('<div class="signs">{}</div><p class="quiet">{}</p>').format(
        Markup("").join(rows), note
    )
