"""Answers that a browser asks for once: their address carries a mark of their content."""

from __future__ import annotations

import gzip

from starlette.requests import Request
from starlette.responses import Response

_FOR_GOOD = "max-age=31536000, immutable"


def kept(request: Request, content: bytes, mark: str, media_type: str) -> Response:
    """The content (given gzipped), to be kept for good where the address has its mark.

    An address with another mark comes from an atlas of another version: its reader gets what is
    there now, but does not keep it.
    """
    named = request.query_params.get("v") == mark
    headers = {
        "Cache-Control": _FOR_GOOD if named else "no-store",
        "Vary": "Accept-Encoding",
    }
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        content = gzip.decompress(content)
    return Response(content, media_type=media_type, headers=headers)


def gone() -> Response:
    """There is nothing at the address, today."""
    return Response(status_code=404, headers={"Cache-Control": "no-store"})
