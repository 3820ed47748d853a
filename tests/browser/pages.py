"""The pages of the admin, as staff see them on a site that has been in use for a while."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from keys.models import ApiKey, KeyQuota
from music.models import MatchPin, MatchReport


def of_the_demo() -> Mapping[str, str]:
    """The path of each page by its name, on a database that `seed_demo` has filled."""
    key, report, pin = _busiest_key(), MatchReport.objects.filter(state="open").first(), MatchPin.objects.first()
    assert report is not None
    assert pin is not None
    keys, one = "/admin/keys/apikey/", f"/admin/keys/apikey/{key.pk}"
    reports = "/admin/music/matchreport/"
    return {
        "front": "/admin/",
        "keys": keys,
        "key": f"{one}/change/",
        "key-add": f"{keys}add/",
        "key-rotate": f"{one}/rotate/",
        "key-disable": f"{one}/disable/",
        "key-revoke": f"{one}/revoke/",
        "key-history": f"{one}/history/",
        "usage": "/admin/keys/usagestat/",
        "sources": "/admin/music/sourceswitch/",
        "wrong-songs": reports,
        "wrong-song": f"{reports}{report.pk}/change/",
        "wrong-song-pin": f"{reports}{report.pk}/pin/",
        "wrong-song-dismiss": f"{reports}{report.pk}/dismiss/",
        "pins": "/admin/music/matchpin/",
        "pin": f"/admin/music/matchpin/{pin.pk}/change/",
        "pin-delete": f"/admin/music/matchpin/{pin.pk}/delete/",
        "pin-add": "/admin/music/matchpin/add/",
        "staff": "/admin/keys/adminuser/",
        "groups": "/admin/auth/group/",
    }


def _busiest_key() -> ApiKey:
    """The key that was used most today, of those that still open."""
    now = datetime.now(UTC)
    keys = {key.lineage: key for key in ApiKey.objects.active(now)}
    used = KeyQuota.objects.used_by(keys, now.date())
    return keys[max(used, key=lambda lineage: used[lineage])]
