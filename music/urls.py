"""Routes of the music API, each with and without a trailing slash."""

from django.urls import re_path

from music import views

urlpatterns = [
    re_path(r"^api/v1/search/?$", views.SearchView.as_view(), name="search"),
    re_path(r"^api/v1/stream/?$", views.StreamView.as_view(), name="stream"),
    re_path(r"^api/v1/tracks/(?P<id>[^/]+)/?$", views.TrackView.as_view(), name="track"),
    re_path(r"^play/(?P<token>[^/]+)/?$", views.PlayView.as_view(), name="play"),
    re_path(r"^play/(?P<token>[^/]+)/(?P<name>[^/]+\.m4a)/?$", views.PlayView.as_view(), name="play-named"),
]
