"""Settings, read once from the environment (prefix ``ATLAS_``)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """What an operator may set; every value has a default that works from a clone.

    ``home``: folder of releases. ``edition``: the edition shown first.
    ``editions``: folder of the editions shipped with the project. ``address``: where readers find
    the atlas, for links in exports; None says nothing of it. ``sources``: how addresses begin
    that published tables may be fetched from (Eurostat, Geostat's PxWeb); no other is ever asked.
    """

    model_config = SettingsConfigDict(env_prefix="ATLAS_", frozen=True)

    home: Path = ROOT / ".atlas"
    edition: str = "georgia"
    editions: Path = ROOT / "geodata" / "editions"
    address: str | None = None
    sources: tuple[str, ...] = (
        "https://ec.europa.eu/eurostat/api/dissemination/",
        "https://pc-axis.geostat.ge/PXweb/api/",
    )
    # DuckDB's own limits: a page's slice needs a fraction of either.
    memory_limit: str = "2GB"
    threads: int = 2


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()


def use_home(home: Path | None) -> None:
    """From here on that folder of releases; None changes nothing."""
    if home is not None:
        os.environ["ATLAS_HOME"] = str(home)
        settings.cache_clear()
