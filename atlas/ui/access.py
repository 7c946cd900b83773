"""Who may manage. Public pages ask nobody; managing asks for a sign-in and a role on every run.

Signing in is OpenID Connect by Streamlit (``st.login``), its provider stands in ``secrets.toml``.
Who has the role stands in the settings: by e-mail, or by a claim of the sign-in.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import streamlit as st

from atlas.config import settings
from atlas.errors import AccessDenied

#: What a provider needs before anybody can sign in there.
_NEEDED = ("client_id", "client_secret", "server_metadata_url")
#: Seconds by which the provider's clock may be ahead of ours.
_SKEW = 120
#: Streamlit's own name for the provider that stands in ``[auth]`` itself.
DEFAULT = "default"


def providers() -> list[str]:
    """Names of the providers that are set up, empty without any: then managing is off."""
    try:
        found = st.secrets.get("auth") if st.secrets.load_if_toml_exists() else None
    except OSError:
        found = None
    if not isinstance(found, Mapping) or not {"redirect_uri", "cookie_secret"} <= set(found):
        return []
    sections = {DEFAULT: found, **{k: v for k, v in found.items() if isinstance(v, Mapping)}}
    return [name for name, section in sections.items() if set(_NEEDED) <= set(section)]


def claims() -> Mapping[str, Any]:
    """What the sign-in says of whoever sits there; empty for somebody who is not signed in."""
    said = st.user.to_dict()
    return said if said.get("is_logged_in") is True else {}


def who() -> str:
    """Whoever is signed in, as records name them: the e-mail address, else the provider's word."""
    said = claims()
    return str(said.get("email") or said.get("preferred_username") or said.get("sub") or "")


def require(role: str) -> str:
    """Let in whoever has the role; returns who that is. To be called first, on every run.

    Raises AccessDenied ``sign_in_off``, ``sign_in_needed``, ``sign_in_old`` or ``role_lacking``.
    """
    if not providers():
        raise AccessDenied("sign_in_off")
    said = claims()
    if not said:
        raise AccessDenied("sign_in_needed")
    hours = settings().sign_in_hours
    # The cookie lives for 30 days. A sign-in that does not say when it was made is none.
    if not -_SKEW <= time.time() - _number(said.get("iat")) <= hours * 3600:
        raise AccessDenied("sign_in_old", hours=f"{hours:g}")
    if not _has(role, said):
        raise AccessDenied("role_lacking", who=who())
    return who()


def may(role: str) -> bool:
    """Whether whoever sits there has the role, now."""
    try:
        require(role)
    except AccessDenied:
        return False
    return True


def _has(role: str, said: Mapping[str, Any]) -> bool:
    if role != "data_manager":
        return False
    rules = settings()
    address = str(said.get("email") or "").casefold()
    # A provider that lets people write any address of their own says that it is not verified.
    if address in rules.data_managers and said.get("email_verified") is not False:
        return True
    name, sign, wanted = (rules.data_manager_claim or "").partition("=")
    if not sign or not name.strip() or not wanted.strip():
        return False
    found: Any = said
    for part in name.strip().split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    values = found if isinstance(found, list | tuple) else [found]
    return wanted.strip() in [str(value) for value in values if value is not None]


def _number(given: Any) -> float:
    return float(given) if isinstance(given, int | float) else 0.0
