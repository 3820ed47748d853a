"""gunicorn's hooks for the comparison: they show which of them run when the server stops."""

from bench.servers.events import record


def worker_exit(_server: object, _worker: object) -> None:
    """Runs in the worker, before the interpreter's own `atexit`."""
    record("worker_exit")
