"""What is made once a process, and never twice by two threads that come first together."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from threading import RLock
from typing import Any, Generic, ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Once(Generic[Given, Made]):
    """As `functools.cache`, which calls the function again for a thread that comes while it is still being called."""

    def __init__(self, make: Callable[Given, Made]) -> None:
        self._make = cache(cast("Callable[..., Made]", make))
        self._lock = RLock()
        wraps(make)(self)

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        with self._lock:
            arguments: Any = (args, kwargs)
            return self._make(*arguments[0], **arguments[1])

    def cache_clear(self) -> None:
        """Have everything made anew."""
        with self._lock:
            self._make.cache_clear()


def once(make: Callable[Given, Made]) -> Once[Given, Made]:
    """Decorator: what the function makes of the same arguments is made once."""
    return Once(make)
