"""Django's admin as the site's dashboard."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django_ratelimit.decorators import ratelimit

from flaks.signins import SignInForm

# A limit on the name lets a stranger lock out somebody whose name is known: it is the higher and slower one.
per_address = ratelimit(key="ip", rate="10/m", method="POST")
per_name = ratelimit(key="flaks.admin.name_tried", rate="60/h", method="POST")


def name_tried(_group: str, request: HttpRequest) -> str:
    """The user name as the sign-in form will read it: spelled with a space before it, it is the same name."""
    return unicodedata.normalize("NFKC", request.POST.get("username", "")).strip()


class FlaksAdminSite(AdminSite):
    """The admin under our name, with sign-in attempts limited per address and per user name."""

    site_header = "Flaks Music API"
    site_title = "Flaks"
    index_title = "Today"

    login_form = SignInForm

    @method_decorator([never_cache, per_address, per_name])
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The sign-in page; 429 past 10 attempts a minute from one address, or 60 an hour for one name."""
        return super().login(request, extra_context)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The front page: what is called, by whom, and what is broken."""
        # Read only now: the admin is made before the models are.
        from flaks.dashboard import front_page  # noqa: PLC0415

        return super().index(request, {"page": front_page(self, request, timezone.now()), **(extra_context or {})})
