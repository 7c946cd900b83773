"""The rules of the house as functions that read any source tree and return its offences.

Nothing of the tree is imported: a file that cannot run can still be judged. Each check takes the
folder that holds ``app.py``, ``pages``, ``atlas`` and ``queries``, and returns one line for each
offence; an empty list means that the rule is kept.
"""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path

#: Which room may import which others. The four at the bottom may import those below them.
MAY_IMPORT = {
    "app": {"ui", "analysis", "figures", "text", "config", "model", "errors", "__main__"},
    "pages": {"ui", "analysis", "figures", "export", "text", "snapshot", "model", "errors"},
    "pages/manage/data.py": {"manage", "ingest", "store.releases", "config"},
    "manage": {
        "ui", "analysis", "figures", "export", "ingest", "store", "import_answers",
        "release_answers", "manage_words", "text", "config", "names", "model", "errors",
    },
    "__main__": {
        "answers", "options", "produce", "intake", "publishing", "export", "figures", "analysis",
        "ingest", "store", "metrics", "text", "config", "model", "errors",
    },
    "answers": {"text", "import_words", "model", "errors"},
    "intake": {"answers", "import_answers", "ingest", "text", "config", "model", "errors"},
    "publishing": {
        "release_answers", "analysis", "figures", "store", "text", "config", "model", "errors",
    },
    "release_answers": {"analysis", "text", "release_words", "names", "model", "errors"},
    "import_answers": {
        "answers", "ingest", "text", "import_words", "manage_words", "names", "model", "errors",
    },
    "produce": {
        "answers", "export", "analysis", "text", "config", "snapshot", "model", "errors",
    },
    "options": {"metrics", "model", "errors"},
    "ui": {"address", "config", "text", "snapshot", "model", "errors"},
    "export": {"figures", "text", "snapshot", "names", "model", "errors"},
    "figures": {"text", "manage_words", "release_words", "signs", "names", "model"},
    "analysis": {
        "metrics", "store", "figures.scales", "snapshot", "snapshot_fields", "signs", "spelling",
        "names", "model", "errors",
    },
    "ingest": {"metrics", "store", "config", "signs", "spelling", "names", "model", "errors"},
    "store": {"config", "model", "errors"},
    "metrics": {"model", "errors"},
    "locale": set(),
    "text": {"config", "import_words", "manage_words", "release_words", "model", "errors"},
    "import_words": {"model"},
    "manage_words": {"names", "model"},
    "release_words": {"model"},
    "spelling": set(),
    "snapshot": {"snapshot_fields", "address", "model", "errors"},
    "snapshot_fields": {"address", "errors"},
    "address": {"errors"},
    "signs": {"model"},
    "names": {"model"},
    "config": {"model", "errors"},
    "model": {"errors"},
    "errors": set(),
}  # fmt: skip

#: Libraries that only some rooms may know.
CONFINED = {
    "duckdb": {"store", "ingest"},
    "streamlit": {"app", "pages", "ui", "manage"},
    "starlette": {"app", "ui"},
    "matplotlib": {"figures", "export"},
}

_SQL = re.compile(
    r"\bselect\b.+\bfrom\b|\bjoin\b.+\bon\b|\bupdate\b.+\bset\b|\binsert\s+into\b"
    r"|\bdelete\s+from\b|\b(create|drop|alter)\s+(or\s+replace\s+)?(temp\w*\s+)?(table|view)\b"
    r"|\b(group|order)\s+by\b",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 300
#: A list of hostile inputs reads better in one piece than in two.
_LONGEST_TEST = 650
_NAMELESS = re.compile(r"_?(utils?|utilities|common|helpers?|misc)$")


def code(root: Path) -> list[Path]:
    """The Python files of the application."""
    found = [*root.glob("app.py"), *root.glob("pages/**/*.py"), *root.glob("atlas/**/*.py")]
    return sorted(found)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room_of(path: Path, root: Path) -> str:
    """The room a file belongs to: ``app``, ``pages``, or the word after ``atlas/``."""
    parts = path.relative_to(root).with_suffix("").parts
    if parts[0] != "atlas":
        return parts[0]
    return parts[1] if len(parts) > 1 else "atlas"


def imports(path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, wherever in it, with the line: names of ``from`` too."""
    package = path.relative_to(root).parts[:-1]
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *([node.module] if node.module else [])))
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and _called(node) == "import_module":
            yield node.lineno, _said(node.args[0])


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def arrows(root: Path) -> list[str]:
    """Imports between rooms that the house does not allow."""
    found = []
    for path in code(root):
        room, place = room_of(path, root), path.relative_to(root).as_posix()
        allowed = MAY_IMPORT.get(room, set()) | MAY_IMPORT.get(place, set())
        for line, module in imports(path, root):
            words = module.split(".")
            # The package's own words (its version) belong to everybody.
            if words[0] != "atlas" or len(words) < 2 or not _is_room(words[1], root):
                continue
            if words[1] == room or _within(words[1:], allowed):
                continue
            found.append(f"{place}:{line}: {room} may not import {module}")
    return found


def _is_room(word: str, root: Path) -> bool:
    return (root / "atlas" / word).is_dir() or (root / "atlas" / f"{word}.py").is_file()


def _within(words: list[str], allowed: set[str]) -> bool:
    return any(".".join(words[:depth]) in allowed for depth in (1, 2))


def libraries(root: Path) -> list[str]:
    """Libraries imported in a room that should not know them."""
    return [
        f"{path.relative_to(root).as_posix()}:{line}: {module.split('.')[0]} does not belong in"
        f" {room_of(path, root)}"
        for path in code(root)
        for line, module in imports(path, root)
        if room_of(path, root) not in CONFINED.get(module.split(".")[0], {room_of(path, root)})
    ]


def sql(root: Path) -> list[str]:
    """Python strings that hold SQL; a string that is a statement of its own is a docstring."""
    found = []
    for path in code(root):
        tree = _tree(path)
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            f"{path.relative_to(root).as_posix()}:{node.lineno}: SQL in a string"
            for node in ast.walk(tree)
            if isinstance(node, ast.expr) and id(node) not in prose and _SQL.search(_said(node))
        ]
    return sorted(set(found))


def _said(node: ast.AST) -> str:
    """What a string says as far as it is written down: its own words, or those of its parts."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_said(part) or " x " for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return f"{_said(node.left)} {_said(node.right)}"
    return ""


def menu(root: Path) -> list[str]:
    """Pages that the menu of ``app.py`` lacks, and lines of the menu without a page."""
    listed: set[str] = set()
    for node in ast.walk(_tree(root / "app.py")):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == "MENU" for target in targets):
            assert isinstance(node, ast.Assign | ast.AnnAssign)
            assert isinstance(node.value, ast.Dict)
            for section in node.value.values:
                listed |= set(ast.literal_eval(_titles_aside(section)))
    pages = root / "pages"
    there = {path.relative_to(pages).with_suffix("").as_posix() for path in pages.glob("**/*.py")}
    flat = [f"pages/{name}.py lies directly in pages/" for name in sorted(there) if "/" not in name]
    unlisted = [f"pages/{name}.py is not in the menu" for name in sorted(there - listed)]
    absent = [f"the menu names {name}, which is no page" for name in sorted(listed - there)]
    return flat + unlisted + absent


def _titles_aside(section: ast.expr) -> ast.expr:
    """A section of the menu with its titles (calls of ``mark``) taken out."""
    assert isinstance(section, ast.Dict)
    return ast.Tuple([key for key in section.keys if key is not None], ast.Load())


def translations(root: Path) -> list[str]:
    """Messages without a translation in some language, and files that are not up to date."""
    update = runpy.run_path(str(Path(__file__).parents[1] / "atlas" / "locale" / "update.py"))
    folders = [path for path in (root / "atlas" / "locale").iterdir() if path.is_dir()]
    found = []
    try:
        for language in sorted(path.name for path in folders):
            lacking = update["untranslated"](language, root)
            found += [f"{language}: no translation of “{message}”" for message in lacking]
            path = root / "atlas" / "locale" / language / "LC_MESSAGES" / "atlas.po"
            written = path.read_text(encoding="utf-8") if path.is_file() else ""
            if written != update["update"](language, root):
                found.append(f"{language}: run “python atlas/locale/update.py”")
    except ValueError as error:
        found.append(str(error))
    return found


def queries(root: Path) -> list[str]:
    """Queries without a description, or that nobody runs; runs of a query that is not there."""
    folder = root / "queries"
    paths = {str(path.relative_to(folder))[:-4]: path for path in folder.rglob("*.sql")}
    ran, folders = _runs(root)
    found = []
    for name, path in sorted(paths.items()):
        found += [f"queries/{name}.sql: {wrong}" for wrong in _undescribed(path)]
        if name not in ran and name.split("/")[0] not in folders:
            found.append(f"queries/{name}.sql: nothing runs it")
    return found + [f"{ran[name]}: there is no query {name}" for name in sorted(ran.keys() - paths)]


def _undescribed(path: Path) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = [line[2:].strip() for line in lines if line.startswith("--")]
    body = "\n".join(line for line in lines if not line.startswith("--"))
    if not header or not lines[0].startswith("--") or re.match(r"\w+:\s", header[0]):
        yield "does not begin with what it answers"
    for word in ("grain", "columns"):
        if not any(re.match(rf"{word}:\s+\S", line) for line in header):
            yield f"does not say its {word}"
    about = " ".join(header)
    stated = re.search(r"\bparams:(.*?)(?:\b(?:grain|columns|severity|file):|$)", about)
    named = set(re.findall(r"(\w+) \(", stated.group(1))) if stated else set()
    asked = set(re.findall(r"\$(\w+)", body))
    if named != asked:
        yield f"says the parameters {sorted(named)}, asks for {sorted(asked)}"


def _runs(root: Path) -> tuple[dict[str, str], set[str]]:
    """Names given to ``run``, ``arrays`` or ``query``, with their place; words beside ``names``.

    Whoever asks for the ``names`` of folders runs all that is in them, and says which folders.
    """
    ran: dict[str, str] = {}
    folders: set[str] = set()
    for path in code(root):
        nodes = list(ast.walk(_tree(path)))
        calls = [node for node in nodes if isinstance(node, ast.Call) and node.args]
        for call in calls:
            name = _said(call.args[0])
            if _called(call) in ("run", "arrays", "query") and re.fullmatch(r"\w+/\w+", name):
                ran[name] = f"{path.relative_to(root).as_posix()}:{call.lineno}"
        if any(_called(call) == "names" for call in calls):
            folders |= {_said(node) for node in nodes if isinstance(node, ast.Constant)}
    return ran, folders


def files(root: Path) -> list[str]:
    """Python files that are too long, or whose name says nothing."""
    found = []
    for path in sorted(root.rglob("*.py")):
        place = path.relative_to(root)
        if any(part.startswith(".") for part in place.parts):
            continue
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > (_LONGEST_TEST if place.parts[0] == "tests" else _LONGEST):
            found.append(f"{place.as_posix()} has {length} lines")
        if any(_NAMELESS.match(Path(part).stem) for part in place.parts):
            found.append(f"{place.as_posix()} says nothing by its name")
    return found


CHECKS: dict[str, Callable[[Path], list[str]]] = {
    check.__name__: check for check in (arrows, libraries, sql, menu, translations, queries, files)
}
