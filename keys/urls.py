"""Routes of the keys, each with and without a trailing slash."""

from django.urls import re_path

from keys.views import UsageView

urlpatterns = [re_path(r"^api/v1/usage/?$", UsageView.as_view(), name="usage")]
