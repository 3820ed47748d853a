"""What a caller's text is: a track id, a link, or words to search for. Pure.

- A text that holds one link of a service that we know is that link, whatever stands around it: people forward what an
  app's "share" wrote. Two links to different things are refused rather than guessed at.
- A text that holds only links that we cannot read is refused as well: an address finds no song when it is searched for.
- A bare word of 11 characters is a YouTube id if it holds a digit, `-` or `_`, or mixes case after its first letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from music.linkforms import READERS, Link, ShortLink, UnsupportedLink, named

__all__ = ["Link", "ShortLink", "Text", "TrackId", "UnsupportedLink", "read", "read_link", "track_id"]

TRACK_ID = re.compile(r"(jiosaavn|spotify|youtube):[A-Za-z0-9_,-]{1,64}")
VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}")
HOSTS = "|".join(re.escape(host) for host in READERS)
# What may not stand before a link: in `https://other.example/?u=https://youtu.be/…` the inner one is not the caller's.
LINKS = re.compile(
    rf"""(?<![A-Za-z0-9_=/?&%@.\#+~\\-])
    (?: https?:/{{1,2}}[^\s/]
      | (?:(?<!:)//)?www\.(?:[a-z0-9-]+\.)+[a-z]
      | (?:(?<!:)//)?(?:{HOSTS})\.?(?::[0-9]+)?/
      | spotify:(?://)?[a-z]+[:/]
    )\S*""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
# Links of others: by their scheme, or one word of a host under a usual top-level domain, and a path.
FOREIGN = re.compile(
    rf"""https?: | [a-z][a-z0-9+.-]*:// | (?:{HOSTS})\Z
    | (?:[a-z0-9-]+\.)+(?:app|be|co|com|fm|gl|in|io|link|ly|me|net|org|page|to|tv)(?::[0-9]+)?[/?\#@]\S*\Z""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
UNSEEN = "\u200b\u200e\u200f\u2060\ufeff"  # marks that chats put around what they forward
WRAPPING = UNSEEN + " \t\r\n<>()[]\"'"


@dataclass(frozen=True)
class TrackId:
    """A track by the id that this API gave it."""

    source: str
    native: str

    def __str__(self) -> str:
        return f"{self.source}:{self.native}"


@dataclass(frozen=True)
class Text:
    """Words to search for."""

    query: str


def read(text: str) -> TrackId | Link | ShortLink | Text:
    """What the text is. Raises `UnsupportedLink` for a link that names nothing to play, and nothing else."""
    words = " ".join(text.strip(UNSEEN).split())
    if TRACK_ID.fullmatch(words):
        return track_id(words)
    if VIDEO_ID.fullmatch(words) and _is_no_word(words):
        return TrackId("youtube", words)
    links = [found[0] for found in LINKS.finditer(words)]
    if links:
        return _only(links)
    if FOREIGN.match(words):
        raise UnsupportedLink
    return Text(words)


def read_link(text: str) -> Link | ShortLink:
    """What an address names. Raises `UnsupportedLink` for all but a link of a service that we know: for words, too."""
    return named(text.strip(WRAPPING))


def track_id(text: str) -> TrackId:
    """The parts of `source:native`. Raises `ValueError` where the text has another form."""
    if not TRACK_ID.fullmatch(text):
        raise ValueError("not of the form source:id")
    source, _, native = text.partition(":")
    return TrackId(source, native)


def _is_no_word(text: str) -> bool:
    """Whether an id is likelier than a word: "despacitooo", "Despacitooo" and "DESPACITOOO" are words."""
    rest = text[1:]
    return not text.isalpha() or not (rest.islower() or rest.isupper())


def _only(links: list[str]) -> Link | ShortLink:
    """The one thing that the links name; those that name nothing are passed over where another names something."""
    things: dict[Link | ShortLink, None] = {}
    errors = []
    for link in links:
        try:
            things[named(link)] = None
        except UnsupportedLink as error:
            errors.append(error)
    if len(things) > 1:
        raise UnsupportedLink("There is more than one link in this text: send one.")
    if not things:
        raise errors[0]
    return next(iter(things))
