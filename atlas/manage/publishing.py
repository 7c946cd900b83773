"""Drafts and releases on the page: build, preview, publish, compare, roll back, delete."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from atlas.analysis.map import map_shapes
from atlas.analysis.release_changes import release_changes
from atlas.errors import AtlasError
from atlas.figures import change_panels, release_panels
from atlas.figures.palette import THEMES
from atlas.ingest import jobs
from atlas.manage.place import Place
from atlas.manage_words import WORK
from atlas.model import Release
from atlas.release_answers import largest, summary
from atlas.store import drafts, releases
from atlas.ui import frame, html, release_form, url, widgets, work


def show(place: Place) -> None:
    """The drafts and the releases of an edition, and what can be done with each."""
    text = place.text
    _tell()
    job = jobs.running(place.edition)
    if job is not None and job.task == "build":
        st.session_state["build_job"] = job
    if job := st.session_state.get("build_job"):
        work.watch(job, WORK, text, lambda: _built(place))
    else:
        st.markdown(
            text("A draft is a whole release that only data managers see, until it is published.")
        )
        st.button(
            text("Build a draft"), type="primary", icon=":material/construction:", key="build",
            on_click=_build, args=[place],
        )  # fmt: skip
    _drafts(place)
    _releases(place)


def _published(edition: str) -> list[Release]:
    return releases.published(edition) if edition in releases.editions() else []


def _shown(edition: str) -> str | None:
    return releases.current(edition).release_id if edition in releases.editions() else None


def _drafts(place: Place) -> None:
    text = place.text
    found = releases.drafts(place.edition)
    st.subheader(text("Drafts"), anchor=False)
    if not found:
        frame.quiet(text("There is no draft."), "no_draft")
    shown = _shown(place.edition)
    for draft in found:
        release_id = draft.release_id
        links = [(text("Preview"), _preview(draft))]
        if shown:
            links.append((text("What changes"), url.here(view="compare", before=shown,
                                                         after=release_id)))  # fmt: skip
        with release_form.row(release_panels.line(draft, None, links, text), release_id):
            release_form.confirmed(
                text("Publish"), text("From now on everybody sees this release."), text,
                key=f"publish_{release_id}", main=True,
                act=_doing(place, "publish_draft", release_id),
            )  # fmt: skip
            release_form.confirmed(
                text("Delete"), text("The draft is gone then; the edition stays as it is."), text,
                key=f"delete_{release_id}", act=_doing(place, "delete_draft", release_id),
            )  # fmt: skip


def _releases(place: Place) -> None:
    text = place.text
    found, shown = _published(place.edition), _shown(place.edition)
    st.subheader(text("Releases"), anchor=False)
    if not found:
        frame.quiet(text("Nothing has been published yet."), "no_release")
    for number, release in enumerate(found):
        release_id = release.release_id
        links = [(text("Open"), _preview(release))]
        if number + 1 < len(found):
            earlier = found[number + 1].release_id
            changes = url.here(view="compare", before=earlier, after=release_id)
            links.append((text("What changed"), changes))
        state = text("shown to everybody") if release_id == shown else None
        with release_form.row(release_panels.line(release, state, links, text), release_id):
            if release_id != shown:
                release_form.confirmed(
                    text("Roll back to this"),
                    text(
                        "From now on everybody sees this release again. Links to the others go on."
                    ),
                    text, key=f"roll_back_{release_id}", act=_doing(place, "roll_back", release_id),
                )  # fmt: skip


def _preview(release: Release) -> str:
    """The map of a release; a draft's is drawn for those alone who may see it."""
    words = {"edition": release.edition, "release": release.release_id, "compare": None}
    return url.link("map", **words)


def _doing(place: Place, what: str, release_id: str) -> Callable[[], None]:
    """A step that is taken when its button is pressed, and said on the next run."""
    done = {
        "publish_draft": place.text("Published: everybody sees “{release}” now."),
        "delete_draft": place.text("Deleted: the draft “{release}”."),
        "roll_back": place.text("Rolled back: everybody sees “{release}” again."),
    }

    def act() -> None:
        try:
            getattr(drafts, what)(place.edition, release_id, who=place.who)
            st.session_state["release_said"] = done[what].format(release=release_id)
        except AtlasError as error:
            st.session_state["release_fault"] = place.explain(error)

    return act


def _tell() -> None:
    if said := st.session_state.pop("release_said", None):
        st.success(frame.literal(said))
    if fault := st.session_state.pop("release_fault", None):
        st.error(fault)


def _build(place: Place) -> None:
    try:
        st.session_state["build_job"] = jobs.start(
            place.edition, "build", folder=place.folder, home=releases.home_folder(), who=place.who
        )
    except AtlasError as error:
        st.session_state["release_fault"] = place.explain(error)


def _built(place: Place) -> None:
    """What the building gave: a draft, or what is wrong with the edition."""
    job = st.session_state.pop("build_job", None)
    if job is None:
        return
    if job.error is not None:
        st.session_state["release_fault"] = place.explain(job.error)
    elif job.cancelled:
        st.session_state["release_said"] = place.text("Cancelled; nothing was changed.")
    else:
        st.session_state["release_said"] = place.text(
            "The draft “{release}” is ready.", release=job.result
        )


# --- what changed --------------------------------------------------------------------------


def compare(place: Place) -> None:
    """Two releases, or a release and a draft, side by side: a map and lists of what differs."""
    text = place.text
    known = {one.release_id: one for one in releases.drafts(place.edition)}
    titles = {
        name: text("{release} (draft)", release=release_panels.title(one, text))
        for name, one in known.items()
    }
    every = _published(place.edition)
    titles |= {one.release_id: release_panels.title(one, text) for one in every}
    known |= {one.release_id: one for one in every}
    if len(known) < 2:
        st.info(text("There is only one release: nothing to compare yet."))
        return
    names = list(titles)
    left, right = st.columns(2)
    with left:
        before = widgets.select(text("Before"), "before", titles, default=names[1])
    with right:
        after = widgets.select(text("After"), "after", titles, default=names[0])
    found = release_changes(known[before], known[after])
    html.show(change_panels.summary(found.is_empty, summary(found, text), text), key="changes")
    if found.is_empty:
        return
    shapes, rows = map_shapes(known[after]), largest(found, text)
    theme = THEMES[frame.theme_name()]
    left, right = st.columns([1, 1.2], gap="medium")
    with left:
        html.show(change_panels.change_map(shapes, found.regions, text, theme), key="change_map")
    with right:
        html.show(change_panels.largest(rows, len(found.cells) - len(rows), text), key="largest")
