"""What the tests of the site share: the site in a process of its own, with the settings that a test gives it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from tests.flaks.caller import PROGRAM

Visit = Callable[..., "tuple[list[dict[str, Any]], str]"]
Python = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def python(bare_environment: dict[str, str]) -> Python:
    """Runs a Python program in the project's folder: `python("import flaks.settings", "argument", PORT="1")`."""

    def run(program: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, *arguments],
            cwd=settings.BASE_DIR,
            env=bare_environment | {"DJANGO_SETTINGS_MODULE": "flaks.settings"} | variables,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def visit(python: Python) -> Visit:
    """Calls the site in a process of its own; the answers, and what it logged."""

    def run(*calls: dict[str, Any], **variables: str) -> tuple[list[dict[str, Any]], str]:
        environment = {"FLAKS_HOSTS": "testserver", "SESSION_SECRET": "s" * 64} | variables
        done = python(PROGRAM, *map(json.dumps, calls), **environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout), done.stderr

    return run
