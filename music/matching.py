"""Is this candidate the wanted song? Pure.

For a song that is known by title, artists and duration, gates come first: the same version words, the same language
where both are known, a duration that differs by no more than 8 s or 3 %, and a shared artist. Then the title decides.

For words that somebody typed, the score is the share of them that the candidate's title, artists and album hold; those
that no artist holds have to be found in the title or the album by themselves, or another song of the artist would do.
Version words (live, remix, ...) must be met where they were asked for, and cost where they were not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from music.domain import Match, Track

ACCEPTED = 0.6
CLOSE = 0.1  # within this much of the best score, the service's own order decides
NEAR = 0.5  # at most, for another song of the artist who was named: an alternative, never the answer
UNASKED_VERSION = 0.25
VERSION_WORDS = frozenset(
    "acoustic cover demo duet extended female instrumental karaoke live lofi mashup medley mix nightcore recreated "
    "rehearsal remix reprise rerecorded reverb slowed sped tribute unplugged 8d".split()
)
# Words that title a song as often as they name a version: versions only in brackets or after a dash.
VERSIONS_ASIDE = frozenset(
    "concert dialogue dj edit jhankar male promo sad short teaser trailer "
    "bengali bhojpuri english gujarati hindi kannada malayalam marathi punjabi tamil telugu urdu".split()
)
SAME_VERSION = frozenset("album full original remaster remastered single".split())  # "Single Version" is the song
SPELLINGS = (
    (re.compile(r"(?i)\blo[- ]fi\b"), "lofi"),
    (re.compile(r"(?i)\b8[- ]d\b"), "8d"),
    (re.compile(r"(?i)\bre-recorded\b"), "rerecorded"),
)
PART = re.compile(r"(?i)\b(?:part|pt|vol|volume|chapter)\b\.? ?([0-9]+|[ivx]+\b)")
SURE = 0.75  # a known song is accepted from here
SLACK_SECONDS, SLACK_SHARE = 8, 0.03
NOISE = frozenset("official video audio lyric lyrics lyrical full song hd hq 4k mv visualizer feat ft the a".split())
ASIDE = re.compile(r"[(\[{][^)\]}]*[)\]}]|\|.*$|\b(?:feat|ft)\.? .*$", re.IGNORECASE)
BRACKETED = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
DASHED = re.compile(r" [-\u2013\u2014] ([^-\u2013\u2014]*)$")
CREDITS = frozenset("from form remaster remastered soundtrack version".split())
JUNK = re.compile(r"caller ?tune|ring ?tone|karaoke", re.IGNORECASE)
ACCENTED = ("LATIN", "GREEK", "CYRILLIC")  # scripts in which a letter without its marks is the same letter


def words(text: str) -> list[str]:
    """The text's words in lower case; `Café del Mar!` is `cafe del mar`, and `दिल` stays apart from `दाल`."""
    kept: list[str] = []
    base = ""
    for character in unicodedata.normalize("NFKD", text.casefold()):
        category = unicodedata.category(character)[0]
        if category != "M":
            base = unicodedata.name(character, "")
            kept.append(character if category in "LN" else " ")
        elif not base.startswith(ACCENTED):
            kept.append(character)  # a vowel sign, say, which is half of its letter
    return "".join(kept).split()


def text_score(query: str, track: Track) -> float:
    """How well a track answers typed words, from 0 to 1."""
    typed = words(query)
    wanted = [word for word in typed if word not in NOISE] or typed
    title = set(words(track.title)) | set(words(track.album.title if track.album else ""))
    people = set(words(track.artist))
    asked, sung = VERSION_WORDS.intersection(wanted), versions(track.title)
    if not wanted or asked - title - people or (JUNK.search(track.title) and not JUNK.search(query)):
        return 0.0
    unasked = len(sung.difference(wanted, versions(query)))
    score = _share(wanted, title | people) - UNASKED_VERSION * min(unasked, 2)
    of_the_song = [word for word in wanted if word not in people]
    if of_the_song and _share(of_the_song, title) < ACCEPTED:
        score = min(score, NEAR)
    return round(max(0.0, score), 3)


def versions(title: str) -> frozenset[str]:
    """What makes a title another recording than the plain song: version words, parts, and a dub's language."""
    for spelling, word in SPELLINGS:
        title = spelling.sub(word, title)
    found = set(VERSION_WORDS.intersection(words(title)))
    found.update(f"part {number.lower()}" for number in PART.findall(title))
    for aside in _asides(title):
        said = set(words(aside))
        found |= VERSIONS_ASIDE & said
        if "version" in said:  # somebody's, or for some occasion
            found |= said - SAME_VERSION - {"version"} - NOISE
    return frozenset(found)


def _asides(title: str) -> list[str]:
    """What stands in brackets, and what follows a dash where it is a version or a credit and not the title."""
    dashed = DASHED.search(BRACKETED.sub("", title))
    return [*BRACKETED.findall(title), *([dashed[1]] if dashed and _is_aside(dashed[1]) else [])]


def _is_aside(text: str) -> bool:
    return bool((VERSION_WORDS | VERSIONS_ASIDE | CREDITS) & set(words(text)))


def _plain(title: str) -> str:
    """The title without what is said aside."""
    bare = PART.sub(" ", ASIDE.sub(" ", title))
    dashed = DASHED.search(bare)
    return bare[: dashed.start()] if dashed and _is_aside(dashed[1]) else bare


def _share(wanted: Sequence[str], found: set[str]) -> float:
    return sum(word in found for word in wanted) / len(wanted)


def best_for_text(query: str, tracks: Sequence[Track]) -> tuple[Track | None, Match]:
    """The track to play for typed words, or None where no candidate is good enough; and the match that says why."""
    scored = [(track, text_score(query, track)) for track in tracks]
    best = max((score for _, score in scored), default=0.0)
    if best < ACCEPTED:
        nearest = sorted(scored, key=lambda pair: -pair[1])[:5]
        return None, Match(best, None, tuple(nearest), _refusal(scored, best))
    chosen, score = next(pair for pair in scored if pair[1] >= max(ACCEPTED, best - CLOSE))
    others = sorted((pair for pair in scored if pair[0] is not chosen), key=lambda pair: -pair[1])[:3]
    return chosen, Match(score, None, tuple(others), f"{score:.0%} of the words were found")


def queries_for(target: Track) -> Iterator[str]:
    """What to search for a known song: its main artist and title, then its title alone."""
    title = " ".join([*_plain(target.title).split(), *sorted(versions(target.title))]) or target.title
    if target.artists:
        yield f"{title} {target.artists[0].name}"
    yield title


def track_score(target: Track, candidate: Track, languages: Sequence[str] = ()) -> float:
    """How sure it is that two tracks are the same song, from 0 to 1; 0 where a gate is shut.

    `languages` are the wished ones: they gate a dub where the target's own language is not known.
    """
    if not (_same_version(target, candidate) and _same_length(target, candidate) and _same_people(target, candidate)):
        return 0.0
    sung_in = (target.language,) if target.language else languages
    if sung_in and candidate.language and candidate.language not in sung_in:
        return 0.0
    wanted, found = _core(target.title), _core(candidate.title)
    people = set(words(target.artist)) | set(words(candidate.artist))
    shared, missing, extra = wanted & found, found - wanted, (wanted - found) - people
    return round(len(shared) / max(1, len(shared) + len(missing) + len(extra)), 3)


def best_for_track(target: Track, tracks: Sequence[Track], languages: Sequence[str] = ()) -> tuple[Track | None, Match]:
    """The candidate that is the target, or None where none is sure enough; and the match that says why."""
    scored = sorted(((track, track_score(target, track, languages)) for track in tracks), key=lambda pair: -pair[1])
    best = scored[0][1] if scored else 0.0
    if best < SURE:
        return None, Match(best, target, tuple(scored[:5]), _refusal(scored, best, SURE))
    reason = f"title, artist and duration agree with {target.id}"
    return scored[0][0], Match(best, target, tuple(scored[1:4]), reason)


def is_same_recording(one: Track, other: Track) -> bool:
    """Whether two tracks, of one service or of two, are to be shown once."""
    return abs(one.duration - other.duration) <= 3 and track_score(one, other) == 1.0


def _core(title: str) -> set[str]:
    """A title's words, without its version, its brackets, and what follows a bar or "feat."."""
    return set(words(_plain(title))) - NOISE - versions(title) or set(words(title))


def _same_version(target: Track, candidate: Track) -> bool:
    return versions(target.title) == versions(candidate.title)


def _same_length(target: Track, candidate: Track) -> bool:
    return abs(target.duration - candidate.duration) <= max(SLACK_SECONDS, SLACK_SHARE * target.duration)


def _same_people(target: Track, candidate: Track) -> bool:
    """Whether an artist of one stands among the other's, or, as in a video's title, in its title."""
    there = set(words(candidate.artist)) | set(words(candidate.title))
    here = set(words(target.artist)) | set(words(target.title))
    return _names_one(target, there) or _names_one(candidate, here)


def _names_one(track: Track, place: set[str]) -> bool:
    names = [set(words(artist.name)) for artist in track.artists]
    return any(name and name <= place for name in names)


def _refusal(scored: Sequence[tuple[Track, float]], best: float, accepted: float = ACCEPTED) -> str:
    if not scored:
        return "nothing was found"
    return f"the nearest of {len(scored)} has a score of {best:.2f}, under {accepted}"
