"""The site as Django app, and Django's admin with our own site in place of the default one."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class FlaksConfig(AppConfig):
    name = "flaks"

    def ready(self) -> None:
        """Have Django know of our own deployment checks, and the log of who signs in."""
        from flaks import checks, signins  # noqa: F401, PLC0415 - they register themselves, once settings are there


class FlaksAdminConfig(AdminConfig):
    default_site = "flaks.admin.FlaksAdminSite"
