"""The register of export formats: what a snapshot can be written as."""

from __future__ import annotations

from collections.abc import Callable

#: ``(view, shapes, text)`` and keyword options, all with defaults -> the bytes of a file.
Export = Callable[..., bytes]

#: Name of a format (and a file's ending) -> what makes the file's bytes.
FORMATS: dict[str, Export] = {}


def format_(name: str) -> Callable[[Export], Export]:
    """Register the decorated function as the export format of that name."""

    def register(export: Export) -> Export:
        FORMATS[name] = export
        return export

    return register


from atlas.export import pdf, png, slides, svg  # noqa: E402, F401  (last, because it fills the register)
