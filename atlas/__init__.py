"""Cluster atlas: where sectors concentrate, which clusters stand there, and how we know."""

__version__ = "0.1.0"
