"""One reader's browser tab: opens pages of the atlas, waits for them, clicks on the map."""

from __future__ import annotations

import datetime
import io
import json
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from PIL import Image
from playwright.sync_api import Locator, Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from atlas.config import ROOT
from atlas.figures.placing import Frame
from tests.drawn import regions

#: Places (lon, lat) well inside a region, free of words and symbols.
INSIDE = {"GE-KA": (46.43, 41.26), "GE-SJ": (43.63, 41.22), "GE-SK": (43.99, 42.42)}
#: Every page by its name, and the map in more states than one.
PAGES = {
    **{file.stem: f"/{file.stem}" for file in sorted((ROOT / "pages").glob("*/*.py"))},
    "map_selected": "/map?region=GE-KA",
    "map_counts": "/map?metric=employment",
    "compare_clusters": "/compare?what=clusters",
    "compare_six": "/compare?regions=GE-RL,GE-AB,GE-TB,GE-SZ,GE-MM,GE-SK",
}
#: Seconds for a page or a map on a slow machine without a graphics card.
PATIENCE = 45

_FOCUSED = """() => {
  const focused = document.activeElement;
  return focused.getAttribute("aria-label") || focused.labels?.[0]?.innerText.trim()
    || focused.innerText?.trim() || "";
}"""


class Visitor:
    """A tab and what the server sent to it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.deck: dict[str, Any] = {}
        #: The session's own name, and whether the browser is to tell Streamlit of its use.
        self.session, self.reports = "", True
        self._sent: dict[str, dict[str, Any]] = {}
        self._served: dict[str, list[dict[str, Any]]] = {}
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._note)

    def _note(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            message = ForwardMsg()
            message.ParseFromString(frame)
            if message.HasField("new_session"):
                self.session = message.new_session.initialize.session_id or self.session
                self.reports = message.new_session.config.gather_usage_stats
            # What was sent before is not sent again: its mark stands for it.
            sent = message.delta.new_element.deck_gl_json_chart.json
            if sent:
                self._sent[message.hash] = json.loads(sent)
            self.deck = self._sent.get(message.ref_hash or message.hash, self.deck)

    def open(self, address: str) -> None:
        """Go to an address of the atlas and wait until the page stands."""
        self.page.goto(address)
        self.settle()

    def settle(self) -> None:
        """Wait until the server has nothing more to draw."""
        self.page.wait_for_selector(
            '[data-testid="stApp"][data-test-script-state="notRunning"]',
            timeout=PATIENCE * 1000,
        )
        expect(self.page.locator(".st-key-atlas_languages .languages a.on")).to_be_visible(
            timeout=PATIENCE * 1000
        )

    @property
    def words(self) -> dict[str, str]:
        """The words of the address, each with its value."""
        query = parse_qs(urlsplit(self.page.url).query)
        return {word: values[0] for word, values in query.items()}

    @property
    def heading(self) -> str:
        """The page's first heading."""
        return self.page.locator(".stMain h1").first.inner_text()

    @property
    def map(self) -> Locator:
        """The map's canvas."""
        return self.page.locator(".stDeckGlJsonChart canvas").first

    def layer(self, name: str) -> dict[str, Any]:
        """A layer of the map as the server sent it last."""
        return next(layer for layer in self.deck["layers"] if layer["id"] == name)

    def regions(self) -> dict[str, dict[str, Any]]:
        """The map's regions by their code, as ``drawn.regions`` says, from what is served."""
        address = urljoin(self.page.url, self.layer("regions")["data"])
        if address not in self._served:
            self._served[address] = self.page.request.get(address).json()["features"]
        return regions({layer["id"]: layer for layer in self.deck["layers"]}, self._served[address])

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where the map's first view shows a place: pixels from the canvas' top left corner."""
        view = self.deck["initialViewState"]
        box = self.map.bounding_box()
        assert box is not None
        frame = Frame(view["longitude"], view["latitude"], view["zoom"], 0, 0)
        x, y = frame.to_pixels(lon, lat)
        middle_x, middle_y = frame.to_pixels(frame.longitude, frame.latitude)
        return box["width"] / 2 + x - middle_x, box["height"] / 2 - (y - middle_y)

    def picture(self) -> Image.Image:
        """The map as it looks now."""
        return Image.open(io.BytesIO(self.map.screenshot(scale="css"))).convert("RGB")

    def wait_for_map(self, places: Mapping[str, tuple[float, float]] = INSIDE) -> None:
        """Wait until the map shows its regions: those with these places in the colour they were
        sent with, but for one that a symbol may cover."""
        self.map.wait_for(timeout=PATIENCE * 1000)
        fills = {code: region["fill"] for code, region in self.regions().items()}
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            picture = self.picture()
            seen = {code: _colour(picture, *self.pixel(*at)) for code, at in places.items()}
            right = [_alike(colour, fills[code]) for code, colour in seen.items()]
            if sum(right) >= len(right) - 1:
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"the map was not drawn: {seen}, sent {fills}")

    def colour(self, code: str, picture: Image.Image | None = None) -> tuple[int, ...]:
        """The colour of a region of INSIDE on the map."""
        return _colour(picture or self.picture(), *self.pixel(*INSIDE[code]))

    def click_map(self, x: float, y: float, *, touch: bool = False) -> None:
        """Click on a pixel of the map, or touch it."""
        # Without a graphics card the search for what was hit takes longer than a click may last,
        # by the page's clock, and the click is lost: so that clock stands still.
        self.page.clock.set_fixed_time(datetime.datetime.now(datetime.UTC))
        box = self.map.bounding_box()
        assert box is not None
        press = self.page.touchscreen.tap if touch else self.page.mouse.click
        press(box["x"] + x, box["y"] + y)

    def hover_region(self, code: str) -> None:
        """Rest on a region of INSIDE."""
        box = self.map.bounding_box()
        assert box is not None
        x, y = self.pixel(*INSIDE[code])
        self.page.mouse.move(box["x"] + x - 2, box["y"] + y)
        self.page.mouse.move(box["x"] + x, box["y"] + y, steps=2)

    def click_region(self, code: str, *, touch: bool = False) -> None:
        """Click on a region of INSIDE, or touch it."""
        self.click_map(*self.pixel(*INSIDE[code]), touch=touch)

    def click_cluster(self, cluster: str) -> None:
        """Click on a cluster's symbol."""
        row = next(row for row in self.layer("clusters")["data"] if row["id"] == cluster)
        x, y = self.pixel(*row["position"])
        self.click_map(x + row["offset"][0], y + row["offset"][1])

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a drop-down, whose list closes when the page is drawn anew."""
        box = self.page.get_by_label(label, exact=True)
        wanted = self.page.get_by_role("option", name=option, exact=True)
        until = time.monotonic() + PATIENCE
        while not wanted.is_visible():
            assert time.monotonic() < until, f"“{label}” never offered “{option}”"
            box.fill(option)
            self.page.wait_for_timeout(500)
        wanted.click()

    def type_breaks(self, words: str) -> None:
        """Type breaks between the map's classes, where they are to be the reader's own."""
        self.page.get_by_role("button", name="More").click()
        field = self.page.get_by_label("Breaks", exact=True)
        field.fill(words)
        field.press("Enter")

    def tab_to(self, name: str) -> None:
        """Press Tab until what has this name (or label) has the focus."""
        for _ in range(120):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(_FOCUSED) == name:
                return
        raise AssertionError(f"Tab never reached “{name}”")

    def figures(self) -> list[str]:
        """The large figures of the panel beside the map."""
        return self.page.locator(".panel .figure").all_inner_texts()

    def shows_region(self, name: str) -> None:
        """Wait until the panel beside the map is that region's (or the country's)."""
        expect(self.page.locator(".panel h3")).to_have_text(name)

    def state(self) -> dict[str, Any]:
        """What a reader sees chosen: address, heading, region, figures."""
        return {
            "address": self.page.url,
            "heading": self.heading,
            "region": self.page.locator(".panel h3").inner_text(),
            "figures": self.figures(),
        }

    def arrive(self, address: str | re.Pattern[str]) -> None:
        """Wait until the address is this one and the page stands."""
        expect(self.page).to_have_url(address)
        self.settle()


def _colour(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = picture.getpixel((int(x), int(y)))
    assert isinstance(found, tuple)
    return found


def _alike(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two colours differ by no more than a drawing's rounding."""
    return all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))
