"""What clusters are narrowed by, in words: choices with their counts, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.panels import link
from atlas.model import STAGES, Item, mark
from atlas.text import Text

#: The choice that leaves a filter out.
ANY = "any"
#: Titles of the filters.
TITLES = {
    "region": mark("Region"),
    "sector": mark("Sector"),
    "stage": mark("Stage"),
    "organisation": mark("Organisation"),
    "stars": mark("Stars of the sector in the region"),
    "firms": mark("Firms known by name"),
}
_EVERY = {
    "region": mark("All regions"),
    "sector": mark("All sectors"),
}
_ORGANISATION = {
    "recorded": mark("Has a cluster organisation"),
    "none": mark("No cluster organisation recorded"),
}


def choices(
    clusters: pd.DataFrame, regions: Mapping[str, Item], industries: Mapping[str, Item], text: Text
) -> dict[str, dict[str, str]]:
    """For each filter its choices, those that any cluster fits, with their words in the reader's
    order: names by the alphabet, numbers and stages as they rise, what is not known last."""
    named: Mapping[str, Callable[[str], str]] = {
        "region": lambda code: text.name(regions[code]),
        "sector": lambda code: captions.industry_name(industries[code], text),
        "stage": lambda stage: text(STAGES[stage]),
        "organisation": lambda one: text(_ORGANISATION[one]),
        "stars": lambda n: text.plural("{count} star or more", "{count} stars or more", int(n)),
        "firms": lambda n: text.plural("{count} firm or more", "{count} firms or more", int(n)),
    }
    found = {}
    for name, words in named.items():
        present = {choice for own in clusters[f"_{name}"] for choice in own}
        known = {choice: words(choice) for choice in present - {"unknown"}}
        rank: Mapping[str, Callable[[str], Any]] = {
            "stage": list(STAGES).index,
            "organisation": list(_ORGANISATION).index,
            "stars": int,
            "firms": int,
        }
        found[name] = {c: known[c] for c in sorted(known, key=rank.get(name, known.__getitem__))}
        if "unknown" in present:
            found[name]["unknown"] = text("not known")
    return found


def counted(name: str, offered: Mapping[str, str], answer: Any, text: Text) -> dict[str, str]:
    """A filter's choices as they are offered: each with the number of clusters that it leaves."""
    some = {
        choice: f"{words} ({text.number(answer.counts[name][choice], 0)})"
        for choice, words in offered.items()
    }
    return {ANY: text(_EVERY.get(name, mark("Any"))), **some}


def orders(text: Text) -> dict[str, str]:
    """What clusters can be put in order by, with its words."""
    return {
        "rank": text("Rank"),
        "name": text("Name"),
        "firms": text("Firms known, most first"),
        "location_quotient": text("Location quotient of the sector in the region, highest first"),
    }


def found(
    answer: Any, wanted: Mapping[str, str], words: str,
    offered: Mapping[str, Mapping[str, str]], text: Text, here: Callable[..., str],
) -> Markup:  # fmt: skip
    """How many of how many fit, and each choice made as a link that takes it back."""
    made = {name: offered[name][choice] for name, choice in wanted.items()}
    if words:
        made["find"] = text("“{words}”", words=words)
    if not made:
        return Markup("")
    chips = [
        Markup('<a class="chip on" href="{}">{} ×</a>').format(here(**{name: None}), said)
        for name, said in made.items()
    ]
    everything: dict[str, None] = dict.fromkeys(made)
    chips.append(link(here(**everything), text("Show all clusters")))
    said = text.plural(
        "{count} cluster of {total} fits.",
        "{count} clusters of {total} fit.",
        len(answer.clusters),
        total=answer.total,
    )
    if answer.clusters.empty:
        said = text("No cluster fits all of this. Take one of the choices back:")
    return Markup('<div class="chips"><b>{}</b>{}</div>').format(said, Markup("").join(chips))


def map_words(answer: Any, regions: Mapping[str, Item], country: str, text: Text) -> str:
    """What the map shows, for those who cannot see it."""
    counts = answer.clusters["region_code"].value_counts()
    where = [f"{text.name(regions[code])} ({count})" for code, count in counts.items()]
    title = text("Map of the clusters of {country}", country=country)
    return f"{title}: {text.list(where)}." if where else title
