"""Every route of the site; each answers with and without a trailing slash."""

from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from flaks import pages
from flaks.description import DescriptionView

urlpatterns = [
    path("", pages.landing, name="landing"),
    # Pages that name no icon of their own, the admin's, are asked for this one.
    path("favicon.ico", RedirectView.as_view(url=static("flaks/favicon.svg"), permanent=True)),
    path("", include("music.urls")),
    path("", include("keys.urls")),
    re_path(r"^api/schema/?$", DescriptionView.as_view(), name="schema"),
    path("admin/", admin.site.urls),
]

handler400 = "flaks.errorviews.bad_request"
handler403 = "flaks.errorviews.permission_denied"
handler404 = "flaks.errorviews.page_not_found"
handler500 = "flaks.errorviews.server_error"
