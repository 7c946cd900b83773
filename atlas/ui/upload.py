"""Files that are handed to the server: kept in a private folder, and taken from managers alone.

Streamlit takes uploads from every open session; the server's memory is for those who may.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from pathlib import Path, PurePosixPath, PureWindowsPath

import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime.scriptrunner import get_script_run_ctx

#: Sessions that may hand over files, the latest last, and how many of them are remembered.
_allowed: dict[str, None] = {}
_MOST = 1000
_PLACE = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]*$")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


class Upload:
    """The place of what was handed over: the file ``path``, in a folder that goes when this is
    forgotten."""

    def __init__(self, name: str) -> None:
        folder = Path(tempfile.mkdtemp(prefix="atlas-upload-"))
        self.path = folder / file_name(name)
        self.forget = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)


def file_name(given: str) -> str:
    """A name that is one file in one folder, whatever was given: no path, nothing but printable
    characters, not long; its ending stays."""
    last = PureWindowsPath(PurePosixPath(given).name).name
    plain = "".join(sign for sign in last if sign.isprintable()).strip(". ") or "file"
    ending = _ENDING.search(plain)
    kept = ending.group() if ending else ""
    # A folder takes names of 255 bytes.
    stem = plain.removesuffix(kept).encode()[: 150 - len(kept)].decode(errors="ignore")
    return f"{stem or 'file'}{kept}"


def allow(allowed: bool) -> None:
    """Whether the running session may hand over files, from here on."""
    context = get_script_run_ctx()
    if context is None:
        return
    _allowed.pop(context.session_id, None)
    if allowed:
        _allowed[context.session_id] = None
    while len(_allowed) > _MOST:
        _allowed.pop(next(iter(_allowed)))


def most() -> int:
    """How many megabytes a file may have."""
    return int(st.get_option("server.maxUploadSize"))


class Uploads:
    """Refuses files from sessions of whom nobody knows that they may (ASGI middleware)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless it brings a file and may not."""
        place = _PLACE.search(scope["path"]) if scope["type"] == "http" else None
        brings = place is not None and scope["method"] not in {"OPTIONS", "DELETE"}
        if brings and place is not None and place.group(1) not in _allowed:
            answer = PlainTextResponse("sign in first", status_code=403)
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)
