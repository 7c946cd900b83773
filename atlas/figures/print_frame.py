"""Where a map lies on a printed sheet, and how places get there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from atlas.figures.sheet import Box


@dataclass(frozen=True)
class Frame:
    """Where the map lies on the sheet, and how places get there.

    ``box`` in inches; ``west`` and ``south`` are the metric coordinates of its lower left corner,
    ``scale`` inches per unit of ``crs``.
    """

    crs: str
    box: Box
    west: float
    south: float
    scale: float

    def page(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Inches on the sheet of a place in degrees."""
        x, y = self.pages(longitude, latitude)
        return x, y

    def pages(self, longitudes: Any, latitudes: Any) -> tuple[Any, Any]:
        """The same of many places, as arrays."""
        x, y = transformer(self.crs).transform(longitudes, latitudes)
        return (
            self.box[0] + (x - self.west) * self.scale,
            self.box[1] + (y - self.south) * self.scale,
        )

    def pixel(
        self, longitude: float, latitude: float, *, dpi: float, height: float
    ) -> tuple[int, int]:
        """Column and row, from the upper left, of a place on a sheet ``height`` inches high."""
        x, y = self.page(longitude, latitude)
        return round(x * dpi), round((height - y) * dpi)

    def place(self, shapes: Any) -> Any:
        """Geometries in EPSG:4326 as geometries in inches on the sheet (one, or an array)."""
        return shapely.transform(
            shapes, lambda points: np.column_stack(self.pages(points[:, 0], points[:, 1]))
        )

    def holds(self, box: Box) -> bool:
        """Whether a box in inches lies within the frame."""
        west, south, east, north = self.box
        return box[0] >= west and box[1] >= south and box[2] <= east and box[3] <= north


@cache
def transformer(crs: str) -> Transformer:
    """From degrees to a metric system."""
    # One serves all threads: pyproj keeps a context per thread itself (3.1 and later).
    return Transformer.from_crs("EPSG:4326", crs, always_xy=True)
