"""The configurations that are compared, each as the command that starts it."""

import sys
from dataclasses import dataclass

APPLICATION = "bench.servers.site:application"
GRACE_SECONDS = 4


@dataclass(frozen=True)
class Candidate:
    """One server with its options. `threads` is per process; every candidate has `workers` processes."""

    name: str
    threads: int
    arguments: tuple[str, ...]
    workers: int = 2

    def command(self, port: int) -> list[str]:
        """The command line that serves the comparison's site on 127.0.0.1 at `port`."""
        return [sys.executable, *(argument.format(port=port) for argument in self.arguments)]

    @property
    def share(self) -> int:
        """Streams that a process admits when it is guarded: three quarters of its threads, the rest answers calls."""
        return self.threads * 3 // 4


def granian(threads: int) -> Candidate:
    """granian's WSGI interface with `threads` blocking threads in each of two workers.

    Backpressure bounds open connections, idle ones included, so it stands well above the number of threads.
    """
    arguments = (
        *("-m", "granian", "--interface", "wsgi", "--http", "1", "--host", "127.0.0.1", "--port", "{port}"),
        *("--workers", "2", "--blocking-threads", str(threads), "--backpressure", "1000", "--backlog", "2048"),
        *("--workers-kill-timeout", str(GRACE_SECONDS), "--no-ws", "--log-level", "warning", APPLICATION),
    )
    return Candidate(f"granian {threads}", threads, arguments)


def gthread(threads: int, *, preload: bool = False, bounded: bool = False) -> Candidate:
    """gunicorn's gthread worker with `threads` threads in each of two processes; `bounded` takes our subclass of it."""
    worker = "bench.servers.worker.BoundedWorker" if bounded else "gthread"
    arguments = (
        *("-m", "gunicorn", "-c", "python:bench.servers.gunicorn_conf", "-k", worker, "--no-control-socket"),
        *("-b", "127.0.0.1:{port}", "-w", "2", "--threads", str(threads), "--keep-alive", "75"),
        *("--worker-connections", "1000", "--backlog", "2048", "--graceful-timeout", str(GRACE_SECONDS)),
        *("--limit-request-line", "8190", "--limit-request-field_size", "16384", "--forwarded-allow-ips", ""),
        *("--log-level", "error", *(["--preload"] if preload else []), APPLICATION),
    )
    name = f"gthread {threads}{' preload' if preload else ''}{' bounded' if bounded else ''}"
    return Candidate(name, threads, arguments)


def candidates(*, quick: bool) -> list[Candidate]:
    """What is compared; the quick run leaves out the sizes that only show how memory and waiting scale."""
    chosen = gthread(192, preload=True, bounded=True)
    if quick:
        return [granian(192), chosen]
    return [granian(64), granian(192), gthread(64), gthread(192), chosen]
