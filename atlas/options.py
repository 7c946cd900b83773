"""The settings of metrics as options of the command line."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Annotated, Any, get_type_hints

import typer

from atlas.metrics import METRICS, STRUCTURES

#: None of them: every metric as it is published.
NO_SETTINGS: Mapping[str, float] = MappingProxyType({})


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for every setting that any metric has.

    The command takes ``settings``: those that were given, by name. Whether the metric has them,
    and whether their values are possible, is for whoever computes it to say.
    """
    own = get_type_hints(command, include_extras=True)
    known = {name: Annotated[float | None, typer.Option(help=said)] for name, said in _said()}

    @wraps(command)
    def called(**given: Any) -> None:
        settings = {name: given.pop(name) for name in known}
        stated = {name: value for name, value in settings.items() if value is not None}
        command(**given, settings=stated)

    keyword = inspect.Parameter.KEYWORD_ONLY
    taken = [
        one.replace(annotation=own[one.name], kind=keyword)
        for one in inspect.signature(command).parameters.values()
        if one.name != "settings"
    ]
    options = [
        inspect.Parameter(name, keyword, default=None, annotation=kind)
        for name, kind in known.items()
    ]
    called.__signature__ = inspect.Signature([*taken, *options])  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in [*taken, *options]}
    return called


def _said() -> list[tuple[str, str]]:
    """Every setting of any metric with what it means, and the default with each metric."""
    meanings: dict[str, str] = {}
    defaults: dict[str, list[str]] = {}
    for metric in [*METRICS.values(), *STRUCTURES.values()]:
        for name, parameter in metric.parameters.items():
            meanings.setdefault(name, parameter.meaning)
            defaults.setdefault(name, []).append(f"{metric.name} {parameter.default:g}")
    return [(name, f"{meanings[name]} ({', '.join(defaults[name])})") for name in meanings]
