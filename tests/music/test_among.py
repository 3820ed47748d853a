"""What the other tracks of a list tell of one that answers typed words."""

from music.matching import best_for_text
from tests.accuracy.cases import song

ORLA, KAVISH = "Orla Fenwright", "Kavish Tarwali"
PLAIN = song("Paper Boat", ORLA)
REMIX = song("Paper Boat (Remix)", f"{ORLA};{KAVISH}")


def test_a_version_answers_whose_artist_the_song_itself_lacks() -> None:
    assert best_for_text("paper boat kavish tarwali", [PLAIN, REMIX])[0] is REMIX
    assert best_for_text("paper boat kavish tarwali", [REMIX])[0] is None
    assert best_for_text("paper boat kavish tarwali", [song("Lanterns", ORLA), REMIX])[0] is None


def test_a_version_does_not_answer_where_the_song_itself_has_the_artist() -> None:
    assert best_for_text("paper boat orla fenwright", [REMIX, PLAIN])[0] is PLAIN
    assert best_for_text("paper boat", [REMIX, PLAIN])[0] is PLAIN


def test_a_version_answers_an_artist_alone() -> None:
    assert best_for_text("kavish tarwali", [REMIX])[0] is REMIX
