"""The pages about the atlas: methods from the registry, sources from the manifest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.certificate import sentences
from atlas.figures.member_tables import outside
from atlas.figures.tables import Cell, Column, Row, table
from atlas.model import Metric, Release
from atlas.text import Text


def methods(metrics: Iterable[Metric], text: Text) -> Markup:
    """Every metric: what it says, its formula, how to read it, where it comes from."""
    entries = [
        Markup(
            '<div class="card" id="{}"><h4 style="margin-top:0">{}</h4><p>{}</p>'
            '<p style="margin:8px 0"><code>{}</code></p>'
            '<p class="quiet">{}: {}.<br>{}: {}.</p></div>'
        ).format(
            metric.name,
            text(metric.title),
            text(metric.reading),
            metric.formula,
            text("To read it"),
            text(metric.direction),
            text("Source"),
            text(metric.source),
        )
        for metric in metrics
    ]
    legend = text(
        "x is a measure (persons employed, turnover ...), i the sector, r the region, R the whole"
        " country, b the base (all sectors together unless the edition says otherwise), t and s"
        " the later and the earlier year."
    )
    return Markup(
        '<p class="lead">{}</p><div class="grid" style="margin-top:12px">{}</div>'
    ).format(legend, Markup("").join(entries))


def totals(text: Text) -> Markup:
    """The rules for totals and missing values, in words."""
    rules = (
        text("A published figure always stands, also where its parts add up to something else."),
        text(
            "Where a total is not published it is the sum of its parts that have a figure; if a"
            " part is missing, the total is marked as partial."
        ),
        text("Missing is not zero: any figure made from a missing one is missing too."),
        text("A denominator of zero makes a figure “not applicable”."),
        text("A suppressed figure is nowhere in the release, nor is anything made from it."),
    )
    return Markup('<ul class="notes">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(rule) for rule in rules)
    )


def notes(release: Release, text: Text) -> Markup:
    """What the edition says about itself."""
    said = release.settings.get(f"notes_{text.language}") or release.settings.get("notes_en") or []
    return Markup('<ul class="notes">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(note) for note in said)
    )


def release_line(release: Release, text: Text) -> Markup:
    """Which release this is and when it was built."""
    built = datetime.datetime.fromisoformat(str(release.manifest["built"]))
    return Markup('<p class="lead">{}</p>').format(
        text(
            "{title}, release {release}, built on {date}.",
            title=text.name(release.manifest, "title"),
            release=release.release_id,
            date=text.date(built.date()),
        )
    )


def sources(release: Release, text: Text) -> Markup:
    """The edition's sources: what, who, licence."""
    columns = [
        Column(text("Source"), text=True),
        Column(text("Publisher"), text=True),
        Column(text("Licence"), text=True, wide=True),
    ]
    rows = [
        Row(
            [
                Cell(
                    outside(source.get("url"), captions.source_name(source, text)),
                    str(source.get("title")),
                ),
                *(
                    Cell(words, words)
                    for field in ("publisher", "licence")
                    for words in [text.name(source, field) or str(source.get(field) or "")]
                ),
            ]
        )
        for source in release.manifest.get("sources", [])
    ]
    return table(columns, rows, text, caption=text("Sources"))


def certificate(release: Release, text: Text) -> Markup:
    """How a confidential release keeps firms' figures back; empty for any other release."""
    said = release.manifest.get("confidentiality")
    if said is None:
        return Markup("")
    return Markup('<ul class="notes">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(one) for one in sentences(said, text))
    )


def holdings(coverage: pd.DataFrame, release: Release, text: Text) -> Markup:
    """How many figures each measure has, over which years, and in which unit."""
    columns = [
        Column(text("Measure"), text=True),
        Column(text("Unit"), text=True, wide=True),
        Column(text("Published figures")),
        Column(text("First year")),
        Column(text("Last year")),
    ]
    about = release.manifest.get("measures", {})
    rows = [
        Row(
            [
                Cell(captions.measure_name(release, text, row["measure"]), str(row["measure"])),
                Cell(text.name(about.get(row["measure"], {}), "unit")),
                Cell(text.number(float(row["figures"])), float(row["figures"])),
                Cell(str(row["first_year"]), float(row["first_year"])),
                Cell(str(row["last_year"]), float(row["last_year"])),
            ]
        )
        for row in coverage.to_dict("records")
    ]
    return table(columns, rows, text, caption=text("What the release holds"))
