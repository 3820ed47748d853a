"""How alike two tracks are: the gates first, then a score. Pure. `choice` decides by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from music.domain import Track
from music.matching.language import vocabulary as known
from music.matching.language.words import DRIFTED, FOREIGN, words
from music.matching.reading.films import names_film, names_nobody
from music.matching.reading.people import (
    Shared,
    is_among,
    is_label,
    name_of,
    named_in,
    people_of,
    same_name,
    shared,
    shortened_in,
)
from music.matching.reading.sides import Side, side_of
from music.matching.reading.titles import read
from music.matching.target import gates
from music.matching.target.firstline import goes_on, lacks_a_word, same_album
from music.matching.target.naming import Names, compare_names

TITLE, PEOPLE, LENGTH, ALBUM = 0.50, 0.35, 0.15, 0.03  # what each is worth; an album that agrees comes on top
SAME_NAME = 0.86  # of two names' words: one in seven may differ
CONTINUED = 0.88  # what a name is worth that the other one goes on from: enough where the rest agrees, and no copy
SAME_LENGTH = 2  # seconds by which copies of one recording may differ and still be of one length
FARTHEST, CUT = 0.2, 0.6  # what the widest gap is worth, and what a video's that is longer than its song
# What a doubt costs; an album settles one.
SUBTITLE, UNRATED, WHOSE = 0.26, 0.08, 0.04
UNNAMED, UNNAMED_ALBUM = 0.13, 0.08
GUEST, GUEST_OF_VIDEO = 0.13, 0.06
SAME_FILM = 0.9
SUNG = 0.7  # of the people, where one who sings is common and name, album and length are the same
BY_OTHERS = "by somebody else"
FILMED = Shared(0.9, main=False, sings=False)
NOBODY = Shared(0.0, main=False)
ONE_NAMED = 0.85  # for a video that names one of a song's people, and not the first


@dataclass(frozen=True)
class Likeness:
    """How alike two tracks are, 0..1. `shut` says which gate was shut (the score is 0 then), "" if none."""

    score: float
    shut: str
    nearness: float  # the score if no gate were shut: by it what was refused is ordered
    album: float  # 1 where the albums agree, 0 where they do not or one is not known
    people: float  # the share of common names
    names: float
    doubt: float  # what else differs
    gap: int | None  # seconds between the lengths, None where one is not known
    filmed: bool = False  # whether the film stands for the people, whom the video does not name


def compare(target: Track, candidate: Track, wished: Sequence[str] = ()) -> Likeness:
    """How sure it is that a candidate is the target; `wished` are languages, for a target whose own is not known."""
    return compare_sides(side_of(target), side_of(candidate), wished)


def compare_sides(here: Side, there: Side, wished: Sequence[str] = (), told_apart: bool = False) -> Likeness:
    """As `compare`, for a target that is compared with many; `told_apart` from dubs of the candidate by its singers."""
    names = compare_names(here, there, _drifts(here.track, there.track))
    common = _common(here, there) if names.score else NOBODY
    gap = _gap(here.track, there.track)
    if 0 < names.score < SAME_NAME and gap is not None and _goes_on(here, there, common, gap):
        names = replace(names, score=CONTINUED)
    film = here.track.is_video and names.score >= SAME_NAME and names_film(here, there)
    guests_agree = _guests_agree(here, there)
    exact = names.score >= FOREIGN and common.main and guests_agree
    same_code = bool(here.track.isrc) and here.track.isrc == there.track.isrc
    album = SAME_FILM if film else _album(here.track, there.track)
    common = _spoken_for(here, there, names, common, gap, album, film)
    if told_apart:
        common = common._replace(overlap=1.0, sings=True)
    shut = gates.length(here.track, there.track, may_be_shorter=here.track.is_video and exact)
    if not same_code:
        shut = _shut(here, there, names, wished) or ("" if common.overlap else BY_OTHERS) or shut
    doubt = _doubts(here, there, names, common) if names.score >= SAME_NAME else 0.0  # of another title all is doubtful
    if not guests_agree:
        unnamed = not here.title.guests or not there.title.guests
        doubt += GUEST_OF_VIDEO if unnamed and (here.title.video or there.title.video) else GUEST
    near = _weighed(names, common, _closeness(gap, here.track, there.track, exact)) + (ALBUM if album else 0.0) - doubt
    near = 1.0 if same_code else round(min(1.0, max(0.0, near)), 3)
    return Likeness(0.0 if shut else near, shut, near, album, common.overlap, names.score, doubt, gap, common is FILMED)


def _goes_on(here: Side, there: Side, common: Shared, gap: int) -> bool:
    """Whether one name is the other's first words, and all else agrees: two songs may begin alike."""
    if there.track.is_video:
        return False
    if here.track.is_video:
        near = common.overlap > 0 and gap <= gates.SLACK_SECONDS
        return near and goes_on(here, there) and names_film(here, there)
    if common.overlap < 1 or gap > SAME_LENGTH or not _drifts(here.track, there.track):
        return False
    albums = [tuple(sorted(_album_words(side.track.album.title))) for side in (here, there) if side.track.album]
    return len(albums) == 2 and same_album(*albums) and lacks_a_word(here, there)


def _shut(here: Side, there: Side, names: Names, wished: Sequence[str]) -> str:
    if names.score < SAME_NAME:
        return "another title"
    return (
        gates.version(here, there, names)
        or gates.language(here, there, names, wished)
        or gates.rating(here, there)
        or gates.impostor(here, there)
    )


def _drifts(target: Track, candidate: Track) -> bool:
    """Whether spelling drifts: it does in Indian languages, and in one that is not known."""
    return target.language not in known.SPELLED and candidate.language not in known.SPELLED


def _common(here: Side, there: Side) -> Shared:
    """The people that both tracks name; a video may name them in its title alone."""
    found = shared(
        people_of(here.track, here.title.guests),
        people_of(there.track, there.title.guests),
    )
    if found.main or not (here.title.video or there.title.video):
        return found
    return max(found, _named(here, there), _named(there, here), key=lambda common: (common.main, common.overlap))


def _spoken_for(
    here: Side, there: Side, names: Names, common: Shared, gap: int | None, album: float, film: bool
) -> Shared:
    """The people in common, or what stands for them: one who sings where all else is the same, or a video's film."""
    if gap is None:
        return common
    if album and gap <= SAME_LENGTH and names.score >= DRIFTED and 0 < common.overlap < SUNG:
        return _sung(here, there, common)
    is_filmed = film and not common.overlap and names.score >= FOREIGN and names_nobody(here, there)
    return FILMED if is_filmed else common


def _sung(here: Side, there: Side, common: Shared) -> Shared:
    """What is common where one service credits composer and singer, the other singer and lyricist.

    Who stands first there and behind another here sings; the composer alone may have set the words for other singers.
    """
    names = tuple(artist.name for artist in here.track.artists)
    firsts = (artist.name for artist in there.track.artists[:1])
    sings = any(is_among(name, names[1:]) and not is_among(name, names[:1]) for name in firsts)
    return common._replace(overlap=SUNG) if sings else common


def _named(video: Side, song: Side) -> Shared:
    """Those of a song's artists that a title names, or whose channel it is."""
    artists = [artist.name for artist in song.track.artists]
    said = frozenset((*words(video.track.title), *name_of(video.track.title)))  # A R Rahman, as a word and as letters
    name = {word for part in song.title.parts for word in part}
    channels = [artist.name for artist in video.track.artists]
    found = named_in(artists, said, said - name, channels)
    if not found:
        return _shortened(artists, said, name, video, song)
    if found[0] == artists[0] or len(found) > 1:
        return Shared(1.0, main=True, sings=len(found) > 1 or len(artists) == 1)
    pieces = {name_of(" ".join(piece)) for piece in (*video.title.parts, *video.title.behind)}
    return Shared(ONE_NAMED, main=any(same_name(name_of(found[0]), piece) for piece in pieces), sings=False)


def _shortened(artists: list[str], said: frozenset[str], name: set[str], video: Side, song: Side) -> Shared:
    """Those whom a label's video names by their first names; it has to name the film, or any namesake would do."""
    album = [word for part in song.albums for word in part]
    film = song.title.film or frozenset(album)
    if film <= name or not (film <= said or "".join(album) in said):
        return NOBODY
    found = shortened_in(artists, video.track.title, frozenset(name | film))
    if not found:
        return NOBODY
    return Shared(1.0 if len(found) > 1 else ONE_NAMED, main=found[0] == artists[0], sings=len(found) > 1)


def _gap(target: Track, candidate: Track) -> int | None:
    return abs(target.duration - candidate.duration) if target.duration and candidate.duration else None


def _closeness(gap: int | None, target: Track, candidate: Track, exact: bool) -> float | None:
    """1 for one length, down to `FARTHEST` at the widest gap, or `CUT`; None where a length is not known."""
    if gap is None:
        return None
    widest = max(gates.SLACK_SECONDS, gates.SLACK_SHARE * target.duration)
    share = max(0, gap - SAME_LENGTH) / (widest - SAME_LENGTH)
    least = CUT if exact and target.is_video and target.duration > candidate.duration else FARTHEST
    return max(least, 1 - (1 - FARTHEST) * share)


def _weighed(names: Names, common: Shared, closeness: float | None) -> float:
    """The score; where a length is not known, what the rest says."""
    known_part = TITLE * names.score + PEOPLE * common.overlap
    return known_part / (TITLE + PEOPLE) if closeness is None else known_part + LENGTH * closeness


def _doubts(here: Side, there: Side, names: Names, common: Shared) -> float:
    """What else differs, without shutting a gate."""
    doubt = SUBTITLE * (1 - names.subtitle)
    one, other = gates.rated(here), gates.rated(there)
    if one != other and _are_rated(here, there, one, other):
        doubt += UNRATED
    spoken = names.languages
    doubt += max(_dub_doubt(here, there, spoken, common), _dub_doubt(there, here, spoken[::-1], common))
    if names.here.kinds and bool(names.here.whose) != bool(names.there.whose):
        doubt += WHOSE
    return doubt


def _are_rated(here: Side, there: Side, one: gates.Rating, other: gates.Rating) -> bool:
    """Whether a rating that one has alone says something: a video has none unless its title says so."""
    silent = (here.track.is_video and not one) or (there.track.is_video and not other)
    return "clean" in (here.title.rating, there.title.rating) or ("explicit" in (one, other) and not silent)


def _dub_doubt(one: Side, other: Side, spoken: tuple[str, str], common: Shared) -> float:
    """What it costs that one names its language, and the other's is not known: other singers sing a dub."""
    if gates.sung_in(other, spoken[1]):
        return 0.0
    if spoken[0]:
        return UNNAMED if common.whole else UNNAMED + PEOPLE
    if gates.album_language(one.track):
        return UNNAMED_ALBUM if common.overlap == 1.0 and common.sings else UNNAMED + PEOPLE
    return 0.0


def _guests_agree(here: Side, there: Side) -> bool:
    """Whether a guest that either title names is one of the other's people: with another guest it is sung anew."""
    if not here.title.guests and not there.title.guests:
        return True
    return _is_guest_of(here, there) and _is_guest_of(there, here)


def _is_guest_of(one: Side, other: Side) -> bool:
    if not one.title.guests:
        return True
    names = (*(artist.name for artist in other.track.artists), *other.title.guests)
    said = (*names, other.track.title) if other.title.video else names  # a video names people anywhere
    everybody = {word for name in said for word in words(name)}
    return any(everybody.issuperset(words(guest)) or is_among(guest, names) for guest in one.title.guests)


def _album(target: Track, candidate: Track) -> float:
    """1 for one album, `SAME_FILM` for one film, 0 for others, for a dub's, and where one is not known."""
    if not target.album or not candidate.album:
        return 0.0
    one, other = target.album.title, candidate.album.title
    if words(one) == words(other):
        return 1.0
    return SAME_FILM if _album_words(one) == _album_words(other) and read(one).language == read(other).language else 0.0


def _album_words(title: str) -> frozenset[str]:
    """A single's album is named after the song and credits the film: the film is the album."""
    album = read(title)
    named = album.film or frozenset(word for part in album.parts for word in part)
    return named - known.NOISE or named


def rank_of_copy(target: Side, copy: Side, likeness: Likeness) -> tuple[bool, float, bool, bool, int]:
    """The order among copies of one recording: the rating and the album asked for, the original, the earliest."""
    candidate = copy.track
    title, album = copy.title, candidate.album.title if candidate.album else ""
    asked = gates.rated(target)
    compiled = bool(known.COMPILATIONS.search(album))
    other = bool(asked) and gates.rated(copy) != asked
    return other, -likeness.album, bool(title.film), compiled, candidate.year or 9999


def channel_is_label(track: Track) -> bool:
    """Whether a video's channel names a company, which is nobody to search for."""
    return track.is_video and bool(track.artists) and is_label(track.artists[0].name)
