"""The two roles of staff who may not do everything, as groups: which permissions each has.

Who adds a permission here also adds a migration that calls `grant` again, so that it reaches sites that are there.
"""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

MANAGERS = "Key managers"
VIEWERS = "Viewers"
LOOKS = (
    "keys.view_apikey",
    "keys.view_usagestat",
    "music.view_sourceswitch",
    "music.view_matchreport",
    "music.view_matchpin",
)
ROLES: dict[str, tuple[str, ...]] = {
    MANAGERS: (
        *LOOKS,
        "keys.add_apikey",
        "keys.change_apikey",
        "keys.rotate_apikey",
        "keys.disable_apikey",
        "keys.revoke_apikey",
        "keys.export_apikey",
        "music.change_sourceswitch",
        "music.change_matchreport",
        "music.add_matchpin",
        "music.change_matchpin",
        "music.delete_matchpin",
        "admin.view_logentry",
    ),
    VIEWERS: LOOKS,
}


def grant() -> None:
    """Make the groups that are missing, and give each what `ROLES` says; what staff gave them beside it stays.

    Works inside a migration, where the rows of permissions are not made yet. Raises `Permission.DoesNotExist` where
    `ROLES` names a permission that no model has.
    """
    for label in sorted({name.partition(".")[0] for names in ROLES.values() for name in names}):
        create_permissions(apps.get_app_config(label), verbosity=0)
    for role, names in ROLES.items():
        group, _made = Group.objects.get_or_create(name=role)
        group.permissions.add(*(_permission(name) for name in names))


def withdraw() -> None:
    """Delete the groups without members: one that has any stays, since undoing a release locks nobody out."""
    for group in Group.objects.filter(name__in=ROLES):
        if not group.user_set.exists():
            group.delete()


def _permission(name: str) -> Permission:
    label, _dot, codename = name.partition(".")
    kinds = ContentType.objects.filter(app_label=label).values_list("pk", flat=True)
    return Permission.objects.get(codename=codename, content_type_id__in=list(kinds))
