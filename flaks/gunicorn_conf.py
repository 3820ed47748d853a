"""gunicorn's settings: the configuration that `bench/servers` chose. `docs/servers.md` says why for each."""

import gc
from typing import Any

from flaks.server import WORKERS
from flaks.settings import FLAKS_SERVER_THREADS, LOGGING

COLLECT_AFTER = (20_000, 10, 50)  # objects more than were freed, then rounds of the younger generation

worker_class = "flaks.worker.BoundedWorker"
workers = WORKERS
threads = FLAKS_SERVER_THREADS
worker_connections = 1000
preload_app = True
backlog = 2048
keepalive = 75
timeout = 60
graceful_timeout = 9
limit_request_line = 8190
limit_request_field_size = 16384
forwarded_allow_ips = ""
control_socket_disable = True
# gunicorn's own lines go through the formatter that scrubs secrets, like everybody's.
logconfig_dict = {
    **LOGGING,
    "loggers": {
        **LOGGING["loggers"],
        "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}


def when_ready(_server: Any) -> None:
    """Look through what is loaded for garbage once, and no more: that cost a twelfth of a song's time.

    Before the fork, since the memory that is looked at is shared no longer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def post_worker_init(_worker: Any) -> None:
    """Open the worker's connections to the sources, and hear who answers, before its first caller waits for that."""
    from music import canaries, switches  # noqa: PLC0415 - Django is set up only now

    switches.refresh()
    canaries.wake()


def worker_exit(_server: Any, _worker: Any) -> None:
    """Write what was counted, and give back what was leased."""
    from keys.usage import USAGE  # noqa: PLC0415 - as above

    USAGE.stop()
