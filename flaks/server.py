"""The command line of the server that serves Flaks."""

from __future__ import annotations

import sys

WORKERS = 2  # processes; what a whole server may do is divided by them where they cannot count together


def command(host: str, port: int) -> list[str]:
    """The arguments, the interpreter's path first, that serve the site on `host` and `port`."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [sys.executable, "-m", "gunicorn", "-c", "python:flaks.gunicorn_conf", "-b", bind, "flaks.wsgi:application"]
