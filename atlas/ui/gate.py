"""What stands on a page that does not let somebody in, and the line that says who is in."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from atlas.config import settings
from atlas.errors import AccessDenied
from atlas.text import Text
from atlas.ui import access, frame, html, upload

#: What the operator writes to turn managing on; a provider's own values in place of the dots.
SECRETS = """[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "..."   # python -c "import secrets; print(secrets.token_hex(32))"
client_id = "..."
client_secret = "..."
server_metadata_url = "https://.../.well-known/openid-configuration"
"""


def refused(error: AccessDenied, text: Text) -> None:
    """Say why somebody is not let in, and what they can do about it."""
    upload.allow(False)
    frame.title(text("Data"))
    # Signing in leaves the atlas and comes back to its first page: the way back is kept.
    said = Markup('<p class="lead" role="status">{}</p>').format(text.explain(error))
    html.show(said, key="refused", back=True)
    if error.kind == "sign_in_off":
        _how(text)
        return
    if error.kind == "role_lacking":
        frame.quiet(
            text("Ask whoever runs this atlas for the role, or sign in as somebody else.")
            if settings().data_managers or settings().data_manager_claim
            else text(
                "Nobody has the role yet: whoever runs this atlas names data managers in"
                " `ATLAS_DATA_MANAGERS` or `ATLAS_DATA_MANAGER_CLAIM`."
            ),
            "ask",
        )
        st.button(text("Sign out"), on_click=st.logout, key="sign_out")
        return
    for provider in access.providers():
        label = (
            text("Sign in")
            if provider == access.DEFAULT
            else text("Sign in with {provider}", provider=provider)
        )
        st.button(
            label, on_click=_sign_in(provider), key=f"sign_in_{provider}", type="primary",
            icon=":material/login:",
        )  # fmt: skip
    frame.quiet(text("Everything but managing can be used without a sign-in."), "public")


def _sign_in(provider: str) -> Callable[[], None]:
    return lambda: st.login(None if provider == access.DEFAULT else provider)


def _how(text: Text) -> None:
    frame.quiet(
        text(
            "To turn it on, register this atlas with an OpenID Connect provider (Keycloak,"
            " Microsoft Entra ID, Google ...) and write into `.streamlit/secrets.toml`:"
        ),
        "how",
    )
    st.code(SECRETS.format(address=settings().address or "https://..."), language=None)
    frame.quiet(
        text(
            "Name those who may manage data in `ATLAS_DATA_MANAGERS` (e-mail addresses, with commas"
            " between) or by a claim in `ATLAS_DATA_MANAGER_CLAIM` (such as"
            " `groups=atlas-managers`), and start the atlas again. On the machine itself the"
            " command line works without: `python -m atlas --help`."
        ),
        "who_may",
    )


def signed_in(who: str, text: Text) -> None:
    """One line: who is in, and the way out."""
    with st.container(key="signed_in", horizontal=True, vertical_alignment="center"):
        html.show(
            Markup('<p class="quiet">{}</p>').format(text("Signed in as {who}", who=who)),
            key="who", back=True,
        )  # fmt: skip
        st.button(text("Sign out"), on_click=st.logout, key="sign_out", type="tertiary")
