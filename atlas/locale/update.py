"""Bring the translations up to date with the sentences in the code.

``python atlas/locale/update.py`` collects every sentence marked in ``app.py``, ``pages/`` and
``atlas/`` and rewrites each language's ``atlas.po`` in place: translations stay, new sentences
come with an empty one, sentences no longer in the code go. A language named on the command line
(``python atlas/locale/update.py hu``) is begun. Same code, same files: neither dates nor names
nor line numbers are written.

A sentence is marked by being the first argument, as it stands, of ``mark``, of a reader's language
(:data:`NAMES`, ``scene.text``, ``Text(language)``) or of its ``html``; of its ``plural`` the first
two. Babel's own extractor reads tokens and would also take the ``"type"`` of
``text(TYPES[row["type"]])`` and miss ``Text(language)("Map")``; this one reads the syntax tree.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
#: What a reader's language is called in the code.
NAMES = frozenset({"text", "words", "t"})

#: A sentence, or its two English forms.
Message = str | tuple[str, str]


def sources(root: Path = ROOT) -> list[Path]:
    """The Python files whose sentences people read, in a fixed order."""
    found = [root / "app.py", *root.glob("pages/**/*.py"), *root.glob("atlas/**/*.py")]
    return sorted(path for path in found if path.is_file())


def messages(root: Path = ROOT) -> list[Message]:
    """Every marked sentence of the code below ``root``, once each, in alphabetical order.

    Raises ValueError for a marked sentence that is put together at run time, and for one that is
    marked both with and without a plural: a translation could serve neither.
    """
    found: dict[str, Message] = {}
    for path in sources(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for message in _marked(node, path.relative_to(root)):
                key = message if isinstance(message, str) else message[0]
                if found.setdefault(key, message) != message:
                    raise ValueError(f"{path}: {key!r} is marked in two ways")
    return [found[key] for key in sorted(found, key=lambda key: (key.casefold(), key))]


def _marked(node: ast.AST, path: Path) -> Iterator[Message]:
    if not isinstance(node, ast.Call) or not node.args:
        return
    if _is_mark(node.func):
        yield from _words(node.args[0], path)
    elif _is_method(node.func, "plural") and len(node.args) > 1:
        forms = [_words(argument, path) for argument in node.args[:2]]
        if all(len(form) == 1 for form in forms):
            yield forms[0][0], forms[1][0]


def _is_mark(func: ast.expr) -> bool:
    """Whether a call is ``mark(...)`` or asks a reader's language for a sentence."""
    if isinstance(func, ast.Name) and func.id == "mark":
        return True
    return _is_language(func) or _is_method(func, "html")


def _is_method(func: ast.expr, name: str) -> bool:
    return isinstance(func, ast.Attribute) and func.attr == name and _is_language(func.value)


def _is_language(value: ast.expr) -> bool:
    """Whether an expression is a Text: ``text``, ``scene.text``, ``Text(language)``."""
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id == "Text"
    if isinstance(value, ast.Attribute):
        return value.attr == "text"
    return isinstance(value, ast.Name) and value.id in NAMES


def _words(argument: ast.expr, path: Path) -> list[str]:
    """The sentences an argument stands for: itself, or both sides of a condition."""
    if isinstance(argument, ast.IfExp):
        return _words(argument.body, path) + _words(argument.orelse, path)
    if isinstance(argument, ast.JoinedStr):
        raise ValueError(f"{path}:{argument.lineno}: a sentence is put together before translation")
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    return []


def languages(root: Path = ROOT) -> list[str]:
    """The languages there are translations for."""
    return sorted(path.parts[-3] for path in (root / "atlas/locale").glob("*/LC_MESSAGES/atlas.po"))


def read(language: str, root: Path = ROOT) -> Catalog:
    """A language's translations as they stand; empty for one that is not there yet."""
    path = _path(language, root)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def untranslated(language: str, root: Path = ROOT) -> list[str]:
    """The sentences of the code that a language has no (or only half a) translation of."""
    known = read(language, root)
    return [
        message if isinstance(message, str) else message[0]
        for message in messages(root)
        if not all(_translation(message, known))
    ]


def update(language: str, root: Path = ROOT) -> str:
    """The language's file as it should be, with the translations that it has."""
    known, renewed = read(language, root), Catalog(locale=language)
    for message in messages(root):
        strings = _translation(message, known)
        renewed.add(message, strings[0] if isinstance(message, str) else strings)
    body = io.BytesIO()
    write_po(body, renewed, omit_header=True, no_location=True, width=0)
    return _header(language) + body.getvalue().decode("utf-8")


def _translation(message: Message, known: Catalog) -> tuple[str, ...]:
    """The translation in all its forms, empty where there is none."""
    found = known.get(message if isinstance(message, str) else message[0])
    strings = found.string if found is not None else ""
    if isinstance(message, str):
        return (strings if isinstance(strings, str) else "",)
    forms = get_plural(Locale.parse(known.locale)).num_plurals
    given = (strings,) if isinstance(strings, str) else tuple(strings or ())
    return (*given, *[""] * forms)[:forms]


def _header(language: str) -> str:
    forms = get_plural(language).plural_forms
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {forms}\\n"\n\n'
    )


def _path(language: str, root: Path) -> Path:
    return root / "atlas" / "locale" / language / "LC_MESSAGES" / "atlas.po"


def main(begun: list[str]) -> None:
    """Rewrite every language's file and say what is left to translate."""
    for language in sorted({*languages(), *begun}):
        content = update(language)
        path = _path(language, ROOT)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        missing = untranslated(language)
        sys.stdout.write(f"{language}: {len(missing)} of {len(messages())} not translated\n")
        for message in missing:
            sys.stdout.write(f"  {message}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
