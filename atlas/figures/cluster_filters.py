"""What clusters are narrowed by, in words: choices with their counts, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.panels import link
from atlas.model import Item, mark
from atlas.names import STAGES
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
    made = _made(answer, wanted, words, offered, text)
    if not made:
        return Markup("")
    chips = [
        Markup('<a class="chip on" href="{}" title="{}">{} ✕</a>').format(
            here(**{name: None}), text("Take this choice back"), said
        )
        for name, said in made.items()
    ]
    chips.append(link(here(**dict.fromkeys(made)), text("Show all clusters")))
    said = text.plural(
        "{count} cluster of {total} fits.",
        "{count} clusters of {total} fit.",
        len(answer.clusters),
        total=answer.total,
    )
    return Markup('<div class="chips" role="status"><b>{}</b>{}</div>').format(
        said, Markup("").join(chips)
    )


def _made(
    answer: Any, wanted: Mapping[str, str], words: str,
    offered: Mapping[str, Mapping[str, str]], text: Text,
) -> dict[str, str]:  # fmt: skip
    """The choices made, in words: ``Region: Kakheti``, ``“wine”``."""
    return {
        name: text("“{words}”", words=words)
        if name == "find"
        else f"{text(TITLES[name])}: {offered[name][wanted[name]]}"
        for name in answer.alone
    }


def none_fits(
    answer: Any, wanted: Mapping[str, str], words: str,
    offered: Mapping[str, Mapping[str, str]], text: Text, here: Callable[..., str],
) -> Markup:  # fmt: skip
    """Why no cluster fits: how many fit each choice by itself, and how many all the others; each
    a link to that list."""
    made = _made(answer, wanted, words, offered, text)
    if list(made) == ["find"]:
        said = text(
            "“{words}” begins no word in the name, product or region of these clusters.",
            words=words,
        )
    else:
        said = text("No cluster published by name fits all of these choices together.")
    items = [
        Markup("<li>{}</li>").format(
            text.html(
                "{choice}: alone {clusters}, without it {others}",
                choice=Markup("<b>{}</b>").format(words_of),
                clusters=_count(
                    answer.alone[name], here(**dict.fromkeys(set(made) - {name})), text
                ),
                others=_count(answer.without[name], here(**{name: None}), text),
            )
        )
        for name, words_of in made.items()
    ]
    return Markup('<div class="notice"><b>{}</b>{}<p>{}</p></div>').format(
        said,
        Markup('<ul class="notes">{}</ul>').format(Markup("").join(items)) if len(made) > 1 else "",
        link(here(**dict.fromkeys(made)), text("Show all clusters")),
    )


def _count(number: int, address: str, text: Text) -> Markup | str:
    said = text.plural("{count} cluster", "{count} clusters", number)
    return link(address, said) if number else said


def map_words(answer: Any, regions: Mapping[str, Item], country: str, text: Text) -> str:
    """What the map shows, for those who cannot see it."""
    counts = answer.clusters["region_code"].value_counts()
    where = [f"{text.name(regions[code])} ({count})" for code, count in counts.items()]
    title = text("Map of the clusters of {country}", country=country)
    return f"{title}: {text.list(where)}." if where else title
