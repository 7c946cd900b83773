"""The map's geometry as files that a browser fetches once and keeps.

No choice changes a border, so what is sent with every choice only says what each region looks like:
an expression of deck.gl that picks by the region's number in the file, its ``id`` as a feature. The
address of a file carries a digest of its content; whoever serves it may let it be kept for good.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

import geopandas as gpd
import numpy as np
import shapely

from atlas.figures.placing import MANY
from atlas.model import MapShapes
from atlas.text import Text

#: How an address begins, and what it names after that.
#: (``within``, where it is not the whole country, and ``v`` follow as words of a query).
ROUTE = "/map_files/{edition}/{release}/{level:int}/{language}/{part}"
#: How many sizes there are of many circles, and the radius in pixels of the smallest.
_SIZES, _SPECK = 32, 0.5
#: A colour is rare that no more than one region in so many has.
_RARE = 35
#: A part that is one region alone: this and its number.
ONE = "region-"


@dataclass(frozen=True)
class MapFile:
    """A file: its address relative to the atlas, the digest in it, and the content (GeoJSON,
    gzipped)."""

    address: str
    mark: str
    content: bytes


@lru_cache(maxsize=512)
def map_file(shapes: MapShapes, part: str, language: str) -> MapFile:
    """A part of the map: ``regions``, one of them (``region-3``), ``neighbours``, ``country``, or
    ``points`` (a place inside each region).

    A region has its number, and as properties its code (``id``) and ``name`` in the language.
    Raises KeyError for any other part, ChoiceError for an unknown language.
    """
    body = _content(shapes, part, Text(language)).encode()
    mark = hashlib.sha256(body).hexdigest()[:10]
    release = shapes.release
    place = f"{release.edition}/{release.release_id}/{shapes.level}/{language}/{part}"
    query = urlencode({"within": shapes.within, "v": mark} if shapes.within else {"v": mark})
    return MapFile(f"map_files/{place}?{query}", mark, gzip.compress(body, 9, mtime=0))


def _content(shapes: MapShapes, part: str, text: Text) -> str:
    if part == "points":
        inside = shapely.point_on_surface(shapes.regions.geometry.values)
        places = np.round(shapely.get_coordinates(inside), 4).tolist()
        rows = enumerate(zip(_about(shapes, text), places, strict=True))
        return _compact([{"id": i, "properties": own, "p": place} for i, (own, place) in rows])
    frames = {"regions": shapes.regions, "neighbours": shapes.backdrop}
    if part in frames:
        frame = frames[part]
    elif part == "country":
        frame = gpd.GeoDataFrame(index=["country"], geometry=[shapes.outline], crs=4326)
    else:
        numbers = {f"{ONE}{i}": [i] for i in range(len(shapes.regions))}
        frame = shapes.regions.iloc[numbers[part]]
    about = {own["id"]: own for own in _about(shapes, text)} if part == "regions" else {}
    return geojson(frame, about)


def one_region(shapes: MapShapes, code: str) -> str:
    """The name of the part that is this region alone. Raises KeyError for a region not drawn."""
    return f"{ONE}{shapes.regions.index.get_loc(code)}"


def geojson(frame: gpd.GeoDataFrame, about: Mapping[str, Mapping[str, Any]]) -> str:
    """A FeatureCollection with these properties by the frame's index. Coordinates are rounded to
    about ten metres, each vertex alike wherever it stands, so that neighbours still share their
    border."""
    rounded = shapely.set_precision(frame.geometry.values, 1e-4, mode="pointwise")
    features = (
        f'{{"type":"Feature","id":{number},"properties":{_compact(about.get(code, {}))},'
        f'"geometry":{shape}}}'
        for number, (code, shape) in enumerate(
            zip(map(str, frame.index), shapely.to_geojson(rounded), strict=True)
        )
    )
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'


def picked(
    shapes: MapShapes, values: Mapping[str, tuple[int, ...]], otherwise: tuple[int, ...]
) -> str:
    """The expression that gives each region its colour, or ``otherwise``: the shortest there is.

    Which colour it is of those there are is packed; regions of a rare one are named instead.
    """
    looks = [values.get(code, otherwise) for code in _codes(shapes)]
    (common, _), *others = Counter(looks).most_common()
    whole = _packed(looks)
    if not others or others[-1][1] > len(looks) / _RARE:
        return whole
    rare = others[-1][0]
    named = "||".join(f"id=={number}" for number, look in enumerate(looks) if look == rare)
    rest = _packed([common if look == rare else look for look in looks])
    return min(whole, f"({named})?{_compact(rare)}:{rest}", key=len)


def _packed(looks: Sequence[Any]) -> str:
    """The expression that picks one of several colours (or other literals) by number.

    So many regions (``together``) share a number, written in so many hexadecimal digits, each
    digit from a text of its own: of two colours a region costs a quarter of a byte, of six two
    thirds. Literals stand in parentheses: without them the parser takes what follows for another
    expression.
    """
    places = {look: place for place, look in enumerate(dict.fromkeys(looks))}
    different = len(places)
    if different == 1:
        return _compact(looks[0])
    digits, together = _packing(different)
    numbers = [places[look] for look in looks]
    packed = [
        sum(one * different**place for place, one in enumerate(numbers[start : start + together]))
        for start in range(0, len(numbers), together)
    ]
    written = [f"{number:0{digits}x}" for number in packed]
    texts = ("".join(column) for column in zip(*written, strict=True))
    row = f"(id-id%{together})/{together}"
    number = "+".join(["'0x'", *(f"('{text}')[{row}]" for text in texts)])
    powers = ",".join(str(different**place) for place in range(together))
    which = f"({number})/([{powers}])[id%{together}]%{different}|0"
    return f"({_compact(list(places))})[{which}]"


@lru_cache(maxsize=64)
def _codes(shapes: MapShapes) -> tuple[str, ...]:
    return tuple(map(str, shapes.regions.index))


@cache
def _packing(different: int) -> tuple[int, int]:
    """Hexadecimal digits, and how many numbers below ``different`` they hold at best."""
    held = [
        (digits, max(n for n in range(4 * digits + 1) if different**n <= 16**digits))
        for digits in range(1, 6)
    ]
    return max(held, key=lambda pair: (pair[1] / pair[0], -pair[0]))


def sized(shapes: MapShapes, radii: Mapping[str, float]) -> str:
    """The expression that gives each point of :func:`map_file` its radius in pixels, 0 where there
    is none.

    Of so many circles none is measured by eye: they come in ``_SIZES`` sizes, each larger than the
    next by the same share, so that none is drawn with a radius more than about 8 per cent off; what
    is smaller than ``_SPECK`` is drawn as large as that.
    """
    largest = max(radii.values(), default=_SPECK)
    steps = math.log(max(largest / _SPECK, 1.01)) / (_SIZES - 2)

    def size(radius: float) -> float:
        down = min(max(round(math.log(largest / radius) / steps), 0), _SIZES - 2)
        return round(largest * math.exp(-down * steps), 2)

    found = [size(radii[code]) if radii.get(code, 0) > 0 else 0 for code in _codes(shapes)]
    return _packed(found)


def trigger(expression: str) -> str:
    """What tells deck.gl that an expression is another than before."""
    return hashlib.sha256(expression.encode()).hexdigest()[:10]


def _about(shapes: MapShapes, text: Text) -> list[dict[str, Any]]:
    # What a region's value is, the tooltip brings along; those of many regions would be too much.
    shown = text("A click shows its figures.") if len(shapes.regions) > MANY else ""
    return [
        {"id": code, "name": text.name(shapes.items[code]), "shown": shown}
        for code in _codes(shapes)
    ]


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
