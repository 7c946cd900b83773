"""A Streamlit server of one script in a process of its own, or several behind one address, and what
they take."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from benchmarks.running import PROJECT

#: Seconds that a start may take.
_PATIENCE = 300
_PROXY = PROJECT / "docs" / "haproxy.cfg"


@dataclass(frozen=True)
class Server:
    """A running server: its address (``localhost:8501``) and processes."""

    address: str
    pids: tuple[int, ...]

    def cpu(self) -> float:
        """CPU seconds so far, user and system, all threads (Linux)."""
        return sum(map(_cpu, self.pids))

    def memory(self) -> float:
        """Megabytes that it holds now (Linux)."""
        return sum(map(_memory, self.pids))


def _cpu(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    user, system = told.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    (line,) = [line for line in told.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


@contextmanager
def serving(script: Path, **environment: str) -> Iterator[Server]:
    """The script served on a free port. Raises RuntimeError when it does not start."""
    port = _free_port()
    run = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    with _process(run, port, **environment) as pid:
        yield Server(f"localhost:{port}", (pid,))


@contextmanager
def serving_two(script: Path, **environment: str) -> Iterator[Server]:
    """The same by two processes behind one address (``docs/haproxy.cfg``); HAProxy counts as the
    server's. Raises RuntimeError where HAProxy is not installed, too."""
    if not shutil.which("haproxy"):
        raise RuntimeError("two processes need HAProxy; on Debian: apt-get install haproxy")
    with ExitStack() as stack:
        two = [stack.enter_context(serving(script, **environment)) for _ in range(2)]
        port = _free_port()
        one, other = (server.address.rpartition(":")[2] for server in two)
        ports = {"ATLAS_PORT": str(port), "ATLAS_PORT_ONE": one, "ATLAS_PORT_TWO": other}
        run = ["haproxy", "-f", str(_PROXY)]
        pid = stack.enter_context(_process(run, port, **ports))
        yield Server(f"localhost:{port}", (pid, *(server.pids[0] for server in two)))


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _process(command: list[str], port: int, **environment: str) -> Iterator[int]:
    process = subprocess.Popen(
        command, cwd=PROJECT, env={**os.environ, **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(f"http://localhost:{port}/_stcore/health", process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    direct = build_opener(ProxyHandler({}))
    while time.monotonic() < end and process.poll() is None:
        try:
            with direct.open(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the server did not start")
