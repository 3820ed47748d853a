"""Loading yt-dlp without its side effects on requests and urllib3, which every other source uses too."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests.adapters
import urllib3.util.url

REPLACED: tuple[tuple[Any, str], ...] = ((requests.adapters, "select_proxy"), (urllib3.util.url, "_PERCENT_RE"))


@contextmanager
def unchanged() -> Iterator[None]:
    """Undo what the import inside does: it replaces two functions, and may change a logger and the warnings.

    yt-dlp's plugins, which are files in the home directory, are not loaded either.
    """
    os.environ.setdefault("YTDLP_NO_PLUGINS", "1")
    logger = logging.getLogger("urllib3")
    level, handlers, held = logger.level, list(logger.handlers), [getattr(*place) for place in REPLACED]
    try:
        with warnings.catch_warnings():
            yield
    finally:
        for place, value in zip(REPLACED, held, strict=True):
            setattr(*place, value)
        logger.level, logger.handlers = level, handlers
