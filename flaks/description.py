"""GET /api/schema: the API's description, for everybody."""

from __future__ import annotations

from drf_spectacular.views import SpectacularJSONAPIView


class DescriptionView(SpectacularJSONAPIView):
    """OpenAPI 3.1 as JSON; no key is needed, and nothing is counted."""

    authentication_classes = []
    permission_classes = []
    throttle_classes = []
