"""The house's rules hold here, and each of them sees the offence that it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest
from house import CHECKS, MAY_IMPORT

ROOT = Path(__file__).parents[1]

#: A small tree that keeps every rule.
SOUND = {
    "app.py": """
        import streamlit as st
        from starlette.middleware import Middleware
        from atlas.model import mark
        from atlas.ui import frame
        MENU = {mark("Explore"): {"explore/map": mark("Map")}}
    """,
    "pages/explore/map.py": """
        from atlas.analysis import map as question
        from atlas.ui import frame
        text = frame.text()
        text("Map")
    """,
    "atlas/__init__.py": "__version__ = '1'",
    "atlas/model.py": "def mark(message): return message",
    "atlas/errors.py": "",
    "atlas/config.py": "",
    "atlas/text.py": "from atlas import errors, model",
    "atlas/store/__init__.py": "",
    "atlas/store/database.py": """
        '''Nobody writes select a from b here.'''
        import duckdb
        from atlas import __version__
        def names(folder): ...
    """,
    "atlas/store/releases.py": "",
    "atlas/metrics/__init__.py": "from atlas.metrics.registry import METRICS",
    "atlas/metrics/registry.py": "METRICS = {}",
    "atlas/figures/__init__.py": "",
    "atlas/figures/scales.py": "import matplotlib.path",
    "atlas/figures/panels.py": "from atlas.figures.scales import x",
    "atlas/analysis/__init__.py": "",
    "atlas/analysis/map.py": """
        from atlas.figures.scales import classify
        from atlas.store import database
        def ask(release): return database.run("map/slice", release, year=2022)
    """,
    "atlas/ingest/__init__.py": "",
    "atlas/ingest/build.py": """
        from atlas.store import database
        def build(): return database.names("build")
    """,
    "atlas/ui/__init__.py": "",
    "atlas/ui/frame.py": "import streamlit",
    "atlas/__main__.py": "from atlas.ingest import build",
    "queries/map/slice.sql": """
        -- The map's figures.
        -- grain:   one row per region
        -- params:  year (int)
        -- columns: region_code, value
        select region_code, value from figures where year = $year
    """,
    "queries/build/10_paths.sql": """
        -- Paths.
        -- grain:   one row per path
        -- columns: a, b
        select a, b from paths
    """,
    "atlas/locale/ka/LC_MESSAGES/atlas.po": """
        msgid ""
        msgstr ""
        "Language: ka\\n"
        "Content-Type: text/plain; charset=utf-8\\n"
        "Content-Transfer-Encoding: 8bit\\n"
        "Plural-Forms: nplurals=1; plural=0;\\n"

        msgid "Explore"
        msgstr "დათვალიერება"

        msgid "Map"
        msgstr "რუკა"

    """,
}


def plant(folder: Path, changed: dict[str, str | None]) -> Path:
    """Write the sound tree with some files changed, added or (None) left out."""
    for name, content in {**SOUND, **changed}.items():
        if content is None:
            continue
        lines = content.strip("\n").split("\n")
        margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(line[margin:] for line in lines).rstrip(" "), encoding="utf-8")
    return folder


@pytest.mark.parametrize("check", CHECKS)
def test_the_house_keeps_its_rule(check: str) -> None:
    assert CHECKS[check](ROOT) == []


@pytest.mark.parametrize("check", CHECKS)
def test_a_sound_tree_is_left_alone(check: str, tmp_path: Path) -> None:
    assert CHECKS[check](plant(tmp_path, {})) == []


OFFENCES: dict[str, tuple[str, str, str | None, str]] = {
    "page asks the store": (
        "arrows", "pages/explore/map.py", "from atlas.store import database",
        "pages/explore/map.py:1: pages may not import atlas.store.database",
    ),
    "room imported from the package": (
        "arrows", "pages/explore/map.py", "from atlas import ingest",
        "pages/explore/map.py:1: pages may not import atlas.ingest",
    ),
    "import inside a function": (
        "arrows", "atlas/figures/panels.py", "def draw():\n    from atlas.analysis import map",
        "atlas/figures/panels.py:2: figures may not import atlas.analysis.map",
    ),
    "relative import": (
        "arrows", "atlas/metrics/registry.py", "from ..store import database",
        "atlas/metrics/registry.py:1: metrics may not import atlas.store.database",
    ),
    "import by name": (
        "arrows", "atlas/model.py", "import importlib\nimportlib.import_module('atlas.text')",
        "atlas/model.py:2: model may not import atlas.text",
    ),
    "analysis draws": (
        "arrows", "atlas/analysis/map.py", "from atlas.figures import panels",
        "atlas/analysis/map.py:1: analysis may not import atlas.figures.panels",
    ),
    "command line draws pages": (
        "arrows", "atlas/__main__.py", "import atlas.ui.frame",
        "atlas/__main__.py:1: __main__ may not import atlas.ui.frame",
    ),
    "a room nobody knows": (
        "arrows", "atlas/cellar/wine.py", "from atlas.model import mark",
        "atlas/cellar/wine.py:1: cellar may not import atlas.model.mark",
    ),
    "query in the analysis": (
        "libraries", "atlas/analysis/map.py", "import duckdb",
        "atlas/analysis/map.py:1: duckdb does not belong in analysis",
    ),
    "screen in the figures": (
        "libraries", "atlas/figures/panels.py", "from streamlit import html",
        "atlas/figures/panels.py:1: streamlit does not belong in figures",
    ),
    "server in a page": (
        "libraries", "pages/explore/map.py", "from starlette.types import Scope",
        "pages/explore/map.py:1: starlette does not belong in pages",
    ),
    "drawing in a page": (
        "libraries", "pages/explore/map.py", "import matplotlib.pyplot as plt",
        "pages/explore/map.py:1: matplotlib does not belong in pages",
    ),
    "SQL in an f-string": (
        "sql", "atlas/store/database.py", 'def ask(name):\n    return f"select a from {name}"',
        "atlas/store/database.py:2: SQL in a string",
    ),
    "SQL put together": (
        "sql", "atlas/ingest/build.py", 'x = "select " + y + " from z"',
        "atlas/ingest/build.py:1: SQL in a string",
    ),
    "SQL that writes": (
        "sql", "atlas/ingest/build.py", 'run("""\n  INSERT INTO t\n""")',
        "atlas/ingest/build.py:1: SQL in a string",
    ),
    "table made in Python": (
        "sql", "atlas/ingest/build.py", 'run("create or replace temp table t as x")',
        "atlas/ingest/build.py:1: SQL in a string",
    ),
    "tables joined in Python": (
        "sql", "atlas/ingest/build.py", 'run("a join b\\non a.c = b.c")',
        "atlas/ingest/build.py:1: SQL in a string",
    ),
    "flat page": (
        "menu", "pages/map.py", "", "pages/map.py lies directly in pages/",
    ),
    "page without a line": (
        "menu", "pages/explore/compare.py", "", "pages/explore/compare.py is not in the menu",
    ),
    "line without a page": (
        "menu", "pages/explore/map.py", None, "the menu names explore/map, which is no page",
    ),
    "untranslated sentence": (
        "translations", "pages/explore/map.py", 'text("Choose a {place}", place=1)',
        "ka: no translation of “Choose a {place}”",
    ),
    "untranslated plural": (
        "translations", "pages/explore/map.py", 'text.plural("{count} hill", "{count} hills", 2)',
        "ka: no translation of “{count} hill”",
    ),
    "untranslated sentence of another language": (
        "translations", "atlas/locale/hu/LC_MESSAGES/atlas.po",
        'msgid "Explore"\nmsgstr "Felfedezés"', "hu: no translation of “Map”",
    ),
    "language without sentences": (
        "translations", "atlas/locale/hu/notes.txt", "", "hu: no translation of “Explore”",
    ),
    "translation of what is gone": (
        "translations", "app.py", 'MENU = {"Explore": {"explore/map": "Map"}}',
        "ka: run “python atlas/locale/update.py”",
    ),
    "sentence put together": (
        "translations", "pages/explore/map.py", 'text(f"Map of {place}")',
        "pages/explore/map.py:1: a sentence is put together before translation",
    ),
    "query without grain": (
        "queries", "queries/map/slice.sql",
        "-- Figures.\n-- params: year (int)\n-- columns: a\nselect a from b where c = $year",
        "queries/map/slice.sql: does not say its grain",
    ),
    "query without any words": (
        "queries", "queries/map/slice.sql", "select a from b where c = $year",
        "queries/map/slice.sql: does not begin with what it answers",
    ),
    "query with a secret parameter": (
        "queries", "queries/build/10_paths.sql",
        "-- Paths.\n-- grain: one row\n-- columns: a\nselect a from b where c = $d",
        "queries/build/10_paths.sql: says the parameters [], asks for ['d']",
    ),
    "query nobody runs": (
        "queries", "queries/map/other.sql", "-- A.\n-- grain: one\n-- columns: a\nselect 1 as a",
        "queries/map/other.sql: nothing runs it",
    ),
    "run of no query": (
        "queries", "queries/map/slice.sql", None,
        "atlas/analysis/map.py:3: there is no query map/slice",
    ),
    "long file": (
        "files", "atlas/model.py", "x = 1\n" * 301, "atlas/model.py has 301 lines",
    ),
    "file without a name": (
        "files", "atlas/store/utils.py", "", "atlas/store/utils.py says nothing by its name",
    ),
    "folder without a name": (
        "files", "tests/helpers/maps.py", "", "tests/helpers/maps.py says nothing by its name",
    ),
}  # fmt: skip


@pytest.mark.parametrize("offence", OFFENCES)
def test_an_offence_is_seen(offence: str, tmp_path: Path) -> None:
    check, name, content, said = OFFENCES[offence]
    assert said in CHECKS[check](plant(tmp_path, {name: content}))


def test_managed_data_alone_reaches_the_store(tmp_path: Path) -> None:
    wide = "from atlas.ingest import build\nfrom atlas.store import releases"
    root = plant(tmp_path, {"pages/manage/data.py": wide, "pages/manage/other.py": wide})
    assert CHECKS["arrows"](root) == [
        "pages/manage/other.py:1: pages may not import atlas.ingest.build",
        "pages/manage/other.py:2: pages may not import atlas.store.releases",
    ]


def test_no_room_is_forgotten() -> None:
    """A new room must be given its place in the table before anything can be imported in it."""
    rooms = {path.stem for path in (ROOT / "atlas").iterdir() if path.stem[0] not in "._"}
    assert rooms | {"__main__", "app", "pages", "pages/manage/data.py"} == set(MAY_IMPORT)
