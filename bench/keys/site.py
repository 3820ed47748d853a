"""The project's own routes, and beside them the view that the keyed ones are compared with."""

from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from flaks import urls


class BareView(APIView):
    """The least that DRF can answer, behind the same middleware: no key, no limit, no count."""

    authentication_classes = []
    permission_classes = []
    throttle_classes = []

    def get(self, request: Request) -> Response:
        return Response({"ok": True})


urlpatterns = [path("api/v1/bare", BareView.as_view()), path("", include(urls))]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
