"""Every input of the atlas. Each stands for one word of the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pydeck as pdk
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.ui import url

#: Letters that a field for words takes.
LONGEST = 80
#: Whether a run is going on, and whether the one before was cut off by another: what it told its
#: inputs may never have reached the browser.
_RUNNING, _CUT_OFF = "run_going_on", "run_before_cut_off"


def run_begins() -> None:
    """To be called before the first input of a run."""
    st.session_state[_CUT_OFF] = st.session_state.get(_RUNNING, False)
    st.session_state[_RUNNING] = True


def run_ended() -> None:
    """To be called after a run that nothing cut off."""
    st.session_state[_RUNNING] = False


def choice_row(
    widths: list[float], label: str | None, *, narrow: bool, buttons: int = 2
) -> list[DeltaGenerator]:
    """Places for the choices: side by side, on a phone folded away under ``label`` or, without one,
    one under another; the last ones (for so many ``buttons``) stay in sight in one row."""
    if not narrow:
        return list(st.columns(widths, vertical_alignment="bottom"))
    folded = st.expander(label, icon=":material/tune:") if label else st.container()
    row = st.container(horizontal=True)
    return [
        *(folded.container() for _ in widths[: len(widths) - buttons]),
        *(row.container() for _ in range(buttons)),
    ]


def halves(*, paper: bool) -> list[DeltaGenerator]:
    """Two places side by side, on paper one under the other."""
    return [st.container(), st.container()] if paper else list(st.columns(2))


def select(
    label: str, word: str, options: Mapping[str, str], *, default: str,
    help_text: str | None = None, hide_label: bool = False, folded: bool = False,
) -> str:  # fmt: skip
    """A drop-down for a word of the address; returns the chosen key of ``options``. A label may be
    hidden where the options say it. ``folded``: it stands in a popover, and the browser makes it
    when that is opened, of what the last run said."""
    chosen = url.read(word, options, default)
    key, offered = f"choice_{word}", list(options)
    told = _tell(key, chosen, default, folded=folded)
    st.selectbox(
        label,
        offered,
        index=0 if told or default not in options else offered.index(default),
        format_func=lambda option: options[option],
        key=key,
        on_change=lambda: url.choose(**{word: st.session_state[key]}),
        help=help_text,
        label_visibility="collapsed" if hide_label else "visible",
    )
    return str(chosen)


def _tell(key: str, chosen: str | int | None, default: str | int, *, folded: bool) -> bool:
    """Tell an input what is chosen, unless it shows that already; returns whether it was told."""
    # The address leads: Back and links change it without the input knowing. Telling it what it
    # shows would send all options anew; of a run that was cut off it may never have heard.
    untold = key in st.session_state and st.session_state.get(_CUT_OFF)
    if told := bool(folded or untold or st.session_state.get(key, default) != chosen):
        st.session_state[key] = chosen
    return told


def one(label: str, word: str, options: Mapping[str, str], *, default: str) -> str:
    """Buttons of which one is on, a word of the address. The default takes the word out again."""
    chosen = str(url.read(word, options, default))
    key = f"choice_{word}"
    st.session_state[key] = chosen

    def changed() -> None:
        picked = st.session_state[key]
        url.choose(**{word: None if picked in (None, default) else picked})

    st.pills(
        label, list(options), format_func=lambda option: options[option], key=key,
        on_change=changed, label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def several(
    label: str, word: str, options: Mapping[str, str], *, default: tuple[str, ...]
) -> list[str]:
    """Buttons of which any number may be on, one word of the address (joined by commas)."""
    wanted = url.read_several(word, options, default)
    chosen = [option for option in options if option in wanted]
    key = f"choice_{word}"
    st.session_state[key] = chosen
    st.pills(
        label,
        list(options),
        selection_mode="multi",
        format_func=lambda option: options[option],
        key=key,
        on_change=lambda: url.choose(**{word: ",".join(st.session_state[key]) or url.NONE}),
    )
    return chosen


def pick(
    label: str, word: str, options: Mapping[str, str], *, default: tuple[str, ...], most: int,
    placeholder: str,
) -> list[str]:  # fmt: skip
    """A list to which options are added and from which they are taken, in the order of the
    address (one word, joined by commas); at most ``most``, the first of them stand."""
    chosen = list(url.read_several(word, options, default, most=most))
    key = f"choice_{word}"
    st.session_state[key] = chosen
    st.multiselect(
        label,
        list(options),
        format_func=lambda option: options[option],
        key=key,
        placeholder=placeholder,
        select_all=False,
        wrap=True,
        on_change=lambda: url.choose(**{word: ",".join(st.session_state[key][:most]) or url.NONE}),
    )
    return chosen


def slide(label: str, word: str, numbers: list[int], *, default: int, folded: bool = False) -> int:
    """A slider over years or other whole numbers for a word of the address; ``folded`` as in
    :func:`select`."""
    chosen = int(url.read(word, numbers, str(default)) or default)
    key = f"choice_{word}"
    if len(numbers) < 2:
        st.text_input(label, str(chosen), disabled=True, key=f"{key}_only")
        return chosen
    told = _tell(key, chosen, int(default), folded=folded)
    st.select_slider(
        label,
        numbers,
        None if told else int(default),
        key=key,
        on_change=lambda: url.choose(**{word: st.session_state[key]}),
    )
    return chosen


def decimal(
    label: str, word: str, *, low: float, high: float, default: float, step: float,
    help_text: str | None = None,
) -> float:  # fmt: skip
    """A field for a number from ``low`` to ``high``, a word of the address. The default takes the
    word out again."""
    chosen = url.read_number(word, low=low, high=high, default=default)
    key = f"choice_{word}"

    def changed() -> None:
        number = float(st.session_state[key])
        url.choose(**{word: None if number == default else f"{number:.12g}"})

    st.session_state[key] = chosen
    st.number_input(
        label,
        float(low),
        float(high),
        step=step,
        format="%g",
        key=key,
        on_change=changed,
        help=help_text,
    )
    return chosen


def search(
    label: str,
    word: str,
    *,
    answer: Callable[[str], Mapping[str, str | int | None]] | None = None,
) -> str:
    """A field for words to look for; ``answer`` gives the words of the address that they lead to,
    without it they stand in the address as they are.

    Returns the value of ``word`` in the address: what is still looked for.
    """
    return typed(
        label, word, placeholder=label, answer=answer,
        label_visibility="collapsed", icon=":material/search:",
    )  # fmt: skip


def typed(
    label: str, word: str, *, placeholder: str,
    answer: Callable[[str], Mapping[str, str | int | None]] | None = None, **shown: Any,
) -> str:  # fmt: skip
    """A field whose words stand in the address as they were typed, or as ``answer`` has them;
    empty takes them out. ``shown``: how Streamlit shows the field."""
    stated = str(st.query_params.get(word, ""))[:LONGEST]
    key = f"choice_{word}"

    def changed() -> None:
        wanted = str(st.session_state[key]).strip()
        url.choose(**(answer(wanted) if wanted and answer else {word: wanted or None}))

    st.session_state[key] = stated
    st.text_input(
        label, key=key, max_chars=LONGEST, placeholder=placeholder, on_change=changed, **shown
    )
    return stated


def switch(label: str, word: str) -> bool:
    """A switch that is off unless the address says ``yes``."""
    key = f"choice_{word}"
    st.session_state[key] = url.read(word, ("yes",), None) == "yes"
    st.toggle(
        label,
        key=key,
        on_change=lambda: url.choose(**{word: "yes" if st.session_state[key] else None}),
    )
    return bool(st.session_state[key])


def deck_map(
    deck: pdk.Deck, *, key: str, height: int, alt: str, region_page: bool = False,
    members: bool = False,
) -> None:  # fmt: skip
    """The interactive map. A click on a region selects it (a second one clears it) or, with
    ``region_page``, opens its page; a click on a cluster opens the cluster's, one on a hexagon of
    firms lists them, with ``members`` one on a firm or institution selects that."""

    def clicked() -> None:
        objects = st.session_state[key].selection.objects
        cluster = _picked(objects, "clusters")
        region = _picked(objects, "regions") or _picked(objects, "circles")
        firm, institution = _picked(objects, "firms"), _picked(objects, "institutions")
        cell = _picked(objects, "firm-cells")
        words = url.words()
        if cell or (not objects and "cell" in words):
            # A second click on a hexagon closes its list.
            url.choose(cell=cell, sheet=None)
        elif members and (firm or institution):
            url.choose(firm=firm, institution=None if firm else institution)
        elif cluster:
            url.visit(url.link("cluster", cluster=cluster))
        elif region and region_page:
            url.visit(url.link("region", region=region))
        elif region:
            url.choose(region=region)
            st.session_state[f"{key}_clicked"] = region
        elif not region_page:
            # The map forgot what was clicked last: it was clicked again. If something else was
            # chosen since (in the table, by Back), the click means that region after all.
            last = st.session_state.get(f"{key}_clicked")
            url.choose(region=None if last == words.get("region") else last)

    st.pydeck_chart(
        deck, key=key, height=height, on_select=clicked, selection_mode="single-object", alt=alt
    )


def _picked(objects: Mapping[str, list[Mapping[str, object]]], layer: str) -> str | None:
    for found in objects.get(layer, []):
        properties = found.get("properties", found)
        if isinstance(properties, Mapping) and "id" in properties:
            return str(properties["id"])
    return None


def export(
    label: str,
    file_name: str,
    make: Callable[[], bytes],
    *,
    mime: str,
    main: bool = True,
) -> None:
    """A button that makes a file when it is pressed and hands it to the reader; ``main`` is the
    page's one accented button."""
    st.download_button(
        label, make, file_name=file_name, mime=mime, on_click="ignore",
        type="primary" if main else "secondary",
        icon=":material/ios_share:" if main else ":material/download:",
        width="stretch" if main else "content",
    )  # fmt: skip
