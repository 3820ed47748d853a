"""Routes of the music API, each with and without a trailing slash."""

from django.urls import re_path

from music import listviews, playviews, prefetchviews, reportviews, sourceviews, views

TRACK = r"^api/v1/tracks/(?P<id>[^/]+)"

urlpatterns = [
    re_path(r"^api/v1/search/?$", listviews.SearchView.as_view(), name="search"),
    re_path(r"^api/v1/stream/?$", views.StreamView.as_view(), name="stream"),
    re_path(r"^api/v1/lookup/?$", listviews.LookupView.as_view(), name="lookup"),
    re_path(rf"{TRACK}/?$", views.TrackView.as_view(), name="track"),
    re_path(rf"{TRACK}/stream/?$", views.TrackStreamView.as_view(), name="track-stream"),
    re_path(rf"{TRACK}/related/?$", views.RelatedView.as_view(), name="track-related"),
    re_path(rf"{TRACK}/lyrics/?$", views.LyricsView.as_view(), name="track-lyrics"),
    re_path(r"^api/v1/albums/(?P<id>[^/]+)/?$", listviews.CollectionView.as_view(kind="album"), name="album"),
    re_path(r"^api/v1/playlists/(?P<id>[^/]+)/?$", listviews.CollectionView.as_view(kind="playlist"), name="playlist"),
    re_path(r"^api/v1/artists/(?P<id>[^/]+)/?$", listviews.CollectionView.as_view(kind="artist"), name="artist"),
    re_path(r"^api/v1/suggest/?$", listviews.SuggestView.as_view(), name="suggest"),
    re_path(r"^api/v1/trending/?$", listviews.TrendingView.as_view(), name="trending"),
    re_path(r"^api/v1/prefetch/?$", prefetchviews.PrefetchView.as_view(), name="prefetch"),
    re_path(r"^api/v1/report/?$", reportviews.ReportView.as_view(), name="report"),
    re_path(r"^api/v1/sources/?$", sourceviews.SourcesView.as_view(), name="sources"),
    re_path(r"^play/(?P<token>[^/]+)/?$", playviews.PlayView.as_view(), name="play"),
    re_path(r"^play/(?P<token>[^/]+)/(?P<name>[^/]+\.m4a)/?$", playviews.PlayView.as_view(), name="play-named"),
]
