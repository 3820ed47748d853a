"""Whether two titles name one song, and which version each of them names. Pure.

The names are compared word by word (`names`, `pairs`). What is left over on one side decides: a version word is a
version, a number is another song.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from music.matching.language import vocabulary as known
from music.matching.language.words import FOREIGN, alike, all_alike, initial, script_of
from music.matching.reading.asides import Words
from music.matching.reading.films import names_film, part_of_film
from music.matching.reading.sides import Side, Version
from music.matching.reading.titles import Title
from music.matching.target.names import Name, cut_name, is_album, whole_name
from music.matching.target.pairs import paired

TOO_FEW = 0.86  # of the words in common: what brackets hold may be the name in another script
SAME_SONG_SECONDS = 8  # that a video may differ from its song, of which it leaves a subtitle out
FEWEST_BEHIND = 2  # words of a subtitle that stands behind a bar
LONGER_BY = 6  # letters, at most, that one spelling of a whole name is longer than another

_SMALL = frozenset("the a an and n".split())


@dataclass(frozen=True)
class Names:
    """Two titles compared: how alike the names are, 0..1, and the version and the language that each title names."""

    score: float
    here: Version
    there: Version
    languages: tuple[str, str]
    subtitle: float  # how alike what stands in brackets is: 1 the same, 0 two different things, 0.5 only one has it


def compare_names(here: Side, there: Side, folding: bool) -> Names:
    """The names of two titles, word by word; `folding` where spelling drifts."""
    names = _compare_all(here, there, folding)
    if not here.title.versions and not there.title.versions:
        return names
    one, two = part_of_film(here, there), part_of_film(there, here)
    if not one and not two:
        return names
    versions = (Version(told.kinds - part, told.whose) for told, part in ((names.here, one), (names.there, two)))
    return replace(names, here=next(versions), there=next(versions))


def _compare_all(here: Side, there: Side, folding: bool) -> Names:
    names = _compare_names(here, there, folding)
    if names.score >= TOO_FEW or not (here.title.subtitle or there.title.subtitle):
        return names
    one, two = (
        Name(_translation(side.title) or whole_name(side.title).said, Version(side.title.versions, side.title.whose))
        for side in (here, there)
    )
    return max(names, _compared(one, two, here, there, folding), key=lambda found: found.score)


def _compare_names(here: Side, there: Side, folding: bool) -> Names:
    all_of_one, all_of_two = whole_name(here.title), whole_name(there.title)
    whole = _compared(all_of_one, all_of_two, here, there, folding)
    if len(here.title.parts) + len(there.title.parts) == 2 and not _has_more(here, there):
        return whole
    one, two = cut_name(here, there), cut_name(there, here)
    cut = _compared(one, two, here, there, folding)
    is_shorter = (here.title.video and one.said != all_of_one.said) or (
        there.title.video and two.said != all_of_two.said
    )
    best = cut if is_shorter else max(cut, whole, key=lambda names: names.score)
    if best.score < TOO_FEW and bool(one.head) != bool(two.head):
        return _headed(one, two, here, there, folding) or best
    return best


def _headed(one: Name, two: Name, here: Side, there: Side, folding: bool) -> Names | None:
    """As compared by what stands before the dash that one side has, the rest being a subtitle; None for other names."""
    one, two = (replace(name, said=name.head or name.said) for name in (one, two))
    found = _compared(one, two, here, there, folding)
    most = 1.0 if _is_of_film(here, there) else 0.5
    return replace(found, subtitle=min(found.subtitle, most)) if found.score >= FOREIGN else None


def _is_of_film(video: Side, song: Side) -> bool:
    """Whether a video of the song's length names its film: one film has hardly two songs with the same head."""
    if not video.track.is_video or abs(video.track.duration - song.track.duration) > SAME_SONG_SECONDS:
        return False
    parts = video.title.parts
    return names_film(video, song) or (len(parts) > 1 and is_album(parts[0], video, song))


def _translation(title: Title) -> Words:
    """A name that brackets repeat in another script, as in "봄바람 (Bom Baram)"; () where none does."""
    asides = [aside for aside in title.asides if aside.kind == "other"]
    for piece in (title.name, *title.name.split(" - ")) if asides else ():
        script = script_of(piece)
        if found := next((aside.said for aside in asides if script_of(aside.text) != script), ()):
            return found
    return ()


def _has_more(here: Side, there: Side) -> bool:
    return any(side.title.tails or side.title.behind for side in (here, there))


def _compared(one: Name, two: Name, here: Side, there: Side, folding: bool) -> Names:
    total, left, right = paired(one.said, two.said, folding)
    count = len(one.said) - len(left)
    if not count and not (here.title.subtitle or there.title.subtitle) and not _run_on(one, two, here, there, folding):
        return Names(0.0, one.version, two.version, (here.title.language, there.title.language), 1.0)
    left, gained = _unsubtitled(left, there.title.subtitle)
    right, gained_too = _unsubtitled(right, here.title.subtitle)
    version, left = _spoken(one.version, left, two.version)
    other, right = _spoken(two.version, right, one.version)
    languages = _named_language(left) or here.title.language, _named_language(right) or there.title.language
    left = _meaningful(left, here, there)
    right = _meaningful(right, there, here)
    numbers = any(word.isdigit() or known.numeral(word) for word in (*left, *right))
    if (left or right) and (not numbers or (left and right)) and _run_on(one, two, here, there, folding):
        total, count, left, right, numbers = 0.95, 1, [], [], False
    if numbers or not count + gained + gained_too:
        score = 0.0
    else:
        found = total + gained + gained_too
        score = found / (count + gained + gained_too + len(left) + len(right))
    return Names(score, version, other, languages, _subtitles(here, there, gained + gained_too))


def _unsubtitled(rest: list[str], subtitle: frozenset[str]) -> tuple[list[str], int]:
    """The words without those that the other side has in brackets, and their number."""
    kept = [word for word in rest if word not in subtitle]
    return kept, len(rest) - len(kept)


def _spoken(version: Version, rest: list[str], other: Version) -> tuple[Version, list[str]]:
    """The version with what a name says of it without brackets ("Paper Boat Remix"), and the words left."""
    kinds = {known.SYNONYMS.get(word, word) for word in rest if word in known.VERSION_WORDS}
    kept = [word for word in rest if word not in known.VERSION_WORDS]
    if kinds or version.kinds:
        whose = {word for word in kept if word in other.whose}
        kept = [word for word in kept if word not in whose and word not in known.FILLERS and word != "version"]
        return Version(version.kinds | kinds, version.whose | whose), kept
    return version, kept


def _named_language(rest: Sequence[str]) -> str:
    return next((known.LANGUAGES[word] for word in rest if word in known.LANGUAGES), "")


def _meaningful(rest: list[str], side: Side, other: Side) -> list[str]:
    """The words left of one side that make it another name; a video names people, film and language besides."""
    sung = {other.title.language, other.track.language if side.title.video else ""} - {""}
    kept = [word for word in rest if word not in _SMALL and known.LANGUAGES.get(word) not in sung]
    if not side.title.video:
        return kept
    besides = side.context | other.context | side.title.free | {"by"}
    return [word for word in kept if word not in besides]


def _run_on(one: Name, two: Name, here: Side, there: Side, folding: bool) -> bool:
    """Whether only the spaces differ, as in Tramstop, or in a script that has none."""
    left, right = _joined(one.said, here.title.free), _joined(two.said, there.title.free)
    first, other = initial(left), initial(right)
    if not left or not right or (first and other and (first != other or abs(len(left) - len(right)) > LONGER_BY)):
        return False
    return bool(alike(left, right, folding))


def _joined(said: Words, free: frozenset[str]) -> str:
    return "".join(word for word in said if word not in _SMALL and word not in free)


def _not_behind(subtitle: frozenset[str], other: Side) -> frozenset[str]:
    """The words in brackets, none where they stand behind a bar of the other: a video names there what brackets would.

    One word stands there by chance, as "Sufi" of "Latest Sufi Song".
    """
    if len(subtitle) < FEWEST_BEHIND:
        return subtitle
    return frozenset() if any(all_alike(subtitle, piece) for piece in other.title.behind) else subtitle


def _subtitles(here: Side, there: Side, used: int) -> float:
    known_names = here.context | there.context
    one, two = here.title.subtitle - known_names, there.title.subtitle - known_names
    if not one or not two:
        one, two = _not_behind(one, there), _not_behind(two, here)
    if one == two or used or _translation(here.title) or _translation(there.title):
        return 1.0
    return 0.0 if one and two and not one & two else 0.5
