"""The certificate of a confidential release in words: for its readers, and for the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atlas.text import Text


def sentences(certificate: Mapping[str, Any], text: Text) -> list[str]:
    """What was suppressed, by which rules, and what an attack could not work out."""
    if not certificate["primary"]:
        none = text("None of {cells} figures could reveal a firm: none is suppressed.",
                    cells=text.number(certificate["cells"]))  # fmt: skip
        return [none, *_rules(certificate, text)]
    said = [
        text(
            "Suppressed of {cells} figures: {primary} that could reveal a firm, and {secondary}"
            " more so that nobody can work those out from totals.",
            cells=text.number(certificate["cells"]),
            primary=text.number(certificate["primary"]),
            secondary=text.number(certificate["secondary"]),
        ),
        *_rules(certificate, text),
        *_audit(certificate, text),
    ]
    if certificate["published_before"]:
        said.append(
            text.plural(
                "{count} figure that is suppressed now was given by an earlier release, which"
                " cannot be taken back.",
                "{count} figures that are suppressed now were given by earlier releases, which"
                " cannot be taken back.",
                certificate["published_before"],
            )
        )
    if certificate["firms_without_figures"]:
        said.append(
            text.plural(
                "{count} firm is listed without its size, which would give a figure away.",
                "{count} firms are listed without their size, which would give a figure away.",
                certificate["firms_without_figures"],
            )
        )
    return said


def _rules(certificate: Mapping[str, Any], text: Text) -> list[str]:
    rules = certificate["rules"]
    if rules is None:
        return [text("The thresholds of the rules are not told.")]
    firms, dominance = text.number(rules["minimum_firms"]), rules["dominance"]
    few = text(
        "A figure could reveal a firm where fewer than {firms} firms stand behind it.", firms=firms
    )
    if dominance is None:
        return [few]
    if not certificate["dominance_judged"]:
        return [
            few,
            text(
                "Whether few firms dominate a figure was not judged: the edition does not tell"
                " what each firm contributes."
            ),
        ]
    return [
        few,
        text.plural(
            "So could one of which the largest firm makes more than {share}.",
            "So could one of which the {count} largest firms make more than {share}.",
            dominance["firms"],
            share=text.percent(dominance["share"], 0),
        ),
    ]


def _audit(certificate: Mapping[str, Any], text: Text) -> list[str]:
    narrowest = certificate["narrowest"]
    if not narrowest:
        return []
    worked_out = text(
        "An attack by linear programming, which used every published figure and those of earlier"
        " releases, worked out none of them."
    )
    widths = {kind: text.percent(width, 0) for kind, width in narrowest.items()}
    if "sensitive" not in widths:
        return [worked_out]
    if certificate["narrowest_is_exact"]:
        message = text(
            "The narrowest interval it leaves is {sensitive} of its upper end for a figure that"
            " could reveal a firm, and {any} for any suppressed figure (rounded down).",
            **widths,
        )
    else:
        message = text(
            "Every interval it leaves is at least {sensitive} of its upper end for a figure that"
            " could reveal a firm, and {any} for any suppressed figure (rounded down).",
            **widths,
        )
    return [worked_out, message]
