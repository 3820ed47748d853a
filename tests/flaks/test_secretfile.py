"""The signing secret that an installation makes for itself."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from flaks.secretfile import kept_secret


def test_it_is_made_once_in_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "new" / "session-secret"
    first = kept_secret(path)
    assert kept_secret(path) == first
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    assert kept_secret(tmp_path / "a") != kept_secret(tmp_path / "b")


def test_processes_that_start_at_once_share_one(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from flaks.secretfile import kept_secret\n"
        "print('ready', flush=True); sys.stdin.readline(); print(kept_secret(Path(sys.argv[1])))"
    )
    path = tmp_path / "session-secret"
    command = [sys.executable, "-c", program, str(path)]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=pipe, stdout=pipe, text=True) for _ in range(6)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    secrets = {process.communicate(timeout=60)[0] for process in processes}
    assert secrets == {path.read_text() + "\n"}
    assert list(tmp_path.iterdir()) == [path]


def test_the_draft_of_a_start_that_was_killed_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "session-secret.1").write_text("half a sec")
    assert kept_secret(tmp_path / "session-secret")


def test_a_folder_that_cannot_be_written_is_told_with_the_variables_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ImproperlyConfigured, match=r"SESSION_SECRET is not set, and .* cannot be kept"):
        kept_secret(tmp_path / "file" / "session-secret")


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff" * 64])
def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "session-secret"
    path.write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match="damaged"):
        kept_secret(path)
    assert path.read_bytes() == content
