"""Measures how fast the right song comes, and what holds when services fail: `python -m bench.resolution`."""
