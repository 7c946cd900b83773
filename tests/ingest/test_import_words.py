"""Every rule of an import has its sentence, with the facts that it speaks of, and what to do."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator

from atlas.config import ROOT
from atlas.import_words import REMEDIES
from atlas.import_words import RULES as IMPORT_RULES
from atlas.text import RULES


def noted() -> Iterator[tuple[str, str, set[str]]]:
    """Where a rule is noted, the rule, and the facts that it is given."""
    for path in sorted((ROOT / "atlas" / "ingest").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "note":
                continue
            first = node.args[0]
            rules = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            for rule in rules:
                if isinstance(rule, ast.Constant):
                    facts = {str(one.arg) for one in node.keywords}
                    # An error within an issue is its reason, in the reader's language.
                    facts |= {"reason"} if facts >= {"kind", "about"} else set()
                    yield f"{path.name}:{node.lineno}", str(rule.value), facts


NOTED = list(noted())
#: Noted by way of a loop, as a finished issue, or by the name of what was found.
OTHERWISE = {
    "converted", "finer", "formula_text", "markup", "not_compared", "outline_broken",
    "outline_crossing", "outline_empty", "outline_infinite", "outline_no_area",
    "outline_not_degrees", "outlines_gap", "outlines_gap_small", "outlines_overlap",
    "outlines_overlap_small", "replaced",
}  # fmt: skip


def test_every_rule_that_is_noted_has_its_sentence_and_facts() -> None:
    assert len(NOTED) > 20
    sentences = {**RULES, **IMPORT_RULES}
    for place, rule, facts in NOTED:
        spoken = {name for _, name, _, _ in string.Formatter().parse(sentences[rule]) if name}
        assert spoken <= facts, place


def test_every_sentence_is_of_a_rule_that_is_noted() -> None:
    assert set(IMPORT_RULES) - {rule for _, rule, _ in NOTED} == OTHERWISE
    assert not set(IMPORT_RULES) & set(RULES)


def test_what_to_do_is_said_of_rules_that_there_are() -> None:
    assert set(REMEDIES) <= {*RULES, *IMPORT_RULES}
