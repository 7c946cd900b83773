"""Photograph every page into ``shots/``: each language, desktop and phone, light and dark.

``python -m tests.look [WORD ...]`` takes only the pictures whose name has all these words.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from atlas.config import ROOT, settings
from atlas.text import languages
from tests.browser import chromium
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.serving import serving
from tests.browser.visitor import PAGES, Visitor

SHOTS = ROOT / "shots"
DEVICES = {"desktop": DESKTOP, "phone": {**PHONE, "device_scale_factor": 2}}
#: Streamlit scrolls inside the page: this is how high it would like to be.
_HEIGHT = """() => Math.max(
  ...[...document.querySelectorAll(".stMainBlockContainer")].map(at => at.scrollHeight)
)"""


def look(browser: Browser, address: str, words: list[str]) -> int:
    """Take the pictures whose names have all these words; returns how many."""
    taken = 0
    for device, theme in itertools.product(DEVICES, ("light", "dark")):
        context = browser.new_context(base_url=address, color_scheme=theme, **DEVICES[device])
        for name, lang in itertools.product(PAGES, languages()):
            file = SHOTS / f"{name}_{lang}_{device}_{theme}.png"
            if not all(word in file.stem for word in words):
                continue
            visitor = Visitor(context.new_page())
            visitor.open(PAGES[name] + ("&" if "?" in PAGES[name] else "?") + f"lang={lang}")
            photograph(visitor, file)
            visitor.page.close()
            print(file.relative_to(ROOT), flush=True)
            taken += 1
        context.close()
    return taken


def photograph(visitor: Visitor, file: Path) -> None:
    """A picture of the whole page, however far down it reaches."""
    size = visitor.page.viewport_size
    assert size is not None
    visitor.page.set_viewport_size({**size, "height": int(visitor.page.evaluate(_HEIGHT)) + 40})
    visitor.settle()
    # Symbols may cover any region on a phone: there is no colour to wait for.
    visitor.page.wait_for_timeout(4000 if visitor.map.count() else 600)
    visitor.page.screenshot(path=file)


def main() -> None:
    """Serve the atlas and photograph it."""
    SHOTS.mkdir(exist_ok=True)
    with (
        serving(settings().home, SHOTS / "server.log") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**chromium.launch_options())
        taken = look(browser, address, sys.argv[1:])
        browser.close()
    print(f"{taken} pictures in {SHOTS.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
