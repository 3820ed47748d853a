"""The connection of whoever listens: what it has taken, and how it is cut."""

from __future__ import annotations

import socket
import struct
from contextlib import suppress

ACKNOWLEDGED = struct.Struct("120xQ")  # Linux's `struct tcp_info`: `tcpi_bytes_acked`, since 4.1
INFO_BYTES = 256


class Listener:
    """The socket that the server answers on; None where the server shows none, as in tests."""

    def __init__(self, connection: socket.socket | None) -> None:
        self.connection = connection

    def taken(self) -> int | None:
        """How many bytes the other side has accepted since it connected; None where the kernel does not say."""
        if self.connection is None or not hasattr(socket, "TCP_INFO"):
            return None
        try:
            said = self.connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, INFO_BYTES)
            taken: int = ACKNOWLEDGED.unpack_from(said)[0]
        except (OSError, struct.error):
            return None
        return taken

    def descriptor(self) -> int:
        """The socket's number, -1 where there is none any more."""
        return -1 if self.connection is None else self.connection.fileno()

    def cut(self) -> None:
        """End the connection at once; wakes a thread that waits for the listener to take more."""
        if self.connection is not None:
            with suppress(OSError):  # it is over already
                self.connection.shutdown(socket.SHUT_RDWR)
