"""What each fault of the stand-in means for a caller: who can still answer, and what is said where nobody can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tests.standin import catalogue
from tests.standin.jiosaavn import ids as jiosaavn_ids
from tests.standin.process import Part
from tests.standin.spotify import ids as spotify_ids
from tests.standin.youtube import ids as youtube_ids

State = Literal["well", "failed", "blocked", "nothing"]
Place = tuple[str, Part]
Faults = Mapping[Place, str]

SONG = catalogue.PLAIN
SONG_IDS = {
    "jiosaavn": f"jiosaavn:{jiosaavn_ids.pid(SONG)}",
    "spotify": f"spotify:{spotify_ids.track_id(SONG)}",
    "youtube": f"youtube:{youtube_ids.track_id(SONG)}",
}

HARMLESS = "slow:40"
SILENT = ("hang", "slow:5000")
FAST = (
    *("http:302", "http:403", "http:404", "http:429", "http:451", "http:500", "http:503"),
    *("html", "empty", "zero", "truncated", "reset"),
)
FAULTS = (HARMLESS, *SILENT, *FAST)
PLACES: tuple[Place, ...] = (
    ("jiosaavn", "api"),
    ("jiosaavn", "media"),
    ("spotify", "api"),
    ("youtube", "api"),
    ("youtube", "media"),
)
REFUSALS = {"http:403": "blocked", "http:451": "blocked", "html": "blocked", "http:429": "rate_limited"}


@dataclass(frozen=True)
class Wish:
    """What a caller asks for, and the service without which nobody knows what that is ("" for typed words)."""

    name: str
    path: str
    query: str
    described_by: str = ""


TEXT = Wish("text", "/api/v1/stream", SONG.title)
SPOTIFY_LINK = Wish(
    "Spotify link",
    "/api/v1/stream",
    f"https://open.spotify.com/track/{spotify_ids.track_id(SONG)}",
    "spotify",
)
YOUTUBE_LINK = Wish("YouTube link", "/api/v1/stream", f"https://youtu.be/{youtube_ids.track_id(SONG)}", "youtube")
SEARCH = Wish("search", "/api/v1/search", SONG.title)
WISHES = (TEXT, SPOTIFY_LINK, YOUTUBE_LINK, SEARCH)


@dataclass(frozen=True)
class Expected:
    """Who may answer; where nobody can, the status and the code. `failing` are outcomes that are told, by source."""

    answered_by: frozenset[str]
    status: int
    code: str
    failing: Mapping[str, str]


def expected(wish: Wish, faults: Faults) -> Expected:
    """What the contract promises for a wish while these faults are set."""
    if wish is SEARCH:
        return _searched(faults)
    described = _described(wish, faults)
    if described != "well":
        return _nobody({wish.described_by: described}, faults, "not_found")
    states = {"jiosaavn": _audio_state("jiosaavn", faults), "youtube": _audio_state("youtube", faults)}
    playing = [source for source, state in states.items() if state == "well"]
    if playing:
        return Expected(frozenset(playing[:1]), 200, "", _outcomes(_before(playing[0], states), faults))
    return _nobody(states, faults, "no_match")


def _described(wish: Wish, faults: Faults) -> State:
    """Whether the service whose link it is tells which song that is; it answers 404 for what it does not know."""
    fault = faults.get((wish.described_by, "api"), "")
    if fault in ("http:404", "zero"):
        return "nothing"
    return _state(wish.described_by, "api", fault)


def _searched(faults: Faults) -> Expected:
    states = {source: _state(source, "api", faults.get((source, "api"), "")) for source in SONG_IDS}
    finding = [source for source, state in states.items() if state == "well"]
    if finding[:1] == ["jiosaavn"]:
        return Expected(frozenset(finding[:1]), 200, "", {})
    if finding:  # those that follow the first start together, and whoever is ready first answers
        return Expected(frozenset(finding), 200, "", _outcomes(_before("spotify", states), faults))
    counting = {source: state for source, state in states.items() if source != "spotify"}
    return _nobody(counting, faults, "")


def _audio_state(source: str, faults: Faults) -> State:
    api = _state(source, "api", faults.get((source, "api"), ""))
    # Links of YouTube are believed as the player gives them; the media hosts are asked when somebody listens.
    media = _state(source, "media", faults.get((source, "media"), "")) if source == "jiosaavn" else "well"
    return media if api == "well" else api


def _state(source: str, part: Part, fault: str) -> State:
    if fault in ("", HARMLESS):
        return "well"
    if fault == "zero" and (source, part) == ("jiosaavn", "api"):
        return "blocked"  # its firewall answers some addresses with nothing, whatever is asked
    if fault == "zero" or (fault == "http:404" and part == "media"):
        return "nothing"
    return "blocked" if fault in REFUSALS else "failed"


def _before(winner: str, states: Mapping[str, State]) -> dict[str, State]:
    order = list(states)
    return {source: states[source] for source in order[: order.index(winner)]}


def _nobody(states: Mapping[str, State], faults: Faults, cleanly: str) -> Expected:
    failing = [state for state in states.values() if state in ("failed", "blocked")]
    if not failing:
        return Expected(frozenset(), 404 if cleanly else 200, cleanly, {})
    code = "sources_blocked" if set(failing) == {"blocked"} else "sources_unavailable"
    return Expected(frozenset(), 503, code, _outcomes(states, faults))


def _outcomes(states: Mapping[str, State], faults: Faults) -> dict[str, str]:
    """The outcome that an attempt has to tell, for each source that fails."""
    return {source: _outcome(source, faults) for source, state in states.items() if state in ("failed", "blocked")}


def _outcome(source: str, faults: Faults) -> str:
    fault = faults.get((source, "api"), HARMLESS)
    if fault == HARMLESS:
        fault = faults[source, "media"]
    if fault in SILENT:
        return "timeout"
    return "blocked" if fault == "zero" else REFUSALS.get(fault, "error")
