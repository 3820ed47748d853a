"""Videos that do not play, each for a reason of its own, and those that only some of the service's apps are served."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Special:
    """A video; `status` and `reason` are those of `playabilityStatus`, `seconds` its length (0 for a live stream)."""

    id: str
    title: str
    status: str = "OK"
    reason: str = ""
    seconds: int = 200
    author: str = "Odette's Uploads"


BOT_CHECK = Special("standBotChk", "A Door With a Bell", "LOGIN_REQUIRED", "Sign in to confirm you’re not a bot")
AGE = Special("standAgeGat", "Cellar Songs", "LOGIN_REQUIRED", "Sign in to confirm your age")
PRIVATE = Special("standPrivat", "Family Evening", "LOGIN_REQUIRED", "This is a private video. Please sign in.")
PAID = Special("standPaid_0", "Velvet Rope", "UNPLAYABLE", "This video is only available to Music Premium members")
GEO = Special(
    "standGeo_00", "Border Post", "UNPLAYABLE", "The uploader has not made this video available in your country"
)
LIMITED = Special(
    "standLimit0", "One Too Many", "UNPLAYABLE", "Video unavailable. This content isn’t available, try again later."
)
UPCOMING = Special("standSoon_0", "Tomorrow, Perhaps", "LIVE_STREAM_OFFLINE", "This live event will begin in 3 hours.")
LIVE = Special("standLive_0", "Kettle Radio, All Night", seconds=0)
LONG = Special("standLong_0", "Four Hours of Rain", seconds=4 * 3600)
PLACEHOLDER = Special("standOther0", "Not This One")
"""The service answers with another video in its place."""
KIDS = Special("standKids_0", "Counting Ducks")
"""Made for children: one app is told that it is not available, another is served it."""
SABR = Special("standSabr_0", "Locked Boxes")
"""Its files have no addresses for one app, and have some for another."""
SHAPE = Special("standShape0", "Without a Label")
"""Its answer lacks the part that says whether it plays."""
SECRET = Special("standCrypt0", "A Lock Without a Key")
"""Its files have no addresses for any app."""
OFF_MUSIC = Special("standVideo0", "How to Fold a Chair")
"""A video that YouTube Music does not play, but finds."""
UNSEARCHED = Special("standHides0", "Unlisted Rehearsal")
"""A video that YouTube Music neither plays nor finds."""

SPECIALS = {
    special.id: special
    for special in (
        *(BOT_CHECK, AGE, PRIVATE, PAID, GEO, LIMITED, UPCOMING, LIVE, LONG, PLACEHOLDER, KIDS, SABR, SHAPE, SECRET),
        *(OFF_MUSIC, UNSEARCHED),
    )
}
OUTSIDE_MUSIC = (PRIVATE, OFF_MUSIC, UNSEARCHED)

REFUSALS = (
    (AGE, "age_restricted"),
    (PRIVATE, "private"),
    (PAID, "paid"),
    (GEO, "geo_blocked"),
    (LIVE, "live"),
    (UPCOMING, "upcoming"),
    (LONG, "too_long"),
)
"""Videos that do not play, each with the API's word for why."""
