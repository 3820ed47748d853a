"""The site under comparison: a bare view, a slow one, a stream with and without a share, and what they report.

The environment steers it: `BENCH_STREAM_SHARE` (streams a process admits, 0 for no bound), `BENCH_YT_DLP=1` (import
yt-dlp at start) and `BENCH_EVENTS` (a file that gets a line for each thing that happened).
"""

import atexit
import importlib
import multiprocessing.util
import os
import threading
import time
from collections.abc import Iterator

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import path

from bench.servers.events import record

STREAM_BYTES = 10 * 1024 * 1024
CHUNK = b"\0" * 16 * 1024
STREAM_SHARE = int(os.environ.get("BENCH_STREAM_SHARE", "0"))

admitted = threading.BoundedSemaphore(STREAM_SHARE) if STREAM_SHARE else None


class Body:
    """Ten MiB in chunks; `close()` gives the place back exactly once, also when no chunk was ever taken."""

    def __init__(self) -> None:
        self._left = STREAM_BYTES // len(CHUNK)
        self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._left == 0:
            raise StopIteration
        self._left -= 1
        return CHUNK

    def close(self) -> None:
        """Release the stream's place. A generator's `finally` would not run for a generator that never started."""
        if self._closed:
            return
        self._closed = True
        record("stream-closed")
        if admitted is not None:
            admitted.release()


def bare(_request: WSGIRequest) -> JsonResponse:
    """The least that Django can answer."""
    return JsonResponse({"ok": True})


def slow(request: WSGIRequest) -> JsonResponse:
    """Waits `seconds` (0.3) as a call does that waits for a service."""
    time.sleep(float(request.GET.get("seconds", "0.3")))
    return JsonResponse({"ok": True})


def stream(_request: WSGIRequest) -> HttpResponseBase:
    """Ten MiB, or 503 at once where the process's share of streams is used up."""
    if admitted is not None and not admitted.acquire(blocking=False):
        return JsonResponse({"code": "too_many_streams"}, status=503)
    return StreamingHttpResponse(Body(), headers={"Content-Length": str(STREAM_BYTES), "X-Worker": str(os.getpid())})


def echo(request: WSGIRequest) -> JsonResponse:
    """How long the key and the body arrived, for the questions about header limits and `wsgi.input`."""
    return JsonResponse({"key": len(request.headers.get("X-API-Key", "")), "body": len(request.body)})


urlpatterns = [path("bare", bare), path("slow", slow), path("stream", stream), path("echo", echo)]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.servers.site_settings")
django.setup()
if os.environ.get("BENCH_YT_DLP") == "1":
    importlib.import_module("yt_dlp")
atexit.register(record, "atexit")
multiprocessing.util.Finalize(None, record, args=("multiprocessing-finalizer",), exitpriority=1)

application = WSGIHandler()
