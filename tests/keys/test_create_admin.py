"""`manage.py create_admin`."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from flaks import roles
from keys.models import AdminUser
from tests.conftest import Run

PASSWORD = "lanterns over water"


@pytest.fixture(autouse=True)
def _no_password_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FLAKS_ADMIN_PASSWORD", raising=False)
    monkeypatch.delenv("FLAKS_ADMIN_PASSWORD_FILE", raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))


def create_admin(*arguments: str) -> str:
    """What the command writes, to both."""
    out = io.StringIO()
    call_command("create_admin", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def send(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_the_password_comes_from_the_environment(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD", PASSWORD)
    said = create_admin("--username", "carol", "--email", "carol@FLAKS.example")
    carol = AdminUser.objects.get()
    assert carol.check_password(PASSWORD)
    assert (carol.is_staff, carol.is_superuser, carol.is_active) == (True, True, True)
    assert carol.email == "carol@flaks.example"
    assert PASSWORD not in said
    assert "Made the staff member carol" in said


@pytest.mark.parametrize(("role", "group"), [("manager", roles.MANAGERS), ("viewer", roles.VIEWERS)])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_role_gives_its_rights_alone(
    db: None, monkeypatch: pytest.MonkeyPatch, role: str, group: str, is_there: bool
) -> None:
    roles.grant()
    if not is_there:  # staff may have deleted it
        Group.objects.filter(name=group).delete()
    send(monkeypatch, PASSWORD)
    create_admin("--username", "carol", "--role", role)
    carol = AdminUser.objects.get()
    assert (carol.is_staff, carol.is_superuser) == (True, False)
    assert carol.get_all_permissions() == set(roles.ROLES[group])


def test_a_role_that_there_is_not_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    send(monkeypatch, PASSWORD)
    with pytest.raises(CommandError, match="--role"):
        create_admin("--username", "carol", "--role", "owner")
    assert not AdminUser.objects.exists()


def test_a_role_is_not_given_to_somebody_who_is_there(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    AdminUser.objects.create_superuser("carol", password="a boat at dawn")
    send(monkeypatch, PASSWORD)
    with pytest.raises(CommandError, match="--role: is given to a new staff member alone"):
        create_admin("--username", "carol", "--update", "--role", "viewer")
    carol = AdminUser.objects.get()
    assert carol.is_superuser
    assert carol.check_password("a boat at dawn")


def test_the_password_comes_from_a_file(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD + "\n")
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD_FILE", str(tmp_path / "password"))
    create_admin("--username", "carol")
    assert AdminUser.objects.get().check_password(PASSWORD)


def test_a_file_that_is_not_there_is_named(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD_FILE", str(tmp_path / "nothing"))
    with pytest.raises(CommandError, match="FLAKS_ADMIN_PASSWORD_FILE: cannot be read"):
        create_admin("--username", "carol")


@pytest.mark.parametrize("text", [PASSWORD, f"{PASSWORD}\n", f"{PASSWORD}\r\n", f"{PASSWORD}\nmore\n"])
def test_the_password_comes_from_the_first_line_of_standard_input(
    db: None, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    send(monkeypatch, text)
    create_admin("--username", "carol", "--no-input")
    assert AdminUser.objects.get().check_password(PASSWORD)


def test_spaces_of_a_password_on_standard_input_are_its_own(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    send(monkeypatch, f" {PASSWORD} \n")
    create_admin("--username", "carol")
    assert AdminUser.objects.get().check_password(f" {PASSWORD} ")


def test_a_password_in_the_environment_with_spaces_around_it_is_refused(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD", f"{PASSWORD} ")
    with pytest.raises(CommandError, match="FLAKS_ADMIN_PASSWORD: begins or ends with white space"):
        create_admin("--username", "carol")
    assert not AdminUser.objects.exists()


def test_without_a_password_it_says_where_one_may_come_from(db: None) -> None:
    with pytest.raises(CommandError, match=r"set FLAKS_ADMIN_PASSWORD, or send it on standard input"):
        create_admin("--username", "carol", "--no-input")
    assert not AdminUser.objects.exists()


def test_a_password_is_no_argument(db: None) -> None:
    with pytest.raises(CommandError, match="unrecognized arguments"):
        create_admin("--username", "carol", "--password", PASSWORD)


@pytest.mark.parametrize("password", ["zqx", "password123", "carol.lantern", "carol@lanterns.example"])
def test_a_weak_password_is_refused_and_not_repeated(db: None, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD", password)
    with pytest.raises(CommandError, match="The password is refused") as caught:
        create_admin("--username", "carol.lantern", "--email", "carol@lanterns.example")
    assert password not in str(caught.value)
    assert not AdminUser.objects.exists()


def test_an_endless_password_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    send(monkeypatch, "lantern " * 1000)
    with pytest.raises(CommandError, match="too long"):
        create_admin("--username", "carol")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "--username: missing"),
        (["--username", ""], "--username: missing"),
        (["--username", "two words"], "--username: "),
        (["--username", "x" * 151], "--username: .*150"),
        (["--username", "a\0b"], "--username: "),
        (["--username", "carol", "--email", "nowhere"], "--email: "),
    ],
)
def test_a_bad_option_is_named_and_nobody_is_made(
    db: None, monkeypatch: pytest.MonkeyPatch, arguments: list[str], complaint: str
) -> None:
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD", PASSWORD)
    with pytest.raises(CommandError, match=complaint):
        create_admin(*arguments)
    assert not AdminUser.objects.exists()


def test_an_existing_name_is_an_error_and_keeps_its_password(staff: AdminUser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD", "another one, as long")
    with pytest.raises(CommandError, match="carol exists already; --update"):
        create_admin("--username", "carol")
    assert authenticate(username="carol", password=PASSWORD) == staff


def test_update_changes_the_password_and_leaves_the_rest(staff: AdminUser, monkeypatch: pytest.MonkeyPatch) -> None:
    AdminUser.objects.update(is_superuser=False, first_name="Carol")
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD", "another one, as long")
    said = create_admin("--username", "carol", "--update")
    carol = AdminUser.objects.get()
    assert carol.check_password("another one, as long")
    assert (carol.is_superuser, carol.first_name, carol.email) == (False, "Carol", "carol@flaks.example")
    assert "Changed the staff member carol" in said


def test_update_changes_the_e_mail_where_one_is_given(staff: AdminUser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD", PASSWORD)
    create_admin("--username", "carol", "--update", "--email", "new@flaks.example")
    assert AdminUser.objects.get().email == "new@flaks.example"


def test_update_makes_somebody_whose_name_is_new(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD", PASSWORD)
    assert "Made" in create_admin("--username", "carol", "--update")


def test_update_says_that_an_inactive_account_stays_so(staff: AdminUser, monkeypatch: pytest.MonkeyPatch) -> None:
    AdminUser.objects.update(is_active=False)
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD", PASSWORD)
    assert "may not sign in" in create_admin("--username", "carol", "--update")


def test_two_spellings_of_one_name_are_one_account(staff: AdminUser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAKS_ADMIN_PASSWORD", PASSWORD)
    with pytest.raises(CommandError, match="exists already"):
        create_admin("--username", "\uff43arol")  # a full-width c, which NFKC makes a plain one


def at_a_terminal(environment: dict[str, str], arguments: list[str], answers: list[str]) -> tuple[int, str]:
    """Run the command at a pseudo-terminal, answering each prompt as it comes; its exit code, and all it showed."""
    control, terminal = pty.openpty()
    command = [sys.executable, "manage.py", "create_admin", *arguments]
    with subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        start_new_session=True,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        shown = b""
        try:
            while chunk := os.read(control, 1024):
                shown += chunk
                if shown.endswith(b": ") and answers:
                    os.write(control, answers.pop(0).encode() + b"\n")
        except OSError:
            pass  # Linux says so that the other side has closed the terminal
        os.close(control)
        return process.wait(60), shown.decode()


def test_at_a_terminal_it_asks_for_the_name_and_twice_for_the_password(
    manage: Run, migrated: None, bare_environment: dict[str, str]
) -> None:
    code, shown = at_a_terminal(bare_environment, [], ["carol", PASSWORD, PASSWORD])
    assert code == 0
    assert "Password (again)" in shown
    assert PASSWORD not in shown
    again = manage("create_admin", "--username", "carol", stdin=PASSWORD)
    assert "carol exists already" in again.stderr


def test_at_a_terminal_two_different_passwords_change_nothing(migrated: None, bare_environment: dict[str, str]) -> None:
    code, shown = at_a_terminal(bare_environment, ["--username", "carol"], [PASSWORD, "another one, as long"])
    assert code == 1
    assert "The two passwords differ" in shown
