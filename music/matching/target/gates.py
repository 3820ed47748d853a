"""What two tracks must agree in to be one song, whatever else is alike: version, language, rating, length. Pure.

Each gate answers "" where it is open, else why it is shut, in words that finish "the nearest is ...".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from music.domain import Track
from music.matching.language import vocabulary as known
from music.matching.language.words import script_of, words
from music.matching.reading.films import language_of_channel
from music.matching.reading.sides import Side, Version, version_of_album
from music.matching.reading.titles import read
from music.matching.target.naming import Names

Rating = Literal["explicit", "clean", ""]

SLACK_SECONDS, SLACK_SHARE = 8, 0.03
VIDEO_LONGER = 45  # seconds that a video may last before and after its song
_RENDITIONS = re.compile(r"(?i)\brenditions?\b")
NO_LANGUAGE = ("", "unknown", "instrumental")


def version(here: Side, there: Side, names: Names) -> str:
    """Shut where one is a version that the other is not."""
    one, other = _full(names.here, here.track), _full(names.there, there.track)
    if one.kinds != other.kinds and not _one_concert(one.kinds ^ other.kinds, here.track, there.track):
        only = sorted(other.kinds - one.kinds) or ["the original"]
        return f"another version ({', '.join(only)})"
    if one.kinds and one.whose and other.whose and not (one.whose <= other.whose or one.whose >= other.whose):
        return f"another {sorted(one.kinds)[0]} ({' '.join(sorted(other.whose))})"
    return ""


def _one_concert(differ: frozenset[str], one: Track, other: Track) -> bool:
    """Whether one calls live what both have on one unplugged album, where it is all live."""
    if differ != {"live"} or not one.album or not other.album or words(one.album.title) != words(other.album.title):
        return False
    return "unplugged" in version_of_album(one.album.title)


def _full(named: Version, track: Track) -> Version:
    kinds = named.kinds | version_of_album(track.album.title if track.album else "")
    return Version(kinds | {"instrumental"} if track.language == "instrumental" else kinds, named.whose)


def language(here: Side, there: Side, names: Names, wished: Sequence[str]) -> str:
    """Shut for a dub: two languages, both known. What is wished counts where the target's own is not known."""
    sung, found = sung_in(here, names.languages[0]), sung_in(there, names.languages[1])
    if found and ((sung and sung != found) or (not sung and wished and found not in wished)):
        return f"in another language ({found})"
    if (_is_version_in(there) and not sung and found not in wished) or (_is_version_in(here) and not found):
        return f"in another language ({found or 'unknown'})"
    return ""


def _is_version_in(side: Side) -> bool:
    """Whether a title says that it is a version in a language, as "(English Version)" does and "(Tamil)" does not."""
    return any(aside.language and "version" in aside.said for aside in (*side.title.asides, *side.title.tails))


def sung_in(side: Side, named: str) -> str:
    """The language of a track: the one that its title or album names, or its service, or its script; "" if unknown."""
    if spoken := named or album_language(side.track) or language_of_channel(side):
        return spoken
    if side.track.language not in NO_LANGUAGE:
        return side.track.language
    return known.LANGUAGE_OF_SCRIPT.get(script_of(side.track.title), "")


def album_language(track: Track) -> str:
    """The language that an album's title names, as in "Nool (Telugu)"; "" for none."""
    return read(track.album.title).language if track.album else ""


def rating(here: Side, there: Side) -> str:
    """Shut where one is explicit and the other is known to be clean."""
    one, other = rated(here), rated(there)
    unsure = one == "clean" and here.track.source == "youtube"  # described by a list that does not say it of any song
    return f"the {other} one" if one and other and one != other and not unsure else ""


def rated(side: Side) -> Rating:
    """Explicit or clean; "" where a service's silence says nothing, as JioSaavn's and that of a video."""
    marked = side.title.rating or (read(side.track.album.title).rating if side.track.album else "")
    if marked:
        return "explicit" if marked == "explicit" else "clean"
    if side.track.explicit:
        return "explicit"
    says = side.track.source == "spotify" or (side.track.source == "youtube" and not side.track.is_video)
    return "clean" if says else ""


def length(target: Track, candidate: Track, may_be_shorter: bool) -> str:
    """Shut for a gap over 8 s or 3 %; to a video the song may be `VIDEO_LONGER` seconds shorter, if that is granted."""
    if not target.duration or not candidate.duration:
        return ""
    gap = candidate.duration - target.duration
    if abs(gap) <= max(SLACK_SECONDS, SLACK_SHARE * target.duration) and not (target.is_video and gap > SLACK_SECONDS):
        return ""
    if may_be_shorter and -VIDEO_LONGER <= gap <= 0:
        return ""
    return f"of another length ({candidate.duration} s, not {target.duration} s)"


def impostor(here: Side, there: Side) -> str:
    """Shut where the candidate plays the song in somebody else's name, and the target does not."""
    found = known.IMPERSONATORS.search(_everything(there.track))
    if found and not known.IMPERSONATORS.search(_everything(here.track)) and not _is_their_own(here, there):
        return f"an imitation ({found[0].lower()})"
    return ""


def _is_their_own(here: Side, there: Side) -> bool:
    """Whether it is only an album of renditions by those alone who are wanted, whose name it begins with.

    As "Marlo Renditions", by Marlo. A tribute or ringtones begin with a name that they do not have the right to.
    """
    track = there.track
    if not track.album or known.IMPERSONATORS.search(_RENDITIONS.sub("", _everything(track))):
        return False
    if _RENDITIONS.search(f"{track.title} | {track.artist}") or not set(there.people) <= set(here.people):
        return False
    album = tuple(words(track.album.title))
    return any(album[: len(name)] == name for name in here.people if name in there.people)


def _everything(track: Track) -> str:
    return " | ".join((track.title, track.artist, track.album.title if track.album else ""))
