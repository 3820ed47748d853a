"""The calls for songs that go on from one, and for what many hear: recommendations, stations, trends."""

import json
from collections.abc import Iterable, Iterator

from tests.standin.catalogue import songs
from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.albums import album_trend
from tests.standin.jiosaavn.call import Call, missing
from tests.standin.jiosaavn.playlists import LISTED, playlist_row
from tests.standin.jiosaavn.rows import Row, row
from tests.standin.song import Kind, Song, pick

_MOST_RELATED, _MOST_TRENDING = 16, 24


def has_recommendations(song: Song) -> bool:
    """Whether the service recommends anything after it (not after about 1 in 4)."""
    return pick(1, 4, "recommendations", song.key) > 1


def has_station(song: Song) -> bool:
    """Whether the service makes a station of it (not of about 1 in 6)."""
    return pick(1, 6, "station", song.key) > 1


def related(song: Song) -> tuple[Song, ...]:
    """Originals in the language of a song, always the same ones."""
    others = (other for other in songs() if other.kind is Kind.ORIGINAL and other.language == song.language)
    ranked = sorted(others, key=lambda other: pick(0, 10**9, "related", song.key, other.key))
    return tuple(other for other in ranked if other.key != song.key)[:_MOST_RELATED]


def recommendations(call: Call) -> object:
    """`reco.getreco`: `pid`; a bare list."""
    if not call.text("pid"):
        return missing("pid")
    song = ids.song_of_pid().get(call.text("pid"))
    return [call.row(other) for other in related(song)] if song and has_recommendations(song) else []


def create_station(call: Call) -> object:
    """`webradio.createEntityStation`: `entity_id`, a JSON list of ids; of the app's context only."""
    pids = _list_of(call.text("entity_id")) if call.text("ctx") == "android" else []
    known = [ids.song_of_pid()[pid] for pid in pids if pid in ids.song_of_pid()]
    return {"stationid": ids.station_id(known[0]) if known and has_station(known[0]) else ""}


def station_songs(call: Call) -> object:
    """`webradio.getSong`: `stationid`, and `k`, how many; a single one is not numbered."""
    station = call.text("stationid")
    seed = next((song for song in songs() if ids.station_id(song) == station), None)
    if seed is None or call.text("ctx") != "android":
        return {"stationid": ""}
    rows = [{"song": _played(song, call)} for song in (seed, *related(seed))[: call.number("k", 1)]]
    if call.number("k", 1) == 1:
        return {**rows[0], "stationid": station}
    return {**{str(number): entry for number, entry in enumerate(rows)}, "stationid": station}


def trends(call: Call) -> object:
    """`content.getTrending`: `entity_type` and `entity_language`; without the first, songs, albums and playlists."""
    best = sorted(_in(call.text("entity_language")), key=lambda song: song.play_count, reverse=True)
    if call.text("entity_type") == "song":
        return [call.row(song) for song in best[:_MOST_TRENDING]]
    return list(_mixed(best[:_MOST_TRENDING], call))


def _mixed(best: Iterable[Song], call: Call) -> Iterator[Row]:
    for number, song in enumerate(best):
        if number % 4 == 3:
            yield call.row(song)
        elif number % 4 == 1:
            yield playlist_row(LISTED[number % len(LISTED)], call.addresses)
        else:
            yield album_trend(song.album, call.addresses)


def _in(language: str) -> tuple[Song, ...]:
    return tuple(song for song in songs() if language in ("", song.language))


def _played(song: Song, call: Call) -> Row:
    """A station's row: its count is a number, and its link of the old form."""
    path = f"s/song/{song.language}/{ids.slug(song.album.title)}/{ids.slug(song.title)}/{ids.song_token(song)}"
    link = f"{call.addresses.pages}/{path}"
    return {**row(song, call.addresses, "radio"), "play_count": song.play_count, "perma_url": link}


def _list_of(text: str) -> list[str]:
    try:
        listed = json.loads(text)
    except ValueError:
        return []
    return [entry for entry in listed if isinstance(entry, str)] if isinstance(listed, list) else []
