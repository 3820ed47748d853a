"""Log lines, plain or JSON, with the request's id and without secrets.

The formatter is the last to touch a line, so that a secret in the message, in an argument, in a traceback or in an
extra field is scrubbed alike.
"""

from __future__ import annotations

import logging
import re
from contextvars import ContextVar

from pythonjsonlogger.json import JsonFormatter as BaseJsonFormatter

request_id: ContextVar[str] = ContextVar("request_id", default="-")

# Without a word boundary before it: in "%3Dflk_live_" there is none.
KEY = re.compile(r"(?i)flk(?:_|%5F)(?:live|test)(?:_|%5F)\w+")
SECRET_VALUE = re.compile(
    r"(?i)(api_?key|\bapi|key|token|signature|\bpolicy|key-pair-id|client_secret|password|expires?|sig)"
    r"(=|%3D|[\"']\s*[:=]\s*[\"']?)[^&\s\"'\\<>,}]+"
)
BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}")
PLAY_TOKEN = re.compile(r"(/play/)[\w-]{20,}")
URL_PASSWORD = re.compile(r"(://[^/\s:@]*:)[^/\s@]+@")


def scrubbed(line: str) -> str:
    """The line without API keys, play tokens, passwords in addresses and values of secret query parameters."""
    line = KEY.sub("flk_***", line)
    line = BEARER.sub(r"\1 ***", line)
    line = SECRET_VALUE.sub(r"\1\2***", line)
    line = PLAY_TOKEN.sub(r"\1***", line)
    return URL_PASSWORD.sub(r"\1***@", line)


class PlainFormatter(logging.Formatter):
    """`2026-11-23T08:15:00+0000 INFO keys [request id] message`, for people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = request_id.get()
        return scrubbed(super().format(record))


class JsonFormatter(BaseJsonFormatter):
    """One JSON object per line with `time`, `level`, `logger`, `request_id` and `message`, for machines."""

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
            datefmt="%Y-%m-%dT%H:%M:%S%z",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
        )

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = request_id.get()
        record.__dict__.pop("request", None)  # Django attaches the whole request, whose text says nothing more
        return scrubbed(super().format(record))
