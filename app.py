"""The frame of the cluster atlas: menu, language, first release, one error boundary."""

from __future__ import annotations

import logging
import runpy
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit import net_util
from streamlit.runtime.pages_manager import PagesManager

from atlas.analysis.choices import is_draft, served_instead
from atlas.config import settings
from atlas.errors import AccessDenied, AtlasError, ChoiceError
from atlas.figures.glossary import found_words
from atlas.figures.map_files import ROUTE, map_file
from atlas.figures.palette import THEMES
from atlas.figures.panels import variables
from atlas.figures.release_panels import draft_banner
from atlas.model import mark
from atlas.text import Text, languages
from atlas.ui import frame, garbage, gate, html, turns, url, widgets
from atlas.ui.headers import Headers
from atlas.ui.kept import gone, kept
from atlas.ui.upload import Uploads
from atlas.ui.way_back import WayBack

#: The menu: section -> pages, each with its file (folder = section, file = address) and title.
MENU = {
    mark("Explore"): {
        "explore/map": mark("Map"),
        "explore/clusters": mark("Clusters"),
        "explore/cluster": mark("Cluster"),
        "explore/region": mark("Region"),
        "explore/compare": mark("Compare"),
    },
    mark("Analyse"): {
        "analyse/discovery": mark("Discovery"),
    },
    mark("Manage"): {
        "manage/data": mark("Data"),
    },
    mark("About"): {
        "about/glossary": mark("Glossary"),
        "about/methods": mark("Methods"),
        "about/sources": mark("Sources"),
    },
}
#: By its address: a file would be sent along with every run.
LOGO = "/app/static/logo.svg"
#: One line of help for a first visit, by the address of the page.
HELP = {
    "map": mark(
        "Choose a sector and a figure: the map shows where the sector is strong. A click on a"
        " region, or on its name in the table, shows its figures."
    ),
    "clusters": mark(
        "Every cluster that is published by name. Each card opens the cluster’s page."
    ),
    "cluster": mark(
        "What is known of one cluster: its firms, its institutions and who runs it. What is not"
        " published is said to be unknown."
    ),
    "region": mark(
        "One region’s sectors, strongest first. A location quotient above 1: more of the sector"
        " than the country has on average."
    ),
    "compare": mark("Choose two to six regions or clusters; the address is a link to share."),
    "discovery": mark(
        "Which rules call what a cluster, and where they agree. Move a threshold to see how much"
        " hangs on it."
    ),
}
PAGES = Path(__file__).parent / "pages"
log = logging.getLogger("atlas")


def start() -> None:
    """The atlas' bare address shows the map."""
    runpy.run_path(str(PAGES / "explore" / "map.py"), run_name="__main__")


def main() -> None:
    """Draw the frame, then the chosen page; whatever goes wrong there is said once, here."""
    url.run_begins()
    widgets.run_begins()
    text = frame.text()
    st.set_page_config(page_title=text("Cluster atlas"), page_icon=LOGO, layout="wide")
    st.logo(LOGO, size="large")
    menu = {
        text(section): [
            st.Page(PAGES / f"{file}.py", title=text(title)) for file, title in pages.items()
        ]
        for section, pages in MENU.items()
    }
    home = st.Page(start, title=text("Cluster atlas"), default=True, visibility="hidden")
    next(iter(menu.values())).insert(0, home)
    page = st.navigation(menu, position="top")
    frame.draw(variables(THEMES[frame.theme_name()]), found_words(text, url.link("glossary")))
    place = page.url_path or "map"
    if place in HELP:
        frame.help_line(place, text(HELP[place]))
    tell_release(text)
    try:
        page.run()
    except AccessDenied as error:
        gate.refused(error, text)
    except ChoiceError as error:
        st.error(frame.literal(text.explain(error)))
    except Exception as error:
        reference = secrets.token_hex(3)
        log.exception("page %s failed, reference %s", page.title, reference)
        said = (
            text.explain(error)
            if isinstance(error, AtlasError)
            else text("Something went wrong that should not have.")
        )
        told = text(
            "Please tell whoever runs this atlas the number {reference}.", reference=reference
        )
        st.error(frame.literal(f"{said} {told}"))
    finally:
        frame.notices()
        garbage.after_run(place)
    widgets.run_ended()


def tell_release(text: Text) -> None:
    """Say when what is shown is not the release that everybody sees."""
    edition, release, drafts = frame.release_words()
    previewing = drafts and is_draft(edition, release)
    frame.preview(previewing)
    if previewing and release:
        back = url.link("data", edition=None, release=None, into=edition, view="releases")
        html.show(draft_banner(release, back, text), key="draft")
    elif instead := served_instead(edition, release):
        st.warning(frame.literal(text.explain(instead)))


def geometry(request: Request) -> Response:
    """A map's file, for the browser to keep. Borders that are not those that the page counted
    on would be filled wrongly: there are none then."""
    from atlas.analysis.choices import choices, find_release
    from atlas.analysis.map import map_shapes

    wanted = request.path_params
    try:
        # Drafts too: who does not see the page cannot know the digest that has to be named.
        release = find_release(wanted["edition"], wanted["release"], drafts=True)
        within = request.query_params.get("within")
        choices(release).check(level=wanted["level"], region=within)
        shapes = map_shapes(release, level=wanted["level"], within=within)
        found = map_file(shapes, wanted["part"], wanted["language"])
    except (AtlasError, LookupError, ValueError):
        return gone()
    if request.query_params.get("v") != found.mark:
        return gone()
    return kept(request, found.content, found.mark, "application/geo+json")


def warm() -> None:
    """Import what pages import and read what all of them read, so that nobody waits for it."""
    from atlas.analysis import map as question
    from atlas.analysis.choices import choices, find_release

    known = choices(find_release(settings().edition))
    measure = known.measures[0]
    industry = question.default_industry(known, known.industries_of(measure))
    question.map_view(known.release, metric="location_quotient", industry=industry, measure=measure)
    shapes = question.map_shapes(known.release)
    for language in languages():
        map_file(shapes, "regions", language)


@asynccontextmanager
async def ready(_app: st.App) -> AsyncIterator[None]:
    """Before the first visitor: the first release is built and the rooms are imported."""
    from atlas.__main__ import first_release

    first_release()
    try:
        warm()
    except AtlasError as error:
        # No release is sound: the pages say so, and the server is there to say it.
        log.warning("%s", Text().explain(error))
    garbage.settle()
    yield


if __name__ == "__main__":
    with turns.turn():
        main()
else:
    # The server imports this file once; the script it runs for each visitor is the same file.
    # Without this line the first visitor of a fresh server would be served ``pages/`` without
    # the frame, and any address but "/" would be unknown.
    PagesManager.uses_pages_directory = False
    # To judge a visitor's origin Streamlit would ask a server on the internet for our address.
    # Origins other than our own are listed in server.corsAllowedOrigins instead.
    net_util.get_external_ip = lambda: None
    app = st.App(
        "app.py",
        lifespan=ready,
        routes=[Route(ROUTE, geometry), Route(html.ROUTE, html.script)],
        middleware=[Middleware(Headers), Middleware(WayBack), Middleware(Uploads)],
    )
