"""Whether two titles name one song, and which version each of them names. Pure.

A title alone does not say where the name ends: "Orla Fenwright - Paper Boat" is a name after a singer, "Paper Boat -
Harbour Lights" one before a film. The artists and albums of both tracks settle it. What is left over on one side
decides: a version word is a version, a number is another song.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from music.matching.language import vocabulary as known
from music.matching.language.words import EXACT, FOREIGN, alike, initial, script_of, words
from music.matching.reading.asides import Words, not_the_song
from music.matching.reading.films import film_words, names_film, part_of_film, presents
from music.matching.reading.people import in_each_script, name_of, same_name
from music.matching.reading.sides import Side, Version, side_of, version_of_album
from music.matching.reading.titles import Title, free_words

__all__ = ["Names", "Side", "Version", "compare_names", "side_of", "version_of_album"]

TOO_FEW = 0.86  # of the words in common: what brackets hold may be the name in another script
SAME_SONG_SECONDS = 8  # that a video may differ from its song, of which it leaves a subtitle out
LONGER_BY = 6  # letters, at most, that one spelling of a whole name is longer than another

_SMALL = frozenset("the a an and n".split())
_BESIDE_NAMES = known.VERSION_WORDS | known.INSTRUMENTS


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
        Name(_translation(side.title) or _whole(side.title).said, Version(side.title.versions, side.title.whose))
        for side in (here, there)
    )
    return max(names, _compared(one, two, here, there, folding), key=lambda found: found.score)


def _compare_names(here: Side, there: Side, folding: bool) -> Names:
    all_of_one, all_of_two = _whole(here.title), _whole(there.title)
    whole = _compared(all_of_one, all_of_two, here, there, folding)
    if len(here.title.parts) + len(there.title.parts) == 2 and not _has_more(here, there):
        return whole
    one, two = _cut(here, there), _cut(there, here)
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
    return names_film(video, song) or (len(parts) > 1 and _is_album(parts[0], video, song))


def _translation(title: Title) -> Words:
    """A name that brackets repeat in another script, as in "봄바람 (Bom Baram)"; () where none does."""
    asides = [aside for aside in title.asides if aside.kind == "other"]
    for piece in (title.name, *title.name.split(" - ")) if asides else ():
        script = script_of(piece)
        if found := next((aside.said for aside in asides if script_of(aside.text) != script), ()):
            return found
    return ()


@dataclass(frozen=True)
class Name:
    """A song's name as one side gives it, and the version beside it; `head` is what stands before a dash in it."""

    said: Words
    version: Version
    head: Words = ()


def _whole(title: Title) -> Name:
    said = tuple(word for part in title.parts for word in part)
    return Name(said, Version(title.versions, title.whose))


def _has_more(here: Side, there: Side) -> bool:
    return any(side.title.tails or side.title.behind for side in (here, there))


def _cut(side: Side, other: Side) -> Name:
    """The name without the pieces that are an artist's, a film's or an album's.

    Where only those stand before a version, as in "Oasis - Live", the version is the name; where only those stand
    before a bar or a bracket, the name follows.
    """
    title = side.title
    kept = [part for part in title.parts if not _is_people(part, side, other)]
    if len(kept) > 1 and title.video and presents(kept[0], side, other):
        kept = kept[1:]
    if len(kept) > 1:
        kept = [part for part in kept if not _is_album(part, side, other)] or kept[:1]
    if kept and not _leads_with_film(kept, side, other):
        head = kept[0] if len(kept) > 1 and not title.video and _is_subtitle(kept[1:]) else ()
        return Name(tuple(word for part in kept for word in part), Version(title.versions, title.whose), head)
    versions = [aside for aside in title.tails if aside.kind in ("version", "credit")]
    if versions:
        said = versions[0]
        rest = [*title.asides, *versions[1:]]
        kinds = frozenset().union(*(aside.versions for aside in rest))
        return Name(tuple(words(said.text)), Version(kinds, frozenset().union(*(aside.whose for aside in rest))))
    held = (aside.said for aside in title.asides if aside.kind == "other")
    named = next((said for said in (*held, *title.behind) if said and not _is_people(said, side, other)), None)
    if not named or len(title.parts) > 1:
        return _whole(title)
    free = free_words((named,)) if title.video else frozenset()
    return Name(tuple(word for word in named if word not in free), Version(title.versions, title.whose))


def _leads_with_film(kept: Sequence[Words], side: Side, other: Side) -> bool:
    """Whether a video names the other's film before the bar, and the song behind it."""
    if not side.title.behind or not side.title.video or len(kept) > 1 or len(side.title.parts) > 1:
        return False
    if not _is_album(kept[0], side, other):
        return False
    _, _, missing = paired(kept[0], _whole(other.title).said, folding=True)
    return bool(missing)


def own_name(side: Side, other: Side) -> Words:
    """The words of a song's name alone, without people, film and what a video adds, as far as the two sides know."""
    said = _cut(side, other).said
    return tuple(word for word in said if word not in side.title.free) or said


def _is_subtitle(parts: Sequence[Words]) -> bool:
    """Whether pieces after a dash name neither a version nor a number nor a language."""
    said = {word for part in parts for word in part}
    spoken = known.VERSION_WORDS | known.LANGUAGES.keys()
    return spoken.isdisjoint(said) and not any(map(known.numeral, said))


def _is_people(part: Words, side: Side, other: Side) -> bool:
    """Whether a piece of a title consists of artists' names, at least one of them whole."""
    names = side.people + other.people
    bare = name_of(" ".join(word for word in part if word not in side.title.free) or " ".join(part))
    sung = {side.track.language, other.track.language} - {""}
    dashed = len(side.title.parts) > 1
    if any(same_name(bare, name) and _adds_little(bare, name, sung, dashed) for name in names):
        return True
    if side.title.video and len(side.title.parts) > 1 and any(one in names for one in in_each_script(bare)):
        return True
    whole = [name for name in names if set(name) <= set(bare)]
    return bool(whole) and set(bare) <= {word for name in names for word in name}


def _adds_little(said: Words, name: Words, sung: set[str], dashed: bool) -> bool:
    """Whether a name stands alone, but for noise: "Paper Boat Orla Fenwright" is a song's name too.

    What a dash sets apart may go on after the name, as in "Orla Fenwright x Marlo - ", or have one word before it. A
    performance, as in "Orla Fenwright Live", and a language that is not `sung` are always too much.
    """
    more = [word for word in said if word not in name]
    if not more:
        return len(said) >= len(name)
    spoken = {known.LANGUAGES[word] for word in more if word in known.LANGUAGES}
    if (sung and not spoken <= sung) or _BESIDE_NAMES.intersection(more) or not_the_song(" ".join(more), more):
        return False
    if dashed and said[: len(name)] == name:
        return True
    noise = sum(word in known.NOISE or word in known.BETWEEN or word in known.LANGUAGES for word in more)
    return 0 <= len(said) - noise - len(name) <= (1 if dashed and len(name) > 1 else 0)


def _is_album(part: Words, side: Side, other: Side) -> bool:
    albums = (*other.albums, tuple(side.title.film), tuple(other.title.film), *side.albums)
    bare = film_words(part, other.track.language) if side.title.video else set(part)
    if any(album and set(album) in (set(part), bare) for album in albums):
        return True
    return len(part) == 1 and part[0] in map("".join, albums)  # as in #HarbourLights


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


def paired(one: Words, other: Words, folding: bool) -> tuple[float, list[str], list[str]]:
    """The strengths of all pairs together, and the words of either side that have none."""
    left, right = list(one), list(other)
    total = 0.0
    for word in one:
        if word in right:
            right.remove(word)
            left.remove(word)
            total += EXACT
    for word in tuple(left):
        first = initial(word)
        near = [there for there in right if not first or initial(there) in (first, "")]
        strength, found = max(((alike(word, there, folding), there) for there in near), default=(0.0, ""))
        if strength:
            right.remove(found)
            left.remove(word)
            total += strength
    return total, left, right


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


def _subtitles(here: Side, there: Side, used: int) -> float:
    known_names = here.context | there.context
    one, two = here.title.subtitle - known_names, there.title.subtitle - known_names
    if one == two or used or _translation(here.title) or _translation(there.title):
        return 1.0
    return 0.0 if one and two and not one & two else 0.5
