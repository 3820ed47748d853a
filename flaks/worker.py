"""gunicorn's gthread worker with three bounds that it lacks: silent clients, closing in the main loop, and stopping.

Written against gunicorn 27.0.1, whose `gthread.py` names the parts used here; `bench/servers` shows each bound at work.
"""

import signal
import socket
import struct
import threading
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

SEND_BUFFER_BYTES = 128 * 1024
LAST_SECONDS = 2.0


class BoundedWorker(ThreadWorker):
    """A ThreadWorker whose threads all come back, whatever their clients do.

    A client that sends nothing of an unfinished request for 10 s, or takes nothing of its answer for 30 s, is cut off
    (after up to twice that where a send was half done).
    Connections close in a pool thread: gunicorn waits up to 2 s for the client there, in its main loop.
    On SIGTERM, what still runs 2 s before `graceful_timeout` is cut, so that `worker_exit` runs before the kill.
    """

    receive_seconds = 10
    send_seconds = 30

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._handled: set[TConn] = set()

    def handle(self, conn: TConn) -> Any:
        """Handle one request; unless the connection stays open, it is closed before the main loop hears of it."""
        if not conn.initialized:
            _bound_silence(conn.sock, self.receive_seconds, self.send_seconds)
        self._handled.add(conn)
        try:
            keep = super().handle(conn)
        finally:
            self._handled.discard(conn)
        if not keep:
            conn.close(graceful=True)
        return keep

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """As gunicorn's, without a traceback in the log for a client that took nothing for too long."""
        try:
            return super().handle_request(req, conn)
        except BlockingIOError:
            self.log.info("Client took nothing for %s s: connection cut.", self.send_seconds)
            return False

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Begin the graceful stop, and set its end."""
        if self.alive:
            remaining = threading.Timer(max(0.0, self.cfg.graceful_timeout - LAST_SECONDS), self._cut)
            remaining.daemon = True
            remaining.start()
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Stop at once (SIGINT, SIGQUIT): the interpreter would else wait for threads that wait for clients."""
        # Ctrl-C reaches a worker twice, from the terminal and from the master: the second would break off worker_exit.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGQUIT, signal.SIG_IGN)
        self._cut()
        super().handle_quit(sig, frame)

    def _cut(self) -> None:
        """Wake every thread that is still busy with a client: its next send or receive fails at once."""
        for conn in list(self._handled):
            try:
                conn.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                self.log.debug("Connection was already gone.")


def _bound_silence(connection: socket.socket, receive_seconds: int, send_seconds: int) -> None:
    """Let the kernel end a blocking receive or send that moves nothing: gunicorn resets Python's own time-out.

    The send buffer is fixed because a grown one (up to 4 MB) wakes its writer only when a third of it is free: a
    player that takes 40 kB/s would seem silent for half a minute, and 200 of them would hold 800 MB in the kernel.
    """
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", receive_seconds, 0))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", send_seconds, 0))
