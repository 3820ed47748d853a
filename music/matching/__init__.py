"""Is this candidate the wanted song? Pure: no Django, and nothing is asked of anybody.

language/  how alike two words are, in any script and spelling; which words mean a version, a genre, an advertisement
reading/   what a title, a name and a film say, before anything is compared
target/    a song that is known, by title, artists and length: gates, likeness, copies, the choice
typed/     words that somebody typed: what they ask for, how well a song answers them, the choice
"""

from music.matching.matches import nothing
from music.matching.target.choice import best_for_track
from music.matching.target.copies import is_same_recording
from music.matching.target.queries import queries_for
from music.matching.typed.choice import TextChoice, best_for_text

__all__ = [
    "TextChoice",
    "best_for_text",
    "best_for_track",
    "is_same_recording",
    "nothing",
    "queries_for",
]
