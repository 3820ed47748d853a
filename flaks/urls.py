"""Every route of the site; each answers with and without a trailing slash."""

from django.contrib import admin
from django.urls import include, path, re_path

from flaks import pages

urlpatterns = [
    path("", pages.landing, name="landing"),
    re_path(r"^healthz/?$", pages.healthz, name="healthz"),
    re_path(r"^readyz/?$", pages.readyz, name="readyz"),
    path("", include("music.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "flaks.errorviews.bad_request"
handler403 = "flaks.errorviews.permission_denied"
handler404 = "flaks.errorviews.page_not_found"
handler500 = "flaks.errorviews.server_error"
