"""Fetching a published table from an address: only those that the settings allow, and so much.

Whatever an answer says (a redirect, a link), no address is asked that is not on the list.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import re
import string
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import httpx

from atlas.config import settings
from atlas.errors import DataError

#: The most bytes of an answer, seconds for all of it, seconds of silence, and redirects.
MOST_BYTES = 500_000_000
MOST_SECONDS = 300
MOST_SILENCE = 30
MOST_REDIRECTS = 5
#: A description of a table is no larger than this.
_DESCRIPTION = 5_000_000
#: What in a path could lead elsewhere than where it seems to.
_CLIMBING = ("..", "\\", "%2e", "%2f", "%5c")


def is_address(source: str) -> bool:
    """Whether that is an address and no file."""
    return source.casefold().startswith(("https://", "http://"))


@contextlib.contextmanager
def fetched(address: str) -> Iterator[Path]:
    """What an address answers, as a file for as long as the block lasts. A table of PxWeb (API 1),
    which is asked by a query, is fetched whole.

    Raises DataError ``address_not_allowed``, ``address_refused`` (it answers with an error),
    ``address_silent`` (it does not answer in time), ``address_large``, ``address_redirects``.
    """
    # Folders of PxWeb have blanks and letters of the country in their names.
    address = quote(address, safe=string.punctuation)
    with tempfile.TemporaryDirectory(prefix="atlas-fetch-") as made:
        path = Path(made) / file_name(address)
        end = time.monotonic() + MOST_SECONDS
        timeout = httpx.Timeout(MOST_SILENCE)
        try:
            with httpx.Client(follow_redirects=False, timeout=timeout) as client:
                last = _ask(client, address, None, path, end)
                if (query := _query(path)) is not None:
                    _ask(client, last, query, path, end)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = type(error).__name__
            raise DataError("address_silent", path=address, reason=reason) from error
        yield path


def file_name(address: str) -> str:
    """What a file fetched from an address is called: without an ending, since what it is is seen by
    its bytes."""
    last = address.partition("?")[0].rpartition("/")[2]
    return re.sub(r"[^A-Za-z0-9_-]+", "-", last).strip("-")[:60] or "answer"


def allowed(address: str, known: Sequence[str]) -> bool:
    """Whether an address is one of those that begin as the list says: https, the same host and
    port, the same beginning of the path; http on the machine itself alone."""
    try:
        asked, port = urlsplit(address), urlsplit(address).port
    except ValueError:
        return False
    plain = asked.username is None and asked.password is None and asked.hostname is not None
    climbing = any(sign in asked.path.casefold() for sign in _CLIMBING)
    if not plain or climbing or any(ord(letter) < 33 or ord(letter) > 126 for letter in address):
        return False
    if asked.scheme != "https" and not (asked.scheme == "http" and _is_here(asked.hostname)):
        return False
    return any(_begins(asked, port, urlsplit(each)) for each in known)


def _begins(asked: SplitResult, port: int | None, known: SplitResult) -> bool:
    path = known.path if known.path.endswith("/") else f"{known.path}/"
    same = (asked.scheme, asked.hostname, port) == (known.scheme, known.hostname, known.port)
    return same and f"{asked.path}/".startswith(path)


def _is_here(host: str | None) -> bool:
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _ask(client: httpx.Client, address: str, query: Any, path: Path, end: float) -> str:
    """Ask an address, follow it where the list allows, write what it answers; returns the last."""
    for _ in range(MOST_REDIRECTS + 1):
        if not allowed(address, settings().sources):
            listed = ", ".join(settings().sources) or "–"
            raise DataError("address_not_allowed", path=address, known=listed)
        method = "GET" if query is None else "POST"
        with client.stream(method, address, json=query) as answer:
            if answer.is_redirect:
                address = urljoin(address, answer.headers.get("location", ""))
                continue
            if answer.status_code != httpx.codes.OK:
                raise DataError("address_refused", path=address, status=answer.status_code)
            _write(answer, address, path, end)
            return address
    raise DataError("address_redirects", path=address, most=MOST_REDIRECTS)


def _write(answer: httpx.Response, address: str, path: Path, end: float) -> None:
    written = 0
    with path.open("wb") as file:
        for piece in answer.iter_bytes(1 << 16):
            written += len(piece)
            if written > MOST_BYTES:
                raise DataError("address_large", path=address, most=MOST_BYTES)
            if time.monotonic() > end:
                raise DataError("address_silent", path=address, reason=f"{MOST_SECONDS} s")
            file.write(piece)


def _query(path: Path) -> dict[str, Any] | None:
    """What to ask a table of PxWeb for, if the answer describes one: every value of it."""
    if path.stat().st_size > _DESCRIPTION:
        return None
    try:
        said = json.loads(path.read_bytes())
        codes = [str(each["code"]) for each in said["variables"]]
    except (ValueError, TypeError, KeyError):
        return None
    all_values = {"filter": "all", "values": ["*"]}
    chosen = [{"code": code, "selection": all_values} for code in codes]
    return {"query": chosen, "response": {"format": "json-stat2"}}
