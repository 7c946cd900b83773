"""The glossary: what the words of this field mean, and where the words are found on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from atlas.model import mark
from atlas.text import Text


@dataclass(frozen=True)
class Term:
    """A word of the field.

    ``forms``: how it stands in running text, in alternatives divided by ``|``, where ``*`` stands
    for any ending, so that each language says its own. ``method``: the metric whose formula stands
    on the page of methods.
    """

    name: str
    title: str
    forms: str
    meaning: str
    method: str | None = None


TERMS = (
    Term(
        "cluster",
        mark("Cluster"),
        mark("cluster*"),
        mark(
            "Firms of one line of business close to each other, together with the institutions"
            " that support them: product, place and institutions."
        ),
    ),
    Term(
        "cluster-organisation",
        mark("Cluster management organisation (CMO)"),
        mark(
            "CMO*|cluster organisation*|organisation that runs it"
            "|organisation that runs the cluster"
        ),
        mark(
            "The organisation that runs a cluster: it has a manager, brings the members together,"
            " serves them and speaks for them."
        ),
    ),
    Term(
        "institution",
        mark("Support institution"),
        mark("institution*"),
        mark(
            "Whoever supports a cluster’s firms without being one of them: associations,"
            " universities, research, schools, public agencies, finance."
        ),
    ),
    Term(
        "firm",
        mark("Firm and establishment"),
        mark("establishment*|firm|firms"),
        mark(
            "A firm is a legal unit; an establishment is one place where it works. A firm with"
            " three workshops is one firm and three establishments."
        ),
    ),
    Term(
        "value-chain",
        mark("Value chain"),
        mark("value chain*"),
        mark("The stages from raw material to customer, and which firms work at which of them."),
    ),
    Term(
        "location-quotient",
        mark("Location quotient (LQ)"),
        mark("location quotient*|LQ"),
        mark(
            "A sector’s share in the region divided by its share in the country. Above 1 the"
            " region has more of the sector than the country has; 2 is twice as much."
        ),
        "location_quotient",
    ),
    Term(
        "size",
        mark("Share of the country’s sector"),
        mark("share of the country’s sector"),
        mark("How much of all the country’s jobs of a sector (or turnover ...) is in one region."),
        "size",
    ),
    Term(
        "focus",
        mark("Share of the region’s total"),
        mark("share of the region’s total"),
        mark("How much of all the region’s jobs (or turnover ...) is in one sector."),
        "focus",
    ),
    Term(
        "stars",
        mark("Stars"),
        mark("star|stars"),
        mark(
            "One each for size, specialisation and focus above a cut. More stars: a cluster by"
            " more of the three."
        ),
        "observatory_stars",
    ),
    Term(
        "strong-cluster",
        mark("Strong cluster"),
        mark("strong cluster*"),
        mark(
            "A rule of the U.S. Cluster Mapping: among the regions with the highest location"
            " quotients of a sector, and not among those with the fewest jobs."
        ),
        "us_strong",
    ),
    Term(
        "interval",
        mark("Interval"),
        mark("interval*"),
        mark(
            "Between which values a figure made from few jobs could lie by chance alone. The"
            " fewer are counted, the wider it is."
        ),
    ),
    Term(
        "shift-share",
        mark("Shift-share"),
        mark("shift-share*"),
        mark(
            "Splits a change into what the whole country’s growth, the region’s mix of sectors,"
            " and the region itself brought."
        ),
        "national_share",
    ),
    Term(
        "equivalent-number",
        mark("Equivalent number"),
        mark("equivalent number*"),
        mark("How many sectors of equal size would be as concentrated as the region’s are."),
        "equivalent_number",
    ),
    Term(
        "krugman",
        mark("Krugman index"),
        mark("Krugman index*|Krugman’s index"),
        mark("How far two structures differ, sector by sector: 0 the same, 2 nothing in common."),
        "krugman_rest",
    ),
    Term(
        "related-variety",
        mark("Related variety"),
        mark("related variety"),
        mark("Variety among sectors of one kind, which learn from each other easily."),
        "related_variety",
    ),
    Term(
        "suppressed",
        mark("Suppressed"),
        mark("suppressed*"),
        mark(
            "Known to the statistics office but not published, because it would reveal a firm. It"
            " is not zero, and nothing is computed from it."
        ),
    ),
    Term(
        "partial",
        mark("Partial"),
        mark("partial*"),
        mark("A sum of which some parts are not known: the true figure is higher."),
    ),
    Term(
        "nace",
        mark("NACE"),
        mark("NACE"),
        mark(
            "The European Union’s classification of economic activities; its sections carry"
            " letters, C being manufacturing."
        ),
    ),
)


def found_words(text: Text, address: str) -> dict[str, Any]:
    """For the browser, which links the first use of each word in every panel: the glossary's
    address, and for each word its anchor, its forms and its meaning."""
    words = [[term.name, text(term.forms).split("|"), text(term.meaning)] for term in TERMS]
    return {"address": address, "words": words}


def glossary(text: Text, methods: str) -> Markup:
    """All words in the order of the reader's alphabet; ``methods``: address of that page."""
    entries = sorted(TERMS, key=lambda term: text(term.title).casefold())
    rows = [
        Markup('<div><dt id="{}">{}</dt><dd>{}{}</dd></div>').format(
            term.name,
            text(term.title),
            text(term.meaning),
            Markup(' <a href="{}#{}">{}</a>').format(methods, term.method, text("Formula"))
            if term.method
            else "",
        )
        for term in entries
    ]
    return Markup('<dl class="glossary">{}</dl>').format(Markup("").join(rows))
