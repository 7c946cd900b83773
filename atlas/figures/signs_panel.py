"""Performing or under-performing sign by sign, and the platform's test, each with its ground."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from atlas.figures.member_tables import outside, source_link
from atlas.model import mark
from atlas.names import INSTITUTION_TYPES
from atlas.signs import PERFORMING, UNDERPERFORMING
from atlas.text import Text

#: States of a sign, of a condition, and the shapes they are told apart by.
STATES: Mapping[str, str] = {
    "yes": mark("known: yes"),
    "part": mark("known in part"),
    "no": mark("known: no"),
    "none": mark("none recorded"),
    "unknown": mark("not known"),
}
TEST_STATES: Mapping[str, str] = {
    "yes": mark("met"),
    "no": mark("not met"),
    "unknown": mark("not known"),
}
CONDITIONS: Mapping[str, str] = {
    "manager": mark("A manager, at least half of full time"),
    "website": mark("A website in English that shows the organisation at work"),
    "members": mark("At least 15 committed members"),
    "kinds": mark("At least two kinds of member"),
    "public": mark("Public bodies among the members, or working with it"),
}
_GROUND: Mapping[str, str] = {
    "nothing": mark("nothing published"),
    "no_organisation": mark(
        "the published sources name none, which does not mean that none exists"
    ),
    "vision_and_plan": mark("vision and action plan are published"),
    "vision_only": mark("a vision is published, no action plan"),
    "plan_only": mark("an action plan is published, no vision"),
    "public_tie": mark("a tie with a public body is recorded"),
    "no_public_tie": mark("no tie with a public body is recorded"),
    "website_unread": mark("a website is recorded; nobody has recorded what it shows"),
}
_SHAPES: Mapping[str, str] = {
    "yes": '<circle r="7" fill="currentColor"/><path d="M-3 0L-1 2.4L3.2 -2.6" fill="none"'
    ' stroke="var(--a-page)" stroke-width="1.7"/>',
    "part": '<circle r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path d="M0 -6.2A6.2 6.2 0 0 0 0 6.2Z" fill="currentColor"/>',
    "no": '<circle r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path d="M-2.6 -2.6L2.6 2.6M-2.6 2.6L2.6 -2.6" stroke="currentColor" stroke-width="1.6"/>',
    "none": '<circle r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path d="M-3 0H3" stroke="currentColor" stroke-width="1.6"/>',
    "unknown": '<circle r="6.2" fill="none" stroke="currentColor" stroke-width="1.3"'
    ' stroke-dasharray="2.4 1.9"/>',
}


def state_sign(state: str) -> Markup:
    """The shape of a state, beside words that say the same."""
    return Markup(
        '<svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">{}</svg>'
    ).format(Markup(_SHAPES[state]))  # noqa: S704 (our own shapes)


def signs_panel(
    performing: Sequence[Any], under: Sequence[Any], text: Text, sources: Mapping[str, Any],
    source: tuple[str, str],
) -> Markup:  # fmt: skip
    """All signs with what is known of each, and how many are not known: no score."""
    every = [*performing, *under]
    bar = Markup("").join(Markup('<i class="{}"></i>').format(found.state) for found in every)
    return Markup(
        '<div class="panel"><p><b>{}</b> {}</p><div class="bar-of-signs" aria-hidden="true">'
        '{}</div></div><div class="findings"><h4>{}</h4>{}<h4>{}</h4>{}</div>'
        '<p class="quiet">{}</p>'
    ).format(
        _verdict(every, text),
        _counted(every, text),
        bar,
        text("Signs of a performing cluster"),
        _lines(performing, PERFORMING, STATES, text, sources),
        text("Signs of an under-performing one"),
        _lines(under, UNDERPERFORMING, STATES, text, sources),
        text.html(
            "Signs after {source}. No score is made of them: what is not known would be hidden.",
            source=outside(source[1], source[0]),
        ),
    )


def _verdict(every: Sequence[Any], text: Text) -> str:
    unknown = sum(found.state in ("unknown", "none") for found in every)
    if unknown * 2 > len(every):
        return text("Not enough is known to say.")
    if unknown:
        return text("Something is known, not all.")
    return text("Every sign is known.")


def _counted(every: Sequence[Any], text: Text) -> str:
    parts = [
        text("{state} {count}", state=text(STATES[state]), count=text.number(number))
        for state in STATES
        if (number := sum(found.state == state for found in every))
    ]
    return text("Of {count} signs: {parts}.", count=text.number(len(every)), parts=", ".join(parts))


def admission_panel(
    conditions: Sequence[Any], text: Text, sources: Mapping[str, Any], source: tuple[str, str]
) -> Markup:
    """The European platform's conditions line by line: met, not met or not known."""
    return Markup('<h4>{}</h4><div class="findings">{}</div><p class="quiet">{}</p>').format(
        text("Would the European platform admit it?"),
        _lines(conditions, CONDITIONS, TEST_STATES, text, sources),
        text.html(
            "Conditions after {source}. The platform may waive them for organisations of a public"
            " cluster programme.",
            source=outside(source[1], source[0]),
        ),
    )


def _lines(
    found: Sequence[Any], titles: Mapping[str, str], states: Mapping[str, str], text: Text,
    sources: Mapping[str, Any],
) -> Markup:  # fmt: skip
    lines = []
    for one in found:
        ground: Markup | str = ground_text(one, text)
        if one.source:
            ground = Markup("{} ({})").format(ground, source_link(one.source, sources, text))
        lines.append(
            Markup(
                '<div class="finding"><div class="words">{}<small>{}</small></div>'
                '<div class="state {}">{}{}</div></div>'
            ).format(
                text(titles[one.name]), ground, one.state, state_sign(one.state),
                text(states[one.state]),
            )
        )  # fmt: skip
    return Markup("").join(lines)


def sign_name(name: str, text: Text) -> str:
    """A sign as people say it."""
    return text({**PERFORMING, **UNDERPERFORMING}[name])


def ground_text(one: Any, text: Text) -> str:
    """What a finding rests on, in words."""
    if one.basis in _GROUND:
        return text(_GROUND[one.basis])
    return _SENTENCES[one.basis](one.facts, text)


def _manager_time(facts: Mapping[str, Any], text: Text) -> str:
    return text("{time} of full time", time=text.number(facts["time"], 1))


def _member_count(facts: Mapping[str, Any], text: Text) -> str:
    count, detail = text.number(facts["count"]), text.name(facts, "detail")
    if not detail:
        return text("{count} members published", count=count)
    return text("{count} members published: {detail}", count=count, detail=detail)


def _kinds(facts: Mapping[str, Any], text: Text) -> str:
    kinds = text.list(
        [
            text(INSTITUTION_TYPES[k]) if k in INSTITUTION_TYPES else text("Firm")
            for k in facts["kinds"]
        ]
    )
    return text("kinds of member recorded: {kinds}", kinds=kinds)


def _stated(facts: Mapping[str, Any], text: Text) -> str:
    date = facts.get("date")
    said = text.name(facts, "detail") or text("stated by the edition")
    return f"{said}, {date}" if isinstance(date, str) and date else said


#: What a finding rests on where that has figures in it.
_SENTENCES: Mapping[str, Callable[[Mapping[str, Any], Text], str]] = {
    "ties": lambda facts, text: text.plural(
        "{count} tie recorded; how many there are is not known",
        "{count} ties recorded; how many there are is not known",
        facts["ties"],
    ),
    "no_census": lambda facts, text: text(
        "{tied} of {possible} possible ties recorded; what was published, not what exists",
        tied=text.number(facts["tied"]),
        possible=text.number(facts["possible"]),
    ),
    "manager_unknown": lambda facts, text: text(
        "{name}; whether it has a manager is not known", name=facts["name"]
    ),
    "manager_known": lambda facts, text: text(
        "{name}; manager: {time} of full time",
        name=facts["name"],
        time=text.number(facts["manager"], 1),
    ),
    "manager_time": _manager_time,
    "services": lambda facts, text: text.name(facts, "services"),
    "heard": lambda facts, text: text.plural(
        "{count} tie of advocacy with a public body recorded",
        "{count} ties of advocacy with public bodies recorded",
        facts["ties"],
    ),
    "opposite": lambda facts, text: text(
        "follows from “{sign}” above", sign=text(PERFORMING[facts["sign"]])
    ),
    "stated": _stated,
    "member_count": _member_count,
    "members_recorded": lambda facts, text: text.plural(
        "{count} recorded as a member; their whole number is not published",
        "{count} recorded as members; their whole number is not published",
        facts["recorded"],
    ),
    "kinds_recorded": _kinds,
}
