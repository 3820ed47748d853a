"""The settings as a start reads them, each in a process of its own."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.conftest import Run
from tests.flaks.conftest import Python

SECRET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
MONGO = "mongodb://127.0.0.1:9"
PRODUCTION = {
    "SESSION_SECRET": SECRET,
    "FLAKS_HTTPS": "1",
    "FLAKS_HOSTS": "music.example",
    "FLAKS_PUBLIC_URL": "https://music.example",
    "FLAKS_TRUSTED_PROXIES": "1",
}


def settings_of(python: Python, *names: str, **variables: str) -> list[Any]:
    program = (
        "import json, sys; from flaks import settings as s; print(json.dumps([getattr(s, n) for n in sys.argv[1:]]))"
    )
    done = python(program, *names, **variables)
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def test_with_nothing_set_it_starts_on_sqlite_without_debug(python: Python, tmp_path: Path) -> None:
    debug, databases, hosts = settings_of(python, "DEBUG", "MONGO_URI", "ALLOWED_HOSTS")
    assert (debug, databases) == (False, "")
    assert hosts == ["localhost", "127.0.0.1", "[::1]"]
    kept = tmp_path / "session-secret"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_two_starts_share_the_kept_secret(python: Python) -> None:
    assert settings_of(python, "SECRET_KEY") == settings_of(python, "SECRET_KEY")


def test_the_public_address_is_also_a_host_and_a_trusted_origin(python: Python) -> None:
    found = settings_of(python, "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", FLAKS_PUBLIC_URL="https://music.example/")
    assert found == [["localhost", "127.0.0.1", "[::1]", "music.example"], ["https://music.example"]]


def test_https_secures_cookies_and_redirects(python: Python) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    assert settings_of(python, *names) == [False, False, False, 0]
    assert settings_of(python, *names, FLAKS_HTTPS="1", FLAKS_TRUSTED_PROXIES="1") == [True, True, True, 31_536_000]


def test_origins_that_are_listed_are_the_only_ones(python: Python) -> None:
    names = ("CORS_ALLOW_ALL_ORIGINS", "CORS_ALLOWED_ORIGINS", "CORS_ALLOW_CREDENTIALS")
    assert settings_of(python, *names) == [True, [], False]
    listed = settings_of(python, *names, FLAKS_CORS_ORIGINS="https://a.example,https://b.example")
    assert listed == [False, ["https://a.example", "https://b.example"], False]


def test_a_secret_may_lie_in_a_file(python: Python, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET + "\n")
    assert settings_of(python, "SECRET_KEY", SESSION_SECRET_FILE=str(tmp_path / "secret")) == [SECRET]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FLAKS_DEBUG", "maybe"),
        ("PORT", "0"),
        ("PORT", "http"),
        ("FLAKS_PUBLIC_URL", "music.example"),
        ("FLAKS_HTTPS", "2"),
        ("FLAKS_HTTPS", "1"),  # without a proxy that speaks it
        ("FLAKS_TRUSTED_PROXIES", "-1"),
        ("FLAKS_TRUSTED_PROXIES", "all"),
        ("FLAKS_CORS_ORIGINS", "bot.example"),
        ("FLAKS_LOG_FORMAT", "xml"),
        ("FLAKS_SOURCES", "jiosaavn,winamp"),
        ("FLAKS_SOURCES", ","),
        ("FLAKS_SOURCES", "spotify"),
        ("JIOSAAVN_URL", "https://music.example:8443"),
        ("JIOSAAVN_URL", "http://music.example"),
        ("SPOTIFY_HASHES", "searchDesktop=abc"),
        ("YOUTUBE_REGION", "India"),
        ("FLAKS_DEADLINE_MS", "1"),
        ("FLAKS_LINK_HOURS", "0"),
        ("FLAKS_ACCEL", "apache"),
        ("FLAKS_CARRY", "jiosaavn,winamp"),
        ("REDIS_URL", "http://127.0.0.1:6379"),
        ("REDIS_URL_FILE", "/nowhere"),
        ("FLAKS_CA_FILE", "/nowhere.pem"),
        ("JIOSAAVN_URL", "jiosaavn"),
        ("SESSION_SECRET", "short"),
        ("SESSION_SECRET_FILE", "/nowhere"),
        ("MONGO_URI", "localhost:27017"),
        ("MONGO_URI_FILE", "/nowhere"),
        ("SQLITE_PATH", "/dev/null/flaks.sqlite3"),
    ],
)
def test_a_bad_value_stops_the_start_and_names_the_variable(python: Python, name: str, value: str) -> None:
    refused = python("import flaks.settings", **{name: value})
    assert refused.returncode == 1
    last = refused.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert name in last


def test_a_bad_name_of_the_database_stops_the_start(python: Python) -> None:
    refused = python("import flaks.settings", MONGO_URI=MONGO, SESSION_SECRET=SECRET, MONGO_DB="a b")
    assert "ImproperlyConfigured: MONGO_DB: " in refused.stderr


def test_a_secret_that_is_too_short_is_not_repeated(python: Python) -> None:
    assert "hunter2" not in python("import flaks.settings", SESSION_SECRET="hunter2").stderr


def test_mongodb_without_a_secret_refuses_to_start(python: Python) -> None:
    refused = python("import flaks.settings", MONGO_URI=MONGO)
    assert refused.returncode == 1
    assert "SESSION_SECRET: has to be set where MONGO_URI is" in refused.stderr


@pytest.mark.parametrize("variables", [{"SESSION_SECRET": SECRET}, {"FLAKS_DEBUG": "1"}])
def test_mongodb_starts_with_a_secret_or_in_debug(python: Python, variables: dict[str, str]) -> None:
    engine = settings_of(python, "DEFAULT_AUTO_FIELD", MONGO_URI=MONGO, **variables)
    assert engine == ["django_mongodb_backend.fields.ObjectIdAutoField"]


@pytest.mark.parametrize("database", [{}, {"MONGO_URI": MONGO}])
def test_a_production_start_has_nothing_for_djangos_deployment_check(manage: Run, database: dict[str, str]) -> None:
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, **database)
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_no_change_of_a_model_lacks_its_migration(manage: Run) -> None:
    mongo = {"MONGO_URI": settings.MONGO_URI, "MONGO_DB": "flaks_of_no_rows"} if settings.MONGO_URI else {}
    done = manage("makemigrations", "--check", "--dry-run", SESSION_SECRET=SECRET, **mongo)
    assert "No changes detected" in done.stdout, done.stdout + done.stderr
