"""The browser of the tests: Debian's Chromium where it is, else the one Playwright brings.

``python -m tests.browser.chromium`` installs one if none starts. Without one the tests fail and
say what to install; they are never skipped.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import Any

from playwright.sync_api import Error, sync_playwright

from tests import packages

#: No other machine is known to the browser, and it does nothing of its own accord.
FLAGS = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
WANTED = (
    "The browser tests need Chromium, and none could be started or installed here. On Debian:"
    " apt-get install chromium; elsewhere: python -m playwright install --with-deps chromium"
)


def launch_options() -> dict[str, Any]:
    """Options of Playwright's ``launch``; the executable is Debian's where there is one."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*FLAGS, "--no-sandbox"] if root else list(FLAGS)
    found = shutil.which("chromium")
    return {"args": flags, **({"executable_path": found} if found else {})}


def fault() -> str | None:
    """Why the browser does not start, or None when it does."""
    with sync_playwright() as playwright:
        try:
            playwright.chromium.launch(**launch_options()).close()
        except Error as error:
            return str(error)
    return None


def install() -> None:
    """Install a browser: by the package manager where we may, else Playwright's own."""
    packages.install("chromium")
    if fault():
        packages.ran([sys.executable, "-m", "playwright", "install", "chromium"])


def main() -> None:
    """Make sure that a browser starts; else exit with code 1 and say what to install."""
    if fault():
        install()
        if reason := fault():
            sys.exit(f"{reason}\n\n{WANTED}")


if __name__ == "__main__":
    main()
