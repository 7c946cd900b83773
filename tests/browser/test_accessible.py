"""axe finds nothing serious or critical on any page, in either theme and language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.visitor import PAGES, Visitor


@pytest.mark.parametrize(("theme", "lang"), [("light", "en"), ("dark", "ka")])
def test_axe_finds_nothing_serious(visit: Callable[..., Visitor], theme: str, lang: str) -> None:
    visitor = visit(color_scheme=theme)
    found = []
    for name, address in PAGES.items():
        visitor.open(address + ("&" if "?" in address else "?") + f"lang={lang}")
        result = Axe().run(visitor.page).response
        assert len(result["passes"]) > 20
        found += [
            f"{name}: {violation['id']} ({violation['impact']}): {node['target']}"
            for violation in result["violations"]
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]
    assert found == []
