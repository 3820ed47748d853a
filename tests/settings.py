"""The settings of the tests: those of the project, with nothing taken from the caller's environment but `MONGO_URI`.

The subprocesses that tests start read `flaks.settings` with the same environment.
"""

import os
import tempfile
from pathlib import Path

KEPT = {"FLAKS_RECORDINGS"}
for name in list(os.environ):
    if name.startswith(("FLAKS_", "JIOSAAVN_", "SPOTIFY_", "YOUTUBE_", "LRCLIB_")) and name not in KEPT:
        del os.environ[name]

os.environ.pop("PORT", None)
os.environ["SESSION_SECRET"] = "a secret of the tests, and of nothing else"
os.environ["SQLITE_PATH"] = str(Path(tempfile.gettempdir()) / "flaks-tests" / str(os.getpid()) / "flaks.sqlite3")
os.environ["FLAKS_HOSTS"] = "testserver,localhost,127.0.0.1"

from flaks.settings import *

if not MONGO_URI:
    # A real file with a write-ahead log, as in production, in place of Django's in-memory test database.
    DATABASES["default"]["TEST"] = {"NAME": str(SQLITE_PATH.with_name("test.sqlite3"))}

FLAKS_BACKGROUND = False  # a thread that writes would meet the tests' open transactions
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow by design
LOGGING["root"]["level"] = "DEBUG"
LOGGING["loggers"]["pymongo"] = {"level": "WARNING"}  # it tells every command at DEBUG
