"""The stand-in's catalogue holds what tests need of it, and is the same on every start."""

import hashlib
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.standin import catalogue
from tests.standin.catalogue import Kind, songs
from tests.standin.frames import BITRATES
from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.rows import has_internal_link, has_singers_only
from tests.standin.search import found, words

_FINGERPRINT = "import tests.test_standin_catalogue as here; print(here.fingerprint())"


def fingerprint() -> str:
    """One hash over all songs and their ids."""
    lines = (f"{song!r} {ids.pid(song)} {ids.file_stem(song)}" for song in songs())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_it_has_at_least_300_songs_and_no_two_are_the_same_row() -> None:
    assert len(songs()) >= 300
    assert len({song.key for song in songs()}) == len(songs())


def test_it_has_every_language_and_every_kind_of_recording() -> None:
    assert {"english", "hindi", "tamil", "punjabi", "telugu"} == {song.language for song in songs()}
    assert all(count >= 3 for count in Counter(song.kind for song in songs()).values())
    assert {song.kind for song in songs()} == set(Kind)


def test_it_is_the_same_in_another_process_with_other_hash_seeds() -> None:
    command = [sys.executable, "-c", _FINGERPRINT]
    root = Path(__file__).parents[1]
    seeds = ("1", "2")
    runs = [
        subprocess.run(command, env={"PYTHONHASHSEED": seed}, cwd=root, capture_output=True, check=True)
        for seed in seeds
    ]
    assert [run.stdout.decode().strip() for run in runs] == [fingerprint()] * 2


@pytest.mark.parametrize("of", [ids.pid, ids.song_token, ids.file_stem], ids=["pid", "token", "file"])
def test_no_two_songs_share_an_id_a_token_or_a_file(of: object) -> None:
    assert callable(of)
    assert len({of(song) for song in songs()}) == len(songs())


def test_no_two_albums_share_an_id() -> None:
    albums = {song.album for song in songs()}
    assert len({ids.album_id(album) for album in albums}) == len(albums)


def test_some_ids_begin_with_a_hyphen_or_underscore_and_some_tokens_hold_commas() -> None:
    assert {"-", "_"} <= {ids.pid(song)[0] for song in songs()}
    assert any("," in ids.song_token(song) for song in songs())


def test_the_odd_rows_are_there_and_are_few() -> None:
    for odd in (has_internal_link, has_singers_only, lambda song: not ids.vcode(song)):
        assert 1 <= sum(map(odd, songs())) <= len(songs()) // 10


def test_the_named_songs_are_ordinary_rows_without_oddities() -> None:
    for song in catalogue.NAMED:
        assert song in songs()
    assert not has_internal_link(catalogue.PLAIN)
    assert not has_singers_only(catalogue.PLAIN)
    assert sum(words(song.title) == words(catalogue.PLAIN.title) for song in songs()) == 1


def test_at_least_ten_titles_hold_the_word_love() -> None:
    assert sum("love" in words(song.title) for song in songs()) >= 10
    assert found("love")[0] is catalogue.LOVE[0]


def test_a_dub_has_the_length_of_its_original_and_another_language() -> None:
    for dub in (catalogue.DUB, catalogue.DUB_IN_BRACKETS):
        assert dub.duration == catalogue.DUB_ORIGINAL.duration
        assert dub.language != catalogue.DUB_ORIGINAL.language


def test_one_recording_on_two_albums_has_one_vcode_and_two_ids() -> None:
    single, compiled = catalogue.ORIGINAL_RELEASE, catalogue.COMPILATION
    assert single.recording == compiled.recording
    assert ids.pid(single) != ids.pid(compiled)
    codes = {ids.vcode(single), ids.vcode(compiled)} - {""}
    assert len(codes) == 1


def test_ringtones_are_shorter_than_a_minute_and_nothing_else_is() -> None:
    for song in songs():
        assert (song.duration < 60) == (song.kind is Kind.RINGTONE)
        assert song.best_bitrate in BITRATES
    assert (catalogue.SHORT.duration, catalogue.LONG.duration) == (60, 3600)


def test_search_knows_neither_case_nor_accents_nor_apostrophes() -> None:
    assert found("CAFE deja")[0] is catalogue.ACCENTED
    assert found("café déjà")[0] is catalogue.ACCENTED
    assert found("odell street raat")[0] is catalogue.ENTITIES


def test_search_finds_by_artist_and_by_album() -> None:
    assert catalogue.PLAIN in found(catalogue.PLAIN.artists[0])
    assert catalogue.PLAIN in found(catalogue.PLAIN.album.title)


def test_search_puts_songs_with_more_of_the_words_first() -> None:
    results = found("marmalade ringtone")
    assert results[0] is catalogue.RINGTONE
    assert catalogue.PLAIN in results


def test_search_finds_nothing_where_no_word_fits() -> None:
    assert found("qqqq xxxx") == ()
    assert found("") == ()


def test_the_four_covers_have_one_title_and_four_artists() -> None:
    assert found("letters to the lighthouse")[:4] == catalogue.COVERS
    assert len({song.artists for song in catalogue.COVERS}) == 4
