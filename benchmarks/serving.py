"""A Streamlit server of one script in a process of its own, and what it takes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from benchmarks.running import PROJECT

#: Seconds that a start may take.
_PATIENCE = 300


@dataclass(frozen=True)
class Server:
    """A running server: its address (``localhost:8501``) and process."""

    address: str
    pid: int

    def cpu(self) -> float:
        """CPU seconds so far, user and system, all threads (Linux)."""
        told = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
        user, system = told.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes that it holds now (Linux)."""
        told = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        (line,) = [line for line in told.splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) / 1024


@contextmanager
def serving(script: Path, **environment: str) -> Iterator[Server]:
    """The script served on a free port. Raises RuntimeError when it does not start."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    process = subprocess.Popen(
        command, cwd=PROJECT, env={**os.environ, **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        server = Server(f"localhost:{port}", process.pid)
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    direct = build_opener(ProxyHandler({}))
    while time.monotonic() < end and process.poll() is None:
        try:
            with direct.open(f"http://{server.address}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the server did not start")
