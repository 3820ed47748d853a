"""The signing secret of an installation that sets none: made once, kept in a file of mode 0600."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def kept_secret(path: Path) -> str:
    """The secret in `path`, made first where there is none.

    Several processes may start at once: the file is linked into place whole, so that all of them read the same one.
    Raises `ImproperlyConfigured` where the folder cannot be written, or the file holds no secret of ours.
    """
    try:
        if not path.exists():
            _make(path)
        secret = path.read_bytes().decode("ascii", errors="replace").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"SESSION_SECRET is not set, and {path} cannot be kept: {error.strerror}") from error
    if len(secret) < 32 or not secret.isascii():
        raise ImproperlyConfigured(
            f"SESSION_SECRET is not set, and {path} is damaged: delete it to have a new one made"
        )
    return secret


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own, of mode 0600: one made of the process id would meet a killed start's draft in a container.
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was faster: its secret is the one
    except OSError:
        _copy(Path(draft), path)  # no hard links here, as on some volumes
    finally:
        Path(draft).unlink()


def _copy(draft: Path, path: Path) -> None:
    secret = draft.read_bytes()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
