"""POST /api/v1/prefetch: the next songs of a queue, resolved ahead."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from music import links
from music.inputs import MAX_QUERY, PrefetchInput
from music.playback import CEILINGS
from music.prefetching import is_all_well, resolve_ahead
from music.repeats import call_name
from music.views import MusicView


class PrefetchView(MusicView):
    """POST /api/v1/prefetch: 202 with how many songs will be resolved, and which not and why.

    A query costs one unit where it can be read at all.
    """

    scope = "stream"
    input_class = PrefetchInput
    http_method_names = ["post"]
    takes_body = True

    @property
    def cost(self) -> int:
        """Units of the key's day."""
        return len(self.params["wanted"])

    @property
    def prepaid(self) -> list[str]:
        """The later `stream` of each query."""
        asked = self.params
        return [call_name(wanted, asked["quality"], asked["language"]) for _, wanted in asked["wanted"]]

    def post(self, _request: Request) -> Response:
        quality, languages = CEILINGS[self.params["quality"]], self.params["language"]
        well, accepted, skipped = is_all_well(), 0, list(self.params["skipped"])
        for query, wanted in self.params["wanted"]:
            if well and resolve_ahead(wanted, quality, languages):
                accepted += 1
            else:
                skipped.append(_skipped(query, "too_many_waiting" if well else "sources_unavailable"))
        return Response({"accepted": accepted, "skipped": skipped}, status=202)

    def read_input(self, request: Request) -> dict[str, Any]:
        asked = super().read_input(request)
        read = [(query, _read(query)) for query in dict.fromkeys(asked["queries"])]
        return asked | {
            "wanted": [(query, wanted) for query, wanted in read if not isinstance(wanted, str)],
            "skipped": [_skipped(query, code) for query, code in read if isinstance(code, str)],
        }


def _read(query: str) -> links.TrackId | links.Link | links.ShortLink | links.Text | str:
    """What a query asks for, or the code that says why it is none of a song."""
    try:
        wanted = links.read(query)
    except links.UnsupportedLink:
        return "unsupported_link"
    if isinstance(wanted, links.Link) and wanted.kind != "track":
        return "not_a_track"
    if isinstance(wanted, links.Text) and len(wanted.query) > MAX_QUERY:
        return "invalid_request"
    return wanted


def _skipped(query: str, code: str) -> dict[str, str]:
    return {"query": query, "code": code}
