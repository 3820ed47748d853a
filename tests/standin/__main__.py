"""Starts the stand-in: `python -m tests.standin --port 9100 [--latency-ms 120] [--recordings DIR] [--ca-file PATH]`."""

import argparse
import asyncio
import contextlib
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path

from tests.standin.server import Options, run


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.standin", description="Plays the music services on loopback."
    )
    parser.add_argument("--port", type=int, default=9100, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--latency-ms", type=int, default=0, help="delay of every answer of a service")
    parser.add_argument("--recordings", type=Path, help="folder of recorded bodies, answered where one fits")
    parser.add_argument(
        "--ca-file", type=Path, help="where the certificate of the authority is written (default: a new file)"
    )
    parser.add_argument("--until-eof", action="store_true", help="end when standard input is closed")
    return parser.parse_args()


def _new_file() -> Path:
    handle, path = tempfile.mkstemp(prefix="stand-in-ca-", suffix=".pem")
    os.close(handle)
    return Path(path)


def _raise_file_limit() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _stop_at_eof(stopped: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        stopped.set()


async def _main(options: Options, until_eof: bool) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    if until_eof:
        loop.add_reader(sys.stdin.fileno(), _stop_at_eof, stopped)
    await run(options, stopped)


def main() -> int:
    """Serves until SIGTERM, SIGINT or, if asked for, the end of standard input."""
    given = _arguments()
    _raise_file_limit()
    ca_file = given.ca_file or _new_file()
    try:
        asyncio.run(_main(Options(given.port, given.latency_ms, given.recordings, ca_file), given.until_eof))
    except OSError as error:
        print(f"stand-in: {error}", file=sys.stderr)
        return 1
    finally:
        if not given.ca_file:
            ca_file.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
