"""Compares configurations of WSGI servers under the loads that Flaks puts on them: `python -m bench.servers`."""
