"""Staff, API keys and their usage in Django's admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from keys.admin.keyadmin import ApiKeyAdmin
from keys.admin.usageadmin import UsageStatAdmin
from keys.models import AdminUser, ApiKey, UsageStat

__all__ = ["ApiKeyAdmin", "UsageStatAdmin"]

admin.site.register(AdminUser, UserAdmin)
admin.site.register(ApiKey, ApiKeyAdmin)
admin.site.register(UsageStat, UsageStatAdmin)
