"""Back from a sign-in to where it began.

Streamlit sends whoever signed in (or out) to the atlas' first page and forgets the rest of the
address: language, edition, what was gathered. So the browser keeps the address in a cookie for as
long as a sign-in may take (``html.js``), and the answer to the provider's call leads there.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The cookie, as ``html.js`` calls it too.
COOKIE = "atlas_back"
_CALLBACK = "/oauth2callback"
#: A path of this server with a query; never another server ("//other", "/\\other").
_OURS = re.compile(r"/(?![/\\])[\w./~%-]{0,200}(\?[\w.,~%:+=&*()'!@$;/-]{0,2000})?", re.ASCII)


class WayBack:
    """Lets the answer to a sign-in lead to where it began (ASGI middleware)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; where Streamlit leads to its first page, lead back instead."""
        here = scope["type"] == "http" and scope["path"].endswith(_CALLBACK)
        wanted = unquote(Request(scope).cookies.get(COOKIE, "")) if here else ""

        async def start(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 302:
                headers = MutableHeaders(scope=message)
                headers["Location"] = wanted
                headers.append("Set-Cookie", f"{COOKIE}=; Path=/; Max-Age=0; SameSite=lax")
            await send(message)

        await self.app(scope, receive, start if wanted and _OURS.fullmatch(wanted) else send)
