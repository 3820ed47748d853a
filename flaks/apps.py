"""The site as Django app, and Django's admin with our own site in place of the default one."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class FlaksConfig(AppConfig):
    name = "flaks"


class FlaksAdminConfig(AdminConfig):
    default_site = "flaks.admin.FlaksAdminSite"
