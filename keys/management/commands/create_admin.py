"""`create_admin`: somebody who may sign in to the admin, and do everything there or what a role allows."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management.base import CommandError
from django.db import IntegrityError

from flaks import env, roles
from keys.management.base import DatabaseCommand
from keys.models import AdminUser

ROLES = {"admin": None, "manager": roles.MANAGERS, "viewer": roles.VIEWERS}
VARIABLE = "FLAKS_ADMIN_PASSWORD"
LONGEST = 4096  # what Django's own forms take


class Command(DatabaseCommand):
    help = (
        f"Make a staff member, with all rights or those of a role. The password comes from {VARIABLE} (or the file "
        f"that {VARIABLE}_FILE names), from standard input where that is not a terminal, else from a prompt; "
        "never from the arguments."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", help="the name to sign in with; asked for at a terminal")
        parser.add_argument("--email", help="where to reach them")
        parser.add_argument(
            "--role",
            choices=ROLES,
            help="of a new one: admin may do everything, manager all that concerns keys, viewer only look; else admin",
        )
        parser.add_argument(
            "--update", action="store_true", help="where the name exists, change its password, and its e-mail if given"
        )
        parser.add_argument("--no-input", action="store_true", help="never prompt")

    def handle(self, *args: Any, **options: Any) -> None:
        may_ask = sys.stdin.isatty() and not options["no_input"]
        try:
            name = AdminUser.normalize_username(options["username"] or _asked_name(may_ask))
            existing = AdminUser.objects.filter(username=name).first()
            if existing is not None and not options["update"]:
                raise CommandError(f"--username: {name} exists already; --update changes the password.")
            if existing is not None and options["role"]:
                raise CommandError("--role: is given to a new staff member alone; the admin's own page changes it.")
            role = ROLES[options["role"] or "admin"]
            user = existing or AdminUser(username=name, is_staff=True, is_superuser=role is None)
            _set_email(user, options["email"])
            _set_password(user, _given_password(may_ask))
        except KeyboardInterrupt as error:
            raise CommandError("Cancelled; nothing was changed.") from error
        _save(user)
        if role is not None:
            user.groups.add(_group(role))
        self.say(f"{'Made' if existing is None else 'Changed'} the staff member {name}.")
        if not (user.is_active and user.is_staff):
            self.say("This account may not sign in: it is not active, or not staff.")


def _group(role: str) -> Group:
    group = Group.objects.filter(name=role).first()
    if group is None:  # staff may have deleted or renamed it
        roles.grant()
    return group or Group.objects.get(name=role)


def _asked_name(may_ask: bool) -> str:
    name = input("User name: ").strip() if may_ask else ""
    if not name:
        raise CommandError("--username: missing.")
    return name


def _given_password(may_ask: bool) -> str:
    """The password from the environment, standard input or a prompt; raises `CommandError` where there is none."""
    password = _password_of_environment()
    if not password and may_ask:
        password = getpass("Password: ")
        if password != getpass("Password (again): "):
            raise CommandError("The two passwords differ; nothing was changed.")
    elif not password and not sys.stdin.isatty():
        password = sys.stdin.readline(LONGEST + 2).rstrip("\r\n")
    if not password:
        raise CommandError(f"There is no password: set {VARIABLE}, or send it on standard input.")
    return password


def _password_of_environment() -> str:
    try:
        password = env.secret(VARIABLE)
    except ImproperlyConfigured as error:
        raise CommandError(str(error)) from error
    if os.environ.get(VARIABLE, password).strip() != os.environ.get(VARIABLE, password):
        raise CommandError(f"{VARIABLE}: begins or ends with white space.")
    return password


def _set_email(user: AdminUser, email: str | None) -> None:
    if email is not None:
        user.email = AdminUser.objects.normalize_email(email.strip())
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise CommandError(f"--{field}: {' '.join(messages)}") from error


def _set_password(user: AdminUser, password: str) -> None:
    if len(password) > LONGEST:
        raise CommandError("The password is too long.")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(f"The password is refused. {' '.join(error.messages)}") from error
    user.set_password(password)


def _save(user: AdminUser) -> None:
    """Save a new user whole, an existing one's password and e-mail only."""
    try:
        user.save(update_fields=None if user._state.adding else ["password", "email"])
    except IntegrityError as error:
        raise CommandError(f"--username: {user.username} exists already.") from error
