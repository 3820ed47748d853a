"""gunicorn's settings: the configuration that `bench/servers` chose. `docs/servers.md` says why for each."""

from flaks.server import WORKERS
from flaks.settings import LOGGING

worker_class = "flaks.worker.BoundedWorker"
workers = WORKERS
threads = 192
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
