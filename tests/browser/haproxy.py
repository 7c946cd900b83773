"""HAProxy in front of two servers, as ``docs/haproxy.cfg`` has it.

``python -m tests.browser.haproxy`` installs it if it is not there. Without it the tests fail and
say what to install; they are never skipped.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from atlas.config import ROOT
from tests import packages
from tests.browser.serving import free_port

CONFIGURATION = ROOT / "docs" / "haproxy.cfg"
WANTED = (
    "The test of two processes needs HAProxy, which could not be installed here. On Debian:"
    " apt-get install haproxy; elsewhere see haproxy.org"
)


@contextmanager
def before(ports: tuple[int, int], folder: Path) -> Iterator[str]:
    """HAProxy before the servers at two ports of this machine; gives its address."""
    if not shutil.which("haproxy"):
        raise RuntimeError(WANTED)
    own = free_port()
    written = CONFIGURATION.read_text("utf-8")
    for named, port in zip((8500, 8501, 8502), (own, *ports), strict=True):
        assert f":{named}" in written
        written = written.replace(f":{named}", f":{port}")
    file = folder / "haproxy.cfg"
    file.write_text(written, "utf-8")
    proxy = subprocess.Popen(["haproxy", "-f", str(file)])
    try:
        address = f"http://localhost:{own}"
        _wait(address, proxy)
        yield address
    finally:
        proxy.terminate()
        proxy.wait(timeout=20)


def _wait(address: str, proxy: subprocess.Popen[bytes]) -> None:
    direct, end = build_opener(ProxyHandler({})), time.monotonic() + 20
    while time.monotonic() < end and proxy.poll() is None:
        try:
            direct.open(f"{address}/_stcore/health", timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("HAProxy did not start")


def main() -> None:
    """Make sure that it is there; else exit with code 1 and say what to install."""
    if not shutil.which("haproxy"):
        packages.install("haproxy")
        if not shutil.which("haproxy"):
            sys.exit(WANTED)


if __name__ == "__main__":
    main()
