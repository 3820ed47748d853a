"""What every test shares: a clean cache, and keys and staff of known actors."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.cache import caches
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from flaks import roles
from keys.buckets import BUCKETS
from keys.failures import FAILURES
from keys.held import HELD
from keys.leases import LEASES
from keys.models import AdminUser, ApiKey
from keys.repeats import REPEATS
from keys.touches import TOUCHES
from keys.usage import USAGE
from tests import emptying

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse  # what the stubs call a test client's answer

Answer: TypeAlias = "_MonkeyPatchedWSGIResponse"
Run = Callable[..., "subprocess.CompletedProcess[str]"]

# How long a machine that runs two workers takes to draw an example says nothing of the project. The same examples in
# every run: what they find is the change's fault. `HYPOTHESIS_PROFILE=wide` looks for what they do not.
STEADY = hypothesis_settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("steady", STEADY)
hypothesis_settings.register_profile("wide", STEADY, derandomize=False, max_examples=3000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


# What starts servers and browsers, or waits for what takes its time. Begun first, they are one worker's, which starts
# each server once, and the other computes meanwhile; at the end there are short tests to share.
FIRST = (
    *("browser/", "flaks/test_serve.py", "keys/test_processes.py"),
    *("keys/test_shutdown.py", "music/streaming/test_nginx.py", "music/streaming/test_players.py"),
    *("music/streaming/test_range_table.py", "music/streaming/test_served.py", "music/streaming/test_served_redis.py"),
    *("music/test_fault_matrix.py", "music/test_leaks.py", "music/test_shared_cache.py"),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, else in the order that they have."""
    items.sort(key=lambda item: not item.nodeid.removeprefix("tests/").startswith(FIRST))


@pytest.fixture(autouse=True, scope="session")
def _no_internet_over_libcurl() -> Iterator[None]:
    """What `--allow-hosts` does for Python's own sockets: only an address that the settings name is dialled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("music.curl.is_public", lambda _address: False)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The test database; on MongoDB, which has no transaction to roll back, each test ends by emptying it."""
    if connection.vendor != "mongodb":
        yield
        return
    with emptying.only_what_was_written():
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_found_once() -> Iterator[None]:
    """Each client loads a middleware of its own; to find the files of the site anew takes longer than most tests."""
    find, found = WhiteNoiseMiddleware.add_files_from_finders, dict[str, object]()

    def once(middleware: Any) -> None:
        if not found:
            find(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
    for name in settings.CACHES:
        caches[name].clear()
    for memory in (BUCKETS, REPEATS, FAILURES, HELD, LEASES, TOUCHES, USAGE):
        memory.clear()


@pytest.fixture
def key(db: None) -> tuple[ApiKey, str]:
    """An active key of 1,000 calls a day, and its plain text."""
    return ApiKey.objects.issue(name="alice's bot", owner="Alice", daily_limit=1000)


@pytest.fixture
def api(key: tuple[ApiKey, str]) -> Client:
    """A client that sends Alice's key."""
    return Client(headers={"X-API-Key": key[1]})


@pytest.fixture
def staff(db: None) -> AdminUser:
    """Carol, who may do everything in the admin."""
    return AdminUser.objects.create_superuser("carol", "carol@flaks.example", "lanterns over water")


@pytest.fixture
def office(staff: AdminUser) -> Client:
    """A browser in which Carol has signed in."""
    client = Client()
    client.force_login(staff)
    return client


def signed_in_as(name: str, role: str) -> Client:
    """A browser in which a member of staff with this role has signed in."""
    roles.grant()  # on MongoDB each test ends by emptying the groups
    member = AdminUser.objects.create_user(name, password="a boat at dawn", is_staff=True)
    member.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(member)
    return client


def staff_with(*permissions: str) -> Client:
    """A browser in which Walter has signed in, who has these permissions alone."""
    walter = AdminUser.objects.create_user("walter", password="lanterns over water", is_staff=True)
    walter.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(walter)
    return client


@pytest.fixture
def manager(db: None) -> Client:
    """Mallory's browser, who manages keys."""
    return signed_in_as("mallory", roles.MANAGERS)


@pytest.fixture
def viewer(db: None) -> Client:
    """Victor's browser, who may only look."""
    return signed_in_as("victor", roles.VIEWERS)


def bare(folder: Path) -> dict[str, str]:
    """The environment of a fresh clone on this machine: an SQLite file in this folder, and nothing of ours."""
    ours = ("FLAKS_", "JIOSAAVN_", "MONGO_", "SESSION_", "DJANGO_", "SQLITE_", "PORT", "PYTEST_", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"SQLITE_PATH": str(folder / "flaks.sqlite3")}


@pytest.fixture
def bare_environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a fresh clone, with an SQLite file of the test's own."""
    return bare(tmp_path)


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the project's tables, empty, which nothing writes to."""
    environment = bare(tmp_path_factory.mktemp("tables"))
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, timeout=120)
    return Path(environment["SQLITE_PATH"])


@pytest.fixture
def migrated(bare_environment: dict[str, str], tables: Path) -> None:
    """The database of `bare_environment`, and so of `manage`, as `migrate` leaves it."""
    shutil.copy(tables, bare_environment["SQLITE_PATH"])


@pytest.fixture
def manage(bare_environment: dict[str, str]) -> Run:
    """Runs `manage.py` in a process of its own: `manage("migrate", stdin="", FLAKS_DEBUG="1")`."""

    def run(*arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        environment = bare_environment | variables
        return subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
