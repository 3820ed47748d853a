"""Listeners in a process of their own: `python -m bench.streams.listeners` reads a plan and answers what they heard.

Each takes its song as a player does: it plays at the song's own rate, reads a few seconds ahead and no more, and
stands still where nothing has come. Loopback only; all of them end after the planned seconds.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import time
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

START_BYTES = 16 * 1024  # with which a player begins
AHEAD_SECONDS = 3.0
READ_BYTES = 16 * 1024
RECEIVE_BUFFER = 64 * 1024
MOST_SECONDS = 600.0


@dataclass
class Heard:
    """What one listener had: a status (0 for none), bytes, the head's delay and the stalls, in seconds."""

    status: int = 0
    bytes: int = 0
    head_seconds: float = 0.0
    longest_stall: float = 0.0
    stalled: float = 0.0
    broke: bool = False


class Player:
    """Plays `rate` bytes a second from the moment on at which enough has come."""

    def __init__(self, rate: float, heard: Heard) -> None:
        self._rate, self._heard = rate, heard
        self._began: float | None = None

    def take(self, count: int, now: float) -> None:
        """So many bytes have come now."""
        if self._began is not None:
            stall = max(0.0, now - self._empty_at(self._began))
            self._heard.longest_stall = max(self._heard.longest_stall, stall)
            self._heard.stalled += stall
        self._heard.bytes += count
        if self._began is None and self._heard.bytes >= START_BYTES:
            self._began = now

    def end(self, now: float) -> None:
        """Listening is over: a stall that lasts until now counts."""
        if self._began is not None:
            self.take(0, now)

    def pause(self, now: float) -> float:
        """Seconds until the player wants more."""
        if self._began is None:
            return 0.0
        return max(0.0, self._empty_at(self._began) - now - AHEAD_SECONDS)

    def _empty_at(self, began: float) -> float:
        return began + self._heard.stalled + self._heard.bytes / self._rate


async def listen(link: str, delay: float, until: float, rate: float) -> Heard:
    """One listener, from `delay` seconds from now until the moment `until` (monotonic)."""
    heard = Heard()
    await asyncio.sleep(delay)
    try:
        async with asyncio.timeout_at(until):
            await _play(link, rate, heard)
    except TimeoutError:
        return heard
    except OSError:
        heard.broke = True
    return heard


async def _play(link: str, rate: float, heard: Heard) -> None:
    loop, began = asyncio.get_running_loop(), time.monotonic()
    connection = await _connected(link)
    player = Player(rate, heard)
    try:
        first = await _head(loop, connection, heard)
        heard.head_seconds = time.monotonic() - began
        player.take(len(first), time.monotonic())
        while heard.status == 200:
            await asyncio.sleep(player.pause(time.monotonic()))
            chunk = await loop.sock_recv(connection, READ_BYTES)
            if not chunk:
                heard.broke = True
                return
            player.take(len(chunk), time.monotonic())
    finally:
        player.end(time.monotonic())
        connection.close()


async def _connected(link: str) -> socket.socket:
    parts = urlsplit(link)
    connection = socket.socket()
    connection.setblocking(False)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(connection, (parts.hostname, parts.port))
    await loop.sock_sendall(connection, f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    return connection


async def _head(loop: asyncio.AbstractEventLoop, connection: socket.socket, heard: Heard) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = await loop.sock_recv(connection, READ_BYTES)
        if not chunk:
            raise ConnectionResetError("no answer")
        received += chunk
    heard.status = int(received.split(b" ", 2)[1])
    return received.partition(b"\r\n\r\n")[2]


async def _all(plan: dict[str, object]) -> list[dict[str, object]]:
    links, count = [str(link) for link in list(plan["links"])], int(str(plan["count"]))  # type: ignore[call-overload]
    seconds, ramp = min(MOST_SECONDS, float(str(plan["seconds"]))), float(str(plan["ramp"]))
    until = time.monotonic() + seconds
    waiting = [
        listen(links[number % len(links)], ramp * number / count, until, float(str(plan["rate"])))
        for number in range(count)
    ]
    return [asdict(heard) for heard in await asyncio.gather(*waiting)]


def main() -> None:
    """Read the plan `{links, count, seconds, ramp, rate}` from standard input; print what was heard, as JSON."""
    print(json.dumps(asyncio.run(_all(json.load(sys.stdin)))))


if __name__ == "__main__":
    main()
