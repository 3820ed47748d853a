"""One client's connection: reads requests, sends what was decided, opens tunnels."""

import asyncio
import socket
import ssl
import struct
from collections.abc import Callable

import h11

from tests.standin.exchange import Ending, Exchanges, Plan
from tests.standin.journal import Entry
from tests.standin.messages import Answer, Arrival, Buffer, Request, host_of, split_target, text_answer

_READ_BYTES = 64 * 1024
_ONE_WRITE_BYTES = 32 * 1024
_NO_BODY = (204, 304)
_BROKEN = (Ending.HALF, Ending.CUT, Ending.STALL)


class ResetError(Exception):
    """The connection is to be torn down without a word."""


class Connection:
    """A connection, from its first request until either side has had enough."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        exchanges: Exchanges,
        tls: Callable[[], ssl.SSLContext],
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._exchanges = exchanges
        self._tls = tls
        self._http = h11.Connection(h11.SERVER)
        self._held: list[Buffer] = []
        self._arrival = Arrival()
        self._tunnel = ""

    async def serve(self) -> None:
        """Answers request after request; returns when the connection is over, and leaves it closed."""
        try:
            while await self._serve_one():
                pass
        except (OSError, EOFError, ResetError):
            self._reset()
        except h11.RemoteProtocolError as error:
            await self._refuse(error.error_status_hint)
        finally:
            self._writer.close()

    async def _serve_one(self) -> bool:
        request = await self._read_request()
        if request is None:
            return False
        if request.method == "CONNECT":
            return await self._connect(request)
        await self._carry_out(self._exchanges.plan(request), request.method == "HEAD")
        if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            return False
        self._http.start_next_cycle()
        return True

    async def _next_event(self) -> h11.Event:
        while True:
            event = self._http.next_event()
            if isinstance(event, h11.Event):
                return event
            if self._http.they_are_waiting_for_100_continue:
                self._hold(h11.InformationalResponse(status_code=100, headers=[]))
                await self._flush()
            self._http.receive_data(await self._reader.read(_READ_BYTES))
            if self._http.their_state is h11.IDLE:
                self._arrival = Arrival()

    async def _read_request(self) -> Request | None:
        head = await self._next_event()
        if not isinstance(head, h11.Request):
            return None
        body = bytearray()
        while isinstance(event := await self._next_event(), h11.Data):
            body += event.data
        headers = {bytes(name).decode("latin-1"): bytes(value).decode("latin-1") for name, value in head.headers}
        return self._request(head.method.decode(), head.target.decode("latin-1"), headers, bytes(body))

    def _request(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Request:
        if method == "CONNECT":
            return Request(method, host_of(target), target, "", "", headers)
        absolute, path, query = split_target(target)
        authority = self._tunnel or absolute or headers.get("host", "")
        through = bool(self._tunnel)
        return Request(method, host_of(authority), authority, path, query, headers, body, through, self._arrival)

    async def _connect(self, request: Request) -> bool:
        if self._tunnel or not self._exchanges.may_tunnel(request):
            await self._send(text_answer(403, "The stand-in plays no service of this host.\n"), None)
            return False
        self._hold(h11.Response(status_code=200, headers=[], reason=b"Connection established"))
        await self._flush()
        await self._writer.start_tls(self._tls())
        self._http = h11.Connection(h11.SERVER)
        self._tunnel = request.host
        return True

    async def _carry_out(self, plan: Plan, head: bool) -> None:
        try:
            if plan.delay:
                await asyncio.sleep(plan.delay)
            if plan.ending is Ending.RESET:
                raise ResetError
            if plan.ending is Ending.HANG:
                await self._wait_for_the_client_to_leave()
            await self._send(plan.answer, plan.entry, head, plan)
            if plan.ending is Ending.CUT:
                raise ResetError
            if plan.ending is Ending.STALL:
                await self._wait_for_the_client_to_leave()
        finally:
            if plan.entry:
                plan.entry.end()

    async def _wait_for_the_client_to_leave(self) -> None:
        while await self._reader.read(_READ_BYTES):
            pass
        raise ResetError

    async def _send(self, answer: Answer, entry: Entry | None, head: bool = False, plan: Plan | None = None) -> None:
        headers = {**answer.headers, "Server": "stand-in"}
        ending = plan.ending if plan else Ending.WHOLE
        if answer.status not in _NO_BODY and ending is not Ending.UNSIZED:
            headers["Content-Length"] = str(answer.length)
        if entry:
            entry.status = answer.status
        self._hold(h11.Response(status_code=answer.status, headers=list(headers.items())))
        bodiless = head or answer.status in _NO_BODY
        if not bodiless:
            await self._send_body(answer, _sent_bytes(answer, plan), entry)
        if bodiless or ending not in _BROKEN:
            self._hold(h11.EndOfMessage())
        await self._flush()

    async def _send_body(self, answer: Answer, length: int, entry: Entry | None) -> None:
        for chunk in answer.body.chunks(answer.start, answer.start + length):
            self._hold(h11.Data(data=chunk))  # type: ignore[arg-type]
            if entry:
                entry.bytes += len(chunk)
            await self._flush()

    def _hold(self, event: h11.Event) -> None:
        self._held += self._http.send_with_data_passthrough(event) or ()

    async def _flush(self) -> None:
        held, self._held = self._held, []
        if sum(map(len, held)) < _ONE_WRITE_BYTES:
            held = [b"".join(held)]
        for part in held:
            self._writer.write(part)
        await self._writer.drain()

    def _reset(self) -> None:
        raw = self._writer.get_extra_info("socket")
        if raw is not None and raw.fileno() >= 0:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    async def _refuse(self, status: int) -> None:
        if self._http.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            await self._send(text_answer(status, "Not an HTTP request that the stand-in understands.\n"), None)


def _sent_bytes(answer: Answer, plan: Plan | None) -> int:
    """How many bytes of the body are sent."""
    if plan is None or plan.ending not in _BROKEN:
        return answer.length
    return answer.length // 2 if plan.ending is Ending.HALF else min(answer.length, plan.cut_after)
