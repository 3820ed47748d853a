"""Typed readers of the environment; a bad value stops the start and names the variable.

Every reader takes the variable's name and a default. A variable that is unset or empty gives the default; one that
cannot be read raises `ImproperlyConfigured`. A secret's value is never part of a message.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from pymongo.errors import PyMongoError
from pymongo.uri_parser import parse_uri

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding white space."""
    value = os.environ.get(name, "").strip()
    if any(ord(character) < 32 for character in value):
        raise ImproperlyConfigured(f"{name}: holds a control character")
    return value or default


def boolean(name: str, default: bool) -> bool:
    """One of 1, true, yes, on or 0, false, no, off, in any case."""
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}: expected true or false, got {value!r}")
    return value in TRUE


def integer(name: str, default: int, *, minimum: int, maximum: int) -> int:
    """A whole number from `minimum` to `maximum`, both included."""
    value = text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        number = minimum - 1
    if not minimum <= number <= maximum:
        raise ImproperlyConfigured(f"{name}: expected a whole number from {minimum} to {maximum}, got {value!r}")
    return number


def optional_integer(name: str, *, minimum: int, maximum: int) -> int | None:
    """A whole number from `minimum` to `maximum`, or None where the variable is unset or empty."""
    return integer(name, minimum, minimum=minimum, maximum=maximum) if text(name) else None


def refuse_above(**settings: tuple[int | None, int | None]) -> None:
    """Raise where a default, named by its variable, is above its upper bound; None is above every bound."""
    for name, (value, bound) in settings.items():
        if bound is not None and (value is None or value > bound):
            raise ImproperlyConfigured(f"{name}: has to be set, and at most {name}_MAX, which is {bound}")


def choice(name: str, default: str, choices: Collection[str]) -> str:
    """One of `choices`."""
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name}: expected one of {', '.join(sorted(choices))}, got {value!r}")
    return value


def choices(name: str, default: str, known: Collection[str]) -> list[str]:
    """A comma-separated list of names, each one of `known`."""
    chosen = words(name, default)
    for word in chosen:
        if word not in known:
            raise ImproperlyConfigured(f"{name}: expected names of {', '.join(sorted(known))}, got {word!r}")
    return chosen


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, empty entries left out."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def url(name: str, default: str = "", *, schemes: Collection[str] = ("http", "https")) -> str:
    """An address with a scheme and a host, without query, fragment or trailing slash."""
    value = text(name, default).rstrip("/")
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: not an address") from error
    if parts.scheme not in schemes or not parts.hostname or port == 0 or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name}: expected an address that begins with {' or '.join(schemes)}://")
    return value


def origins(name: str, default: str = "") -> list[str]:
    """A comma-separated list of origins (scheme, host and port, no path), or `*` for every one."""
    found = words(name, default)
    for origin in found:
        parts = urlsplit(origin)
        if origin != "*" and (parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}"):
            raise ImproperlyConfigured(f"{name}: expected * or origins such as https://bot.example, got {origin!r}")
    return found


def service_url(name: str, default: str) -> str:
    """The base address of a service: https, or anything on this machine's own loopback, as tests and demos use it."""
    value = url(name, default)
    parts = urlsplit(value)
    if not _is_loopback(parts.hostname or "") and (parts.scheme != "https" or parts.port not in (None, 443)):
        raise ImproperlyConfigured(f"{name}: expected https on its own port, or an address on loopback")
    return value


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def secret(name: str, default: str = "") -> str:
    """The variable, or the content of the file that `<name>_FILE` names; both at once is an error."""
    value, path = text(name), text(f"{name}_FILE")
    if value and path:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: set one")
    if not path:
        return value or default
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE: cannot be read") from error
    if not value:
        raise ImproperlyConfigured(f"{name}_FILE: the file is empty")
    return value


def mongo_uri(name: str) -> str:
    """The secret address of a MongoDB, or "". What a DNS lookup would tell of a `mongodb+srv://` one is not asked."""
    value = secret(name)
    if value and not value.startswith(("mongodb://", "mongodb+srv://")):
        raise ImproperlyConfigured(f"{name}: expected an address that begins with mongodb:// or mongodb+srv://")
    if value.startswith("mongodb://"):
        try:
            parse_uri(value)
        except (PyMongoError, ValueError):
            # Without its cause, whose message may quote the password.
            raise ImproperlyConfigured(f"{name}: not an address of MongoDB") from None
    return value


def redis_url(name: str) -> str:
    """The secret address of a Redis, as in `redis://:password@host:6379/0`, or ""."""
    value = secret(name)
    if value and not value.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(f"{name}: expected an address that begins with redis://, rediss:// or unix://")
    return value


def identifier(name: str, default: str) -> str:
    """Up to 63 of the letters A to Z and a to z, digits, `-` and `_`."""
    value = text(name, default)
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,63}", value):
        raise ImproperlyConfigured(f"{name}: expected up to 63 letters, digits, - and _, got {value!r}")
    return value


def file_to_write(name: str, default: Path) -> Path:
    """The path of a file whose folder exists, or is made."""
    path = Path(text(name, str(default)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: the folder cannot be made: {error.strerror}") from error
    return path
