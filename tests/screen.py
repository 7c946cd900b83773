"""What a reader sees of the atlas, page by page, without a browser."""

from __future__ import annotations

import html
import json
import re
import time
import zlib
from pathlib import Path
from typing import Any

from drawn import regions, served
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]
#: What a provider of sign-ins needs to be set up.
_PROVIDER = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
#: Every page of the menu, as it is in the address of its file.
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").glob("*/*.py"))
MAP = "pages/explore/map.py"
#: Elements that only arrange others, and the style sheet.
_SILENT = {"main", "column", "flex_container", "popover", "html", "deck_gl_json_chart"}
#: Inputs that a word of the address may have.
_INPUTS = ("selectbox", "multiselect", "select_slider", "number_input", "text_input", "toggle")


class Screen:
    """One visitor: opens a page by its file with words of the address, and reads it."""

    def __init__(
        self, page: str = MAP, *, signed_in: dict[str, Any] | None = None, **words: str
    ) -> None:
        self._app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        if signed_in is not None:
            self._app.user = {"is_logged_in": True, "iat": time.time(), **signed_in}
            self._app.secrets = {"auth": dict.fromkeys(_PROVIDER, "https://id.example/x")}
        self.visit(page, **words)

    def visit(self, page: str, **words: str) -> None:
        """Go to a page with nothing but these words in the address."""
        self._app.query_params.clear()
        for word, value in words.items():
            self._app.query_params[word] = value
        self._app.switch_page(page).run()

    @property
    def markup(self) -> dict[str, str]:
        """Our own HTML by its key on the page."""
        found = {}
        for element in self._app.get("bidi_component"):
            key = element.proto.id.rsplit("-", 1)[-1]
            found[key] = sent(element)["html"]
        return found

    @property
    def play(self) -> dict[str, str | None]:
        """The addresses that the play through the years leads to."""
        by_key = {e.proto.id.rsplit("-", 1)[-1]: e for e in self._app.get("bidi_component")}
        return dict(sent(by_key["play"])["play"])

    def said(self, key: str) -> str:
        """The words of one piece of our own HTML."""
        return words_of(self.markup[key])

    @property
    def titles(self) -> list[str]:
        """Streamlit's headings, as they are written."""
        return [found.value for found in (*self._app.title, *self._app.subheader)]

    @property
    def errors(self) -> list[str]:
        """Error boxes and exceptions."""
        return [found.value for found in (*self._app.error, *self._app.exception)]

    @property
    def notices(self) -> list[str]:
        """Notices in blue."""
        return [found.value for found in self._app.info]

    @property
    def warnings(self) -> list[str]:
        """Notices in yellow."""
        return [found.value for found in self._app.warning]

    @property
    def labels(self) -> list[str]:
        """Labels of the inputs and the names of their options."""
        found: list[str] = []
        for kind in (
            "selectbox",
            "multiselect",
            "select_slider",
            "button_group",
            "text_input",
            "number_input",
        ):
            for element in self._app.get(kind):
                found += [element.label, *getattr(element, "options", [])]
        return found

    @property
    def words(self) -> str:
        """All that can be read on the page."""
        shown = [words_of(markup) for markup in self.markup.values()]
        return "\n".join([*self.titles, *self.errors, *self.notices, *self.labels, *shown])

    @property
    def chosen(self) -> dict[str, Any]:
        """What stands in the inputs, by the word of the address."""
        found = {}
        for kind in (*_INPUTS, "button_group"):
            for element in self._app.get(kind):
                found[element.key.removeprefix("choice_")] = element.value
        return found

    @property
    def kinds(self) -> set[str]:
        """The kinds of element on the page."""
        return {element.type for element in self._app.main} - _SILENT

    @property
    def language(self) -> str:
        """The language the page declares."""
        by_key = {e.proto.id.rsplit("-", 1)[-1]: e for e in self._app.get("bidi_component")}
        return str(sent(by_key["languages"])["lang"])

    @property
    def map(self) -> dict[str, Any]:
        """The layers of the page's map by their id."""
        (chart,) = self._app.get("deck_gl_json_chart")
        return {layer["id"]: layer for layer in json.loads(chart.proto.json)["layers"]}

    @property
    def map_alternative(self) -> str:
        """The words that stand for the map to those who cannot see it."""
        (chart,) = self._app.get("deck_gl_json_chart")
        return str(chart.proto.alt)

    def regions(self) -> dict[str, dict[str, Any]]:
        """The map's regions by their code, as ``drawn.regions`` says."""
        (chart,) = self._app.get("deck_gl_json_chart")
        features = served(self.map["regions"]["data"])["features"]
        return regions(self.map, features, json.loads(chart.proto.tooltip)["html"])

    def choose(self, word: str, value: Any) -> None:
        """Choose another value in the input of a word, or of a key, as a reader does."""
        for kind in _INPUTS:
            for element in self._app.get(kind):
                if element.key in (f"choice_{word}", word):
                    element.set_value(value).run()
                    return
        raise LookupError(word)

    def hand_over(self, key: str, name: str, content: bytes) -> None:
        """Hand over a file, as a reader does."""
        field = next(one for one in self._app.get("file_uploader") if one.key == key)
        field.set_value((name, content, "text/csv")).run()

    def press(self, key: str) -> None:
        """Press the button of that key, or the form's with that label."""
        button = next(one for one in self._app.get("button") if key in (one.key, one.label))
        button.click().run()

    def fill(self, begins: str, words: str) -> None:
        """Write the words into every field whose key begins so."""
        for field in self._app.get("text_input"):
            if str(field.key).startswith(begins):
                field.set_value(words)

    def mark(self, key: str, value: Any) -> None:
        """Choose in an input of a form, which says nothing of it until its button is pressed."""
        next(one for one in self._app.get("selectbox") if one.key == key).set_value(value)

    def again(self) -> None:
        """Look once more, as the page does by itself while work is done."""
        self._app.run()

    @property
    def address(self) -> dict[str, str]:
        """The words of the address."""
        found = self._app.query_params
        return {w: "".join(found[w]) for w in found}


def sent(component: Any) -> dict[str, Any]:
    """What one of our own components was sent: its ``html`` and the rest by name."""
    markup, rest = zlib.decompress(component.proto.bytes).decode().split("\0")
    return {"html": markup, **json.loads(rest)}


def words_of(markup: str) -> str:
    """The words of HTML, one line per block, formulas and scripts of pictures left out."""
    text = re.sub(r"<(code|svg)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    text = re.sub(r"<(td|th|li|p|h\d|div|tr|br|small|summary|caption|span)\b[^>]*>", "\n", text)
    text = html.unescape(re.sub(r"<[^>]*>", "", text))
    return re.sub(r"[ \n]*\n[ \n]*", "\n", text).strip()


def rows(markup: str) -> list[list[str]]:
    """The cells of an HTML table, row by row, its head first."""
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", markup, flags=re.DOTALL)
    return [
        [words_of(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)] for row in found
    ]
