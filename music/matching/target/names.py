"""Which words of a title are the song's own name, and which an artist's, a film's or an album's. Pure.

A title alone does not say where the name ends: "Orla Fenwright - Paper Boat" is a name after a singer, "Paper Boat -
Harbour Lights" one before a film. The artists and albums of both tracks settle it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from music.matching.language import vocabulary as known
from music.matching.language.words import all_alike, words
from music.matching.reading.asides import Words, not_the_song
from music.matching.reading.films import film_words, initials_of, presents, same_words
from music.matching.reading.people import in_each_script, name_of, same_name
from music.matching.reading.sides import Side, Version
from music.matching.reading.titles import Title, free_words
from music.matching.target.pairs import paired

_BESIDE_NAMES = known.VERSION_WORDS | known.INSTRUMENTS


@dataclass(frozen=True)
class Name:
    """A song's name as one side gives it, and the version beside it; `head` is what stands before a dash in it."""

    said: Words
    version: Version
    head: Words = ()


def whole_name(title: Title) -> Name:
    """All of the title as the name, whoever else it names."""
    said = tuple(word for part in title.parts for word in part)
    return Name(said, Version(title.versions, title.whose))


def cut_name(side: Side, other: Side) -> Name:
    """The name without the pieces that are an artist's, a film's or an album's.

    Where only those stand before a version, as in "Oasis - Live", the version is the name; where only those stand
    before a bar or a bracket, the name follows.
    """
    title = side.title
    kept = [part for part in title.parts if not _is_people(part, side, other)]
    if len(kept) > 1 and title.video and presents(kept[0], side, other):
        kept = kept[1:]
    if len(kept) > 1:
        kept = [part for part in kept if not is_album(part, side, other)] or kept[:1]
    if len(kept) > 1 and title.video and _is_all(kept[0], kept[1:], side, other):
        kept = kept[:1]
    if kept and not _leads_with_film(kept, side, other):
        head = kept[0] if len(kept) > 1 and not title.video and _is_subtitle(kept[1:]) else ()
        return Name(tuple(word for part in kept for word in part), Version(title.versions, title.whose), head)
    return _version_as_name(title) or _name_beside(side, other) or whole_name(title)


def _version_as_name(title: Title) -> Name | None:
    versions = [aside for aside in title.tails if aside.kind in ("version", "credit")]
    if not versions:
        return None
    rest = [*title.asides, *versions[1:]]
    kinds = frozenset().union(*(aside.versions for aside in rest))
    return Name(tuple(words(versions[0].text)), Version(kinds, frozenset().union(*(aside.whose for aside in rest))))


def _name_beside(side: Side, other: Side) -> Name | None:
    """The name that stands in brackets or behind a bar."""
    title = side.title
    held = (aside.said for aside in title.asides if aside.kind == "other")
    named = next((said for said in (*held, *title.behind) if said and not _is_people(said, side, other)), None)
    if not named or len(title.parts) > 1:
        return None
    free = free_words((named,)) if title.video else frozenset()
    return Name(tuple(word for word in named if word not in free), Version(title.versions, title.whose))


def _leads_with_film(kept: Sequence[Words], side: Side, other: Side) -> bool:
    """Whether a video names the other's film before the bar, and the song behind it."""
    if not side.title.behind or not side.title.video or len(kept) > 1 or len(side.title.parts) > 1:
        return False
    if not is_album(kept[0], side, other):
        return False
    _, _, missing = paired(kept[0], whole_name(other.title).said, folding=True)
    return bool(missing)


def own_name(side: Side, other: Side) -> Words:
    """The words of a song's name alone, without people, film and what a video adds, as far as the two sides know."""
    said = cut_name(side, other).said
    return tuple(word for word in said if word not in side.title.free) or said


def _is_all(part: Words, rest: Sequence[Words], side: Side, other: Side) -> bool:
    """Whether a video's piece is all of the other's name, and the rest tells of the film's cast and crew.

    As in "Paper Boat - Harbour Lights - Devrat, Devika - Old Songs". The film has to be named, or a dash may
    part the name itself.
    """
    said = [word for piece in rest for word in piece]
    if not _is_subtitle(rest) or not_the_song(" ".join(said), said) or not _BESIDE_NAMES.isdisjoint(said):
        return False
    _, left, missing = paired(part, whole_name(other.title).said, folding=True)
    return side.title.free.issuperset(left) and not missing and _names_its_film(part, side.title, other)


def _names_its_film(part: Words, title: Title, other: Side) -> bool:
    """Whether a title has all words of the other's album or film, which has another name than the song."""
    said = {word for piece in (*title.parts, *title.behind) for word in piece}
    films = [film for film in (*other.albums, tuple(other.title.film)) if not set(film) <= set(part)]
    return any(all_alike(film, said) for film in films)


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


def is_album(part: Words, side: Side, other: Side) -> bool:
    """Whether a piece of a title is an album or a film of either side."""
    albums = (*other.albums, tuple(side.title.film), tuple(other.title.film), *side.albums)
    said = set(part)
    bare = film_words(part, other.track.language) if side.title.video else said
    if any(same_words(set(album), one) for album in albums for one in (said, bare)):
        return True
    shortened = (*map("".join, albums), *map(initials_of, (*other.albums, *side.albums)))  # as in #HarbourLights
    return len(part) == 1 and part[0] in shortened
