"""HAProxy in front of two servers, as ``docs/haproxy.cfg`` has it.

``python -m tests.browser.haproxy`` installs it if it is not there. Without it the tests fail and
say what to install; they are never skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from atlas.config import ROOT
from tests import packages
from tests.browser.serving import free_port, wait

CONFIGURATION = ROOT / "docs" / "haproxy.cfg"
WANTED = (
    "The test of two processes needs HAProxy, which could not be installed here. On Debian:"
    " apt-get install haproxy; elsewhere see haproxy.org"
)


@contextmanager
def before(ports: tuple[int, int], log: Path) -> Iterator[str]:
    """HAProxy before the servers at two ports of this machine; gives its address. What it prints
    goes to ``log``."""
    if not shutil.which("haproxy"):
        raise RuntimeError(WANTED)
    own = free_port()
    named = {"ATLAS_PORT": own, "ATLAS_PORT_ONE": ports[0], "ATLAS_PORT_TWO": ports[1]}
    with log.open("w", encoding="utf-8") as printed:
        proxy = subprocess.Popen(
            ["haproxy", "-f", str(CONFIGURATION)],
            env={**os.environ, **{word: str(port) for word, port in named.items()}},
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://localhost:{own}"
            wait(address, proxy, log)
            yield address
        finally:
            proxy.terminate()
            proxy.wait(timeout=20)


def main() -> None:
    """Make sure that it is there; else exit with code 1 and say what to install."""
    if not shutil.which("haproxy"):
        packages.install("haproxy")
        if not shutil.which("haproxy"):
            sys.exit(WANTED)


if __name__ == "__main__":
    main()
