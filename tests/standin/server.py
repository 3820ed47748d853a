"""The listening socket, and what all connections share."""

import asyncio
import contextlib
import socket
from dataclasses import dataclass
from pathlib import Path

from tests.standin.authority import Authority
from tests.standin.connection import Connection
from tests.standin.exchange import Exchanges
from tests.standin.services import services

_LISTEN_ON = "127.0.0.1"
_BACKLOG = 1024
_SEND_BUFFER_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: `port` 0 takes a free one, `recordings` may be None, `ca_file` is written."""

    port: int
    latency_ms: int
    recordings: Path | None
    ca_file: Path


def _listening_socket(port: int) -> socket.socket:
    """Bound to loopback. Connections inherit the small send buffer, else the kernel holds a whole song for each."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
    listening.bind((_LISTEN_ON, port))
    return listening


async def run(options: Options, stopped: asyncio.Event) -> None:
    """Serves until `stopped` is set; says on standard output, in one line, where."""
    authority = Authority(tuple(host for service in services() for host in service.hosts))
    options.ca_file.write_bytes(authority.pem)
    exchanges = Exchanges(options.recordings, options.latency_ms, authority.pem)
    open_now: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        open_now.add(task)
        task.add_done_callback(open_now.discard)
        with contextlib.suppress(asyncio.CancelledError):
            await Connection(reader, writer, exchanges, lambda: authority.server_context).serve()

    listening = _listening_socket(options.port)
    server = await asyncio.start_server(serve, sock=listening, backlog=_BACKLOG)
    print(f"stand-in on http://{_LISTEN_ON}:{listening.getsockname()[1]}", flush=True)
    async with server:
        await stopped.wait()
        server.close()
        for task in tuple(open_now):
            task.cancel()
