"""GET /api/v1/sources: how each source does, as measured."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from music.canaries import send_where_due
from music.serializers import status_json
from music.status import statuses
from music.switches import enabled
from music.views import MusicView


class SourcesView(MusicView):
    """GET /api/v1/sources: state, figures of the last 15 minutes of this process, and the reason; costs nothing."""

    input_class = Serializer

    @property
    def cost(self) -> int:
        """Units of the key's day."""
        return 0

    def get(self, _request: Request) -> Response:
        for name, source in enabled().items():
            send_where_due(name, "search")
            send_where_due(name, source.search_part)
            if source.gives_audio:
                send_where_due(name, "audio")
        return Response({"results": [status_json(status) for status in statuses()]})
