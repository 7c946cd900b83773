"""A statistics office on this machine, which answers as recorded and as offices should not."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import published


class Office(BaseHTTPRequestHandler):
    """A statistics office on this machine: recorded answers, and what offices should not do."""

    asked: ClassVar[list[str]] = []
    outside = ""

    def do_GET(self) -> None:
        """A table, a description, a redirect within the list or out of it, an error."""
        self.asked.append(f"GET {self.path}")
        found = {
            "/api/sdmx/2.1/data/JOBS": published.GENERIC,
            "/api/sdmx/3.0/data/JOBS": published.specific("v3_0"),
            "/api/statistics/1.0/data/JOBS?lang=EN": published.json_stat(),
            "/api/v1/en/Jobs/jobs.px": published.PXWEB_TABLE,
            "/api/v1/ka/Database/Social%20Statistics/%E1%83%90.px": published.PXWEB_DATA,
            "/other/JOBS": published.GENERIC,
        }.get(self.path)
        moved = {"/api/moved": "/api/sdmx/2.1/data/JOBS", "/api/out": "/other/JOBS",
                 "/api/away": self.outside, "/api/round": "/api/round"}.get(self.path)  # fmt: skip
        if moved is not None:
            self.send_response(302)
            self.send_header("Location", moved)
            self.end_headers()
        else:
            self._give(found)

    def do_POST(self) -> None:
        """The figures of PxWeb, if all of them are asked for."""
        self.asked.append(f"POST {self.path}")
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        every = {"filter": "all", "values": ["*"]}
        asked = {each["code"]: each["selection"] for each in query["query"]}
        wanted = dict.fromkeys(("Regions", "Economic activities", "Indicator", "Year"), every)
        right = asked == wanted and query["response"] == {"format": "json-stat2"}
        self._give(published.PXWEB_DATA if right else None)

    def _give(self, content: bytes | None) -> None:
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """An office, and another one that it leads to; gives how the addresses of the first begin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Office)
    other = ThreadingHTTPServer(("127.0.0.1", 0), Office)
    for each in (server, other):
        threading.Thread(target=each.serve_forever, daemon=True).start()
    Office.asked.clear()
    Office.outside = f"http://127.0.0.1:{other.server_port}/api/sdmx/2.1/data/JOBS"
    yield f"http://127.0.0.1:{server.server_port}/api"
    for each in (server, other):
        each.shutdown()
        each.server_close()
