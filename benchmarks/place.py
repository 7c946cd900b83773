"""Where the benchmarks' data lie: ``benchmarks/data``, or the folder that ``BENCHMARK_DATA`` names.

A file of its own because it imports nothing: whoever starts the runs must stay small.
"""

from __future__ import annotations

import os
from pathlib import Path

DATA = Path(os.environ.get("BENCHMARK_DATA") or Path(__file__).parent / "data").absolute()
TERMS, FIRMS, EDITION = DATA / "terms.parquet", DATA / "firms.parquet", DATA / "edition"
#: The edition's name.
NAME = "synthetic"
#: The home of the release built from the edition.
HOME = DATA / "home"
#: The same drawn on counties, of fewer years, for the map: its edition and home; a home of Georgia;
#: and the folder of what a peer reads of both, boundaries as GeoJSON and figures as Parquet.
COUNTIES, COUNTIES_HOME = DATA / "counties", DATA / "counties_home"
GEORGIA_HOME, PEERS = DATA / "georgia_home", DATA / "peers"
#: How large the data are: :class:`benchmarks.synthetic.Shape` and the number of firm-years.
SIZE = DATA / "size.json"
RESULTS = Path(__file__).parent / "results.json"
