"""Settings, read once from the environment (prefix ``ATLAS_``)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """What an operator may set; every value has a default that works from a clone.

    ``home``: folder of releases. ``edition``: the edition shown first.
    ``editions``: folder of the editions to build from and to bring files into; nothing outside it
    is reached from a page. ``address``: where readers find the atlas, for links in exports; None
    says nothing of it. ``sources``: how addresses begin that published tables may be fetched from
    (Eurostat, Geostat's PxWeb); no other is ever asked.

    ``data_managers``: e-mail addresses of those who may manage data, with commas between.
    ``data_manager_claim``: what the sign-in says of them, such as ``groups=atlas-managers``; dots
    lead into nested claims. ``sign_in_hours``: how old a sign-in may be for managing.
    """

    model_config = SettingsConfigDict(env_prefix="ATLAS_", frozen=True)

    home: Path = ROOT / ".atlas"
    edition: str = "georgia"
    editions: Path = ROOT / "geodata" / "editions"
    address: str | None = None
    data_managers: Annotated[frozenset[str], NoDecode] = frozenset()
    data_manager_claim: str | None = None
    sign_in_hours: float = 12
    sources: tuple[str, ...] = (
        "https://ec.europa.eu/eurostat/api/dissemination/",
        "https://pc-axis.geostat.ge/PXWeb/api/",
    )
    # DuckDB's own limits: a page's slice needs a fraction of either.
    memory_limit: str = "2GB"
    threads: int = 2

    @field_validator("data_managers", mode="before")
    @classmethod
    def _addresses(cls, given: Any) -> Any:
        """Addresses as one line of words; letter case says nothing."""
        if isinstance(given, str):
            return frozenset(part.strip().casefold() for part in given.split(",") if part.strip())
        return given


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()


def use_home(home: Path | None) -> None:
    """From here on that folder of releases; None changes nothing."""
    if home is not None:
        os.environ["ATLAS_HOME"] = str(home)
        settings.cache_clear()
