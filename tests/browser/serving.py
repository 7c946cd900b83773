"""The real server on a free port, and a listener for whatever it might ask of other machines."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from atlas.config import ROOT

#: Seconds that a first start may take, the building of the first release included.
PATIENCE = 120


@contextmanager
def serving(home: Path, log: Path, *, port: int | None = None, **settings: str) -> Iterator[str]:
    """The atlas served from the releases in ``home``; gives its address.

    What the server prints goes to ``log``. Whatever it asks of another machine fails and is noted
    there as ``ASKED``. ``settings``: further variables of its environment.
    """
    log.unlink(missing_ok=True)
    with log.open("a", encoding="utf-8") as printed, _asked(log) as proxy:
        port = port or free_port()
        environment = {
            **os.environ,
            "ATLAS_HOME": str(home),
            **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), proxy),
            "no_proxy": "",
            "NO_PROXY": "",
            **settings,
        }
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                str(ROOT / "app.py"),
                "--server.port",
                str(port),
            ],
            cwd=ROOT,
            env=environment,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://localhost:{port}"
            wait(address, server, log)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def asked(log: Path) -> list[str]:
    """What the server asked of other machines: lines of its log."""
    return [line for line in log.read_text("utf-8").splitlines() if line.startswith("ASKED")]


def wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server answers. Raises RuntimeError, with what it printed, when it does not."""
    end = time.monotonic() + PATIENCE
    direct = build_opener(ProxyHandler({}))
    while time.monotonic() < end and server.poll() is None:
        try:
            with direct.open(f"{address}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8')}")


@contextmanager
def _asked(log: Path) -> Iterator[str]:
    """A proxy that refuses everything and writes down what was asked."""

    class Refusal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with log.open("a", encoding="utf-8") as printed:
                printed.write(f"ASKED {self.command} {self.path}\n")
            self.send_error(502)

        do_CONNECT = do_POST = do_HEAD = do_GET  # noqa: N815 (names given by the base class)

        def log_message(self, *_: object) -> None:
            """Nothing more is written."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Refusal) as listener:
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listener.server_port}"
        listener.shutdown()
