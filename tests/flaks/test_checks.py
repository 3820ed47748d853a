"""`check --deploy` on X-Forwarded-For that nobody is trusted to have written."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import Client
from pytest_django import Settings

from flaks import checks


@pytest.fixture
def note(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.FORWARDED_NOTE = tmp_path / "x-forwarded-for-seen"
    monkeypatch.setattr(checks._Seen, "noted", False)
    return settings.FORWARDED_NOTE  # type: ignore[no-any-return]


def warned() -> bool:
    return "flaks.W001" in {found.id for found in run_checks(include_deployment_checks=True)}


def test_the_header_is_warned_of_where_nobody_is_trusted(note: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert not warned()
    for _ in range(2):
        Client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"})
    assert warned()
    assert caplog.text.count("X-Forwarded-For arrived") == 1
    assert "203.0.113.7" not in note.read_text()


def test_without_the_header_there_is_no_warning(note: Path) -> None:
    Client().get("/healthz")
    assert not warned()


def test_with_a_trusted_proxy_there_is_no_warning(note: Path, settings: Settings) -> None:
    Client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"})
    settings.TRUSTED_PROXIES = 1
    assert not warned()
    note.unlink()
    checks._Seen.noted = False
    Client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"})
    assert not note.exists()


def test_what_was_seen_a_week_ago_is_over(note: Path) -> None:
    note.touch()
    assert warned()
    old = time.time() - checks.REMEMBERED_SECONDS - 1
    os.utime(note, (old, old))
    assert not warned()


def test_a_folder_that_cannot_be_written_fails_no_call(note: Path, settings: Settings) -> None:
    settings.FORWARDED_NOTE = note / "missing" / "note"
    assert Client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 200
