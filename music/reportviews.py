"""POST /api/v1/report: a bot or a listener says that another song was given."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from music import reporting
from music.inputs import ReportInput
from music.serializers import report_json
from music.views import MusicView


class ReportView(MusicView):
    """POST /api/v1/report: 201 with the report as it is kept; it changes nothing until staff pin what is right.

    It costs nothing and wants any key; at most 20 a UTC day and key, then 429 `too_many_reports`. The same report again
    is counted with the first.
    """

    input_class = ReportInput
    http_method_names = ["post"]
    takes_body = True

    @property
    def cost(self) -> int:
        """Units of the key's day."""
        return 0

    def post(self, request: Request) -> Response:
        key: Any = request.auth
        reporting.take_place(key.lineage)
        reporter = reporting.Reporter(key.name, key.hint, key.lineage)
        return Response(report_json(reporting.keep(self.params["report"], reporter)), status=201)

    def read_input(self, request: Request) -> dict[str, Any]:
        return {"report": reporting.report_of(**super().read_input(request))}
