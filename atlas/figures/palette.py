"""The atlas' colours: two themes, two ramps, one colour per kind of institution.

The diverging ramps follow cmcrameri's vik (light) and berlin (dark; F. Crameri, Scientific colour
maps), with the middle moved to the page's own grey so that the eye goes to the extremes. Kinds of
institution take the colours of Okabe and Ito (2008). ``tests/figures/test_palette.py`` measures
how far apart they stay for readers with each kind of colour blindness.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from atlas.model import Scale


@dataclass(frozen=True)
class Theme:
    """Every colour of one theme as ``#RRGGBB``; ``name`` is ``light`` or ``dark``."""

    name: str
    # surfaces and lines
    page: str
    panel: str
    table_head: str
    selected_row: str
    border: str
    input_border: str
    # text
    text: str
    second: str
    missing: str
    accent: str
    warning: str
    # map
    sea: str
    coast: str
    neighbour: str
    neighbour_line: str
    region_border: str
    country_line: str
    selected_line: str
    selected_casing: str
    hatch: str
    hatch_ground: str
    halo: str
    # symbols of products and firms
    disc: str
    disc_ink: str


LIGHT = Theme(
    name="light",
    page="#FFFFFF",
    panel="#F8F7F4",
    table_head="#F4F2EE",
    selected_row="#EEF6F7",
    border="#E2DFD8",
    input_border="#CFCBC2",
    text="#1C2429",
    second="#5B666D",
    missing="#69737A",
    accent="#0F6170",
    warning="#9A4A12",
    sea="#DBE7EC",
    coast="#CFDEE5",
    neighbour="#F3F4F4",
    neighbour_line="#D4D8DA",
    region_border="#FFFFFF",
    country_line="#6F6A63",
    selected_line="#1C2429",
    selected_casing="#FFFFFF",
    hatch="#B9B3A8",
    hatch_ground="#F3F1ED",
    halo="#FFFFFF",
    disc="#27343B",
    disc_ink="#FFFFFF",
)

DARK = Theme(
    name="dark",
    page="#12181C",
    panel="#192126",
    table_head="#1D262B",
    selected_row="#17313A",
    border="#2B363D",
    input_border="#3B4850",
    text="#E9EDEF",
    second="#A3B0B7",
    missing="#8B979E",
    accent="#6CC5CF",
    warning="#EAA283",
    sea="#0D161C",
    coast="#111F27",
    neighbour="#1F272C",
    neighbour_line="#333E45",
    region_border="#12181C",
    country_line="#A9B0B3",
    selected_line="#E9EDEF",
    selected_casing="#12181C",
    hatch="#59646B",
    hatch_ground="#232C31",
    halo="#12181C",
    disc="#EEF1F2",
    disc_ink="#12181C",
)

THEMES: Mapping[str, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK})

#: Five classes from far below to far above the middle, by theme.
DIVERGING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "light": ("#1B6D9B", "#8FBCD1", "#E8DFD7", "#D8A586", "#B75A26"),
        "dark": ("#5AA6D6", "#2C6F90", "#3A3A3C", "#8D4632", "#D18069"),
    }
)

#: Five classes from little to much, by theme: the colour of "much" stands out from the page.
SEQUENTIAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "light": ("#E6EEEE", "#B5D0D1", "#7FB0B4", "#468D94", "#0F6170"),
        "dark": ("#1C2C31", "#215059", "#2C7782", "#45A1AC", "#8AD3DA"),
    }
)

RAMPS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"diverging": DIVERGING, "sequential": SEQUENTIAL}
)

#: The middle of diverging scales: as in the country, and unchanged.
MIDDLES: Mapping[str, float] = MappingProxyType({"diverging_log": 1.0, "diverging": 0.0})

#: Kinds that do kindred work share a colour and are told apart by their pictogram.
INSTITUTION_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "cmo": "#0072B2",
        "association": "#E69F00",
        "civil_society": "#E69F00",
        "public_agency": "#CC79A7",
        "international": "#CC79A7",
        "research": "#009E73",
        "consultancy": "#009E73",
        "finance": "#009E73",
        "university": "#56B4E9",
        "vocational": "#D55E00",
    }
)
FIRM_COLOUR = "#27343B"

#: Places compared in one chart, in the order asked for; each has a shape of its own besides.
COMPARED_COLOURS = ("#D55E00", "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9")

# A shade darker than the text colour, so that it keeps 4.5:1 on every class of five.
_INK_DARK, _INK_LIGHT = "#12181C", "#FFFFFF"
_HALO_SHIFT = 0.08  # of OKLab lightness: seen as an edge, not as another class of the ramp

_Triple = tuple[float, float, float]


def ramp(kind: str, n: int, *, theme: str = "light") -> tuple[str, ...]:
    """Return ``n`` fills (2 to 9) of a ramp, lowest class first.

    ``kind`` is a key of ``RAMPS``, ``theme`` one of ``THEMES``. Five classes are the ramp's own
    colours; other numbers lie at even steps on the line through those five in OKLab
    (B. Ottosson, A perceptual color space for image processing, 2020). The more classes, the
    closer they stand: with nine, neighbours of the sequential ramp are half as far apart.

    Raises ``ValueError`` for any other number and ``KeyError`` for an unknown kind or theme.
    """
    if not 2 <= n <= 9:
        raise ValueError(f"a ramp has 2 to 9 classes, not {n}")
    last = len(RAMPS[kind][theme]) - 1
    return tuple(_at(kind, step * last / (n - 1), theme) for step in range(n))


def _at(kind: str, place: float, theme: str) -> str:
    """The fill at a place of a ramp, 0 its lowest class and 4 its highest."""
    colours = RAMPS[kind][theme]
    lower = min(int(place), len(colours) - 2)
    first, second = _oklab(colours[lower]), _oklab(colours[lower + 1])
    return _hex(_mix(first, second, place - lower))


def class_fills(scale: Scale, *, theme: str = "light") -> tuple[str, ...]:
    """Return the fill of each class of a scale, lowest first; empty for circles."""
    if scale.kind == "circles":
        return ()
    kind = "diverging" if scale.kind.startswith("diverging") else "sequential"
    classes = len(scale.counts)
    if classes == 1:
        # The ends of a ramp say "little" and "far below": a lone class says neither.
        return (ramp(kind, 5, theme=theme)[2],)
    if kind == "sequential":
        return ramp(kind, classes, theme=theme)
    return tuple(_at(kind, 2 + 2 * step, theme) for step in _steps(scale))


def _steps(scale: Scale) -> list[float]:
    """For each class of a diverging scale how far it lies below (-1 to 0) or above (0 to 1) the
    one that holds the middle: a class has the middle's colour only where it belongs."""
    middle = MIDDLES[scale.kind]
    below = sum(edge <= middle for edge in scale.breaks)
    # On a break the middle belongs to neither side.
    edge = middle in scale.breaks
    places = [
        number - below + (1 if edge and number >= below else 0)
        for number in range(len(scale.breaks) + 1)
    ]
    reach = max(abs(place) for place in places)
    return [place / reach for place in places]


@lru_cache(maxsize=256)
def hex_rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of ``#RRGGBB``."""
    digits = colour.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"not a colour of six hexadecimal digits: {colour}")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (W3C, WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(fill: str) -> str:
    """Return the text colour, near-black or white, that contrasts more with ``fill``."""
    return max((_INK_DARK, _INK_LIGHT), key=lambda ink: contrast(ink, fill))


def halo_on(fill: str, *, theme: str = "light") -> str:
    """Return the halo for text that is ``readable_on`` ``fill``.

    Text of the theme's own kind (dark on a light page, light on a dark one) takes the page's
    colour; reversed text takes a shade of the fill itself, which a page-coloured halo would blot.
    """
    dark_text = readable_on(fill) == _INK_DARK
    if dark_text == (theme == "light"):
        return THEMES[theme].halo
    lightness, a, b = _oklab(fill)
    shift = _HALO_SHIFT if dark_text else -_HALO_SHIFT
    return _hex((lightness + shift, a, b))


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _channel(light: float) -> int:
    light = min(max(light, 0.0), 1.0)
    share = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(share * 255)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel) for channel in hex_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(colour: str) -> _Triple:
    red, green, blue = (_linear(channel) for channel in hex_rgb(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _hex(lab: _Triple) -> str:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_channel(channel):02X}" for channel in channels)


def _mix(start: _Triple, end: _Triple, share: float) -> _Triple:
    lightness, a, b = (low + (high - low) * share for low, high in zip(start, end, strict=True))
    return lightness, a, b
