"""`manage.py check --deploy`: what of a deployment Django's own checks cannot know."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.http import HttpRequest

logger = logging.getLogger(__name__)

REMEMBERED_SECONDS = 7 * 86_400
TOLD = (
    "X-Forwarded-For arrived while FLAKS_TRUSTED_PROXIES is 0: every caller counts as one address, that of the proxy.",
    "Where a proxy of yours stands in front, set FLAKS_TRUSTED_PROXIES to their number. Where none does, somebody "
    "sent the header, which is not believed: delete the file {}.",
)


class _Seen:
    """Whether this process has noted the header; one note is enough."""

    noted = False


def note_forwarded(request: HttpRequest) -> None:
    """Remember, for the check, that the header arrives and nobody is trusted to have written it."""
    if _Seen.noted or settings.TRUSTED_PROXIES or "HTTP_X_FORWARDED_FOR" not in request.META:
        return
    _Seen.noted = True
    logger.warning(TOLD[0])
    try:
        settings.FORWARDED_NOTE.touch()
    except OSError as error:
        logger.warning("%s cannot be written (%s)", settings.FORWARDED_NOTE.name, type(error).__name__)


@register(Tags.security, deploy=True)
def forwarded_by_nobody_trusted(**_: Any) -> list[CheckMessage]:
    """`flaks.W001` where a process of this site has met the header within a week."""
    if settings.TRUSTED_PROXIES:
        return []
    try:
        age = time.time() - settings.FORWARDED_NOTE.stat().st_mtime
    except OSError:
        return []
    if age > REMEMBERED_SECONDS:
        return []
    return [checks.Warning(TOLD[0], hint=TOLD[1].format(settings.FORWARDED_NOTE), id="flaks.W001")]
