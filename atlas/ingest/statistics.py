"""From a published statistical table to a plain grid: SDMX-ML, SDMX-JSON, JSON-stat and PX files.

Each observation becomes a row: of each dimension its code and, where it has another one, its label,
then ``OBS_VALUE`` and, where any figure has one, ``status`` in the words of an edition. Runs in the
process that is set apart (:mod:`atlas.ingest.apart`); nothing that a table names is fetched.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from atlas.errors import DataError
from atlas.ingest.px import parse_px
from atlas.ingest.readers import BATCH, Writer
from atlas.ingest.source import MOST_ROWS, has_entities

#: The most bytes of such a file: its parsers hold it as a whole.
MOST_BYTES = 200_000_000
VALUE, STATUS = "OBS_VALUE", "status"
#: What offices write beside a figure (SDMX code list OBS_STATUS, Eurostat's flags), in our words.
FLAGS: Mapping[str, str] = {
    "c": "suppressed", "e": "estimated", "f": "estimated", "i": "estimated", "s": "estimated",
}  # fmt: skip
_FLAGGED = ("OBS_FLAG", "OBS_STATUS", "CONF_STATUS")
#: So many values of a dimension are named, for one to be chosen.
_NAMED = 500


@dataclass(frozen=True)
class Dimension:
    """A dimension: its id, its label, and each code with its label, in order."""

    id: str
    label: str
    values: Mapping[str, str]

    @property
    def columns(self) -> dict[str, Mapping[str, str] | None]:
        """The headers, each with the labels of its codes, or None for the codes themselves."""
        if all(code == label for code, label in self.values.items()):
            return {self.id: None}
        if self.id.casefold() == self.label.casefold():
            # Codes without a name of their own are mostly numbers: what they mean stands first.
            return {self.id: self.values, f"{self.id} [code]": None}
        return {self.id: None, self.label: self.values}

    @property
    def labelled(self) -> str:
        """The header whose cells hold what people call the values."""
        return next(header for header, labels in reversed(self.columns.items())
                    if labels is not None or len(self.columns) == 1)  # fmt: skip


#: An observation: its codes, its figure as text (missing: None), its flag.
Observation = tuple[Sequence[str], str | None, str]


def read(path: Path, out: Path, name: str, kind: str) -> dict[str, Any]:
    """A table of one of the kinds ``sdmx-ml``, ``json`` or ``px`` as a grid, its header in row 1.

    Says which it is (``form``) and its ``dimensions``: headers, the one whose cells people read
    (``labelled``), number of values, some of them.
    Raises DataError ``source_large``, ``source_kind``, ``source_truncated``, ``source_long``,
    ``xml_entities``.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise DataError("source_large", path=name, size=size, most=MOST_BYTES)
    raw = path.read_bytes()
    try:
        form, dimensions, found = _parsed(raw, name, kind)
        return {"form": form, "header": 1, "dimensions": _write(dimensions, found, out, name)}
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise DataError("source_truncated", path=name) from error


def _parsed(raw: bytes, name: str, kind: str) -> tuple[str, list[Dimension], Iterable[Observation]]:
    if kind == "sdmx-ml":
        if has_entities(raw):
            raise DataError("xml_entities", path=name, value=name)
        return ("SDMX-ML", *_sdmx_ml(raw))
    if kind == "px":
        dimensions, values = parse_px(raw)
        found = [Dimension(label, label, codes) for label, codes in dimensions]
        return "PX", found, _crossed(found, values, {})
    content = json.loads(raw)
    if isinstance(content, dict) and content.get("class") == "dataset":
        return ("JSON-stat", *_json_stat(content))
    if isinstance(content, dict) and "dataSets" in (content.get("data") or content):
        return ("SDMX-JSON", *_sdmx_json(content.get("data") or content))
    raise DataError("source_kind", path=name, form="JSON")


# --- JSON-stat -----------------------------------------------------------------------------


def _json_stat(content: Mapping[str, Any]) -> tuple[list[Dimension], Iterable[Observation]]:
    """A dataset of JSON-stat 2.0, as PxWeb and Eurostat give it."""
    dimensions = []
    for each, size in zip(content["id"], content["size"], strict=True):
        said = content["dimension"][each]
        labels = said["category"].get("label", {})
        index = said["category"].get("index", list(labels))
        codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)
        if len(codes) != size:
            raise ValueError(each)
        values = {str(code): str(labels.get(code, code)) for code in codes}
        dimensions.append(Dimension(str(each), str(said.get("label") or each), values))
    return dimensions, _crossed(dimensions, content["value"], content.get("status") or {})


def _crossed(dimensions: list[Dimension], values: Any, flags: Any) -> Iterator[Observation]:
    """The cells of a cube in its order; cells without figure and flag are left out."""
    count = math.prod(len(each.values) for each in dimensions)
    if count > MOST_ROWS or (isinstance(values, list) and len(values) != count):
        raise ValueError(count)
    for place, codes in enumerate(itertools.product(*(each.values for each in dimensions))):
        value, flag = _at(values, place), _at(flags, place)
        if value is not None or flag is not None:
            yield codes, None if value is None else _number(value), str(flag or "")


def _at(values: Any, place: int) -> Any:
    """A figure or flag: of a full list, of those there are by their place, or one for all."""
    if isinstance(values, dict):
        return values.get(str(place))
    if isinstance(values, list):
        return values[place] if place < len(values) else None
    return values


def _number(value: Any) -> str:
    # A word in place of a figure stays: it is reported where figures are read.
    return repr(value) if isinstance(value, float) else str(value)


# --- SDMX ----------------------------------------------------------------------------------


def _sdmx_json(data: Mapping[str, Any]) -> tuple[list[Dimension], Iterable[Observation]]:
    """All observations of SDMX-JSON 1.0 and 2.0: keys of places among each dimension's values."""
    structure = data["structure"] if "structure" in data else data["structures"][0]
    said = structure["dimensions"]
    whole, series, single = (said.get(word, []) for word in ("dataSet", "series", "observation"))
    dimensions = [_described(each) for each in (*whole, *series, *single)]
    flags = structure.get("attributes", {}).get("observation", [])
    place, known = next(((at, each["values"]) for at, each in enumerate(flags)
                         if each["id"].upper() in _FLAGGED), (0, []))  # fmt: skip
    codes = [list(each.values) for each in dimensions]
    observations: list[Observation] = []
    for each in data["dataSets"]:
        rows = each.get("series", {"": each})
        for first, row in rows.items():
            for last, cell in row["observations"].items():
                key = [0] * len(whole) + [int(at) for at in f"{first}:{last}".strip(":").split(":")]
                marks = cell[1:]
                mark = marks[place] if known and place < len(marks) else None
                flag = "" if mark is None else str(known[mark]["id"])
                found = None if cell[0] is None else _number(cell[0])
                words = [own[at] for own, at in zip(codes, key, strict=True)]
                observations.append((words, found, flag))
    return dimensions, observations


def _described(said: Mapping[str, Any]) -> Dimension:
    values = {str(each["id"]): _name(each) for each in said["values"]}
    return Dimension(str(said["id"]), _name(said), values)


def _name(said: Mapping[str, Any]) -> str:
    return str(said.get("name") or said["id"])


def _sdmx_ml(raw: bytes) -> tuple[list[Dimension], Iterable[Observation]]:
    """All observations of a message in XML, generic or of a structure of its own."""
    # Not at the top: it takes long, and few files are of its kinds.
    import sdmx

    # By the ending the library knows what it is.
    path = Path("table.xml")
    path.write_bytes(raw)
    message: Any = sdmx.read_sdmx(path)
    values: dict[str, dict[str, str]] = {}
    observations: list[Observation] = []
    for data in message.data:
        for each in data.obs:
            codes = {str(name): str(value.value) for name, value in each.key.values.items()}
            for name, code in codes.items():
                values.setdefault(name, {})[code] = code
            said = {str(k).upper(): str(v.value) for k, v in each.attached_attribute.items()}
            flag = next((said[name] for name in _FLAGGED if name in said), "")
            found = None if each.value is None else str(each.value)
            nothing = found is None or found.casefold() == "nan"
            observations.append(
                ([codes[name] for name in values], None if nothing else found, flag)
            )
    return [Dimension(name, name, codes) for name, codes in values.items()], observations


# --- writing -------------------------------------------------------------------------------


def _write(
    dimensions: list[Dimension], found: Iterable[Observation], out: Path, name: str
) -> list[dict[str, Any]]:
    """Write the grid batch by batch; returns what is said of the dimensions."""
    headers = [*(header for each in dimensions for header in each.columns), VALUE, STATUS]
    writer = Writer(out, name, len(headers))
    width, line = len(headers), 1
    plain = pa.array([False], pa.bool_())
    writer.write([1], [width], [(pa.array([header]), plain) for header in headers])
    cells = iter(found)
    while batch := list(itertools.islice(cells, BATCH)):
        columns: list[tuple[Any, Any]] = []
        no, yes = (pa.array([stored] * len(batch), pa.bool_()) for stored in (False, True))
        for place, each in enumerate(dimensions):
            codes = [codes[place] for codes, _, _ in batch]
            for labels in each.columns.values():
                words = codes if labels is None else [labels[code] for code in codes]
                columns.append((pa.array(words, pa.string()), no))
        columns.append((pa.array([value for _, value, _ in batch], pa.string()), yes))
        flags = [FLAGS.get(flag.strip().casefold()) for _, _, flag in batch]
        columns.append((pa.array(flags, pa.string()), no))
        writer.write(list(range(line + 1, line + len(batch) + 1)), [width] * len(batch), columns)
        line += len(batch)
    writer.close()
    return [
        {"headers": list(each.columns), "labelled": each.labelled, "count": len(each.values),
         "values": list(each.values.values())[:_NAMED]}
        for each in dimensions
    ]  # fmt: skip
