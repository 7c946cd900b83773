"""Marks that tell compared places apart: a shape and a colour for each, in the order asked for."""

from __future__ import annotations

from markupsafe import Markup

from atlas.figures.palette import COMPARED_COLOURS, Theme

#: Shapes around the origin, about eleven pixels across, in the order of the colours.
_SHAPES = (
    "M-5.2 0a5.2 5.2 0 1 0 10.4 0a5.2 5.2 0 1 0 -10.4 0Z",
    "M-4.7 -4.7H4.7V4.7H-4.7Z",
    "M0 -6.4L6.4 0L0 6.4L-6.4 0Z",
    "M0 -5.8L6 4.8H-6Z",
    "M0 5.8L6 -4.8H-6Z",
    "M-1.9 -5.6H1.9V-1.9H5.6V1.9H1.9V5.6H-1.9V1.9H-5.6V-1.9H-1.9Z",
)


def shape(position: int, theme: Theme) -> Markup:
    """The mark of the place at that position as a path around the origin of a drawing."""
    return Markup('<path d="{}" fill="{}" stroke="{}" stroke-width="0.9"/>').format(
        _SHAPES[position], COMPARED_COLOURS[position], theme.text
    )


def mark_of(position: int, theme: Theme) -> Markup:
    """The same beside words, which say what it stands for."""
    return Markup(
        '<svg class="mark" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">{}</svg>'
    ).format(shape(position, theme))
