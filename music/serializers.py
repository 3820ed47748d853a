"""How domain objects look in JSON: the API's shapes.

Plain functions that name every field: what is not named here is never shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from music.domain import Album, Artist, Attempt, Item, Kind, Listing, Lyrics, Match, Page, Playlist, Track
from music.models import MatchReport
from music.playback import Stream
from music.status import Status


def item_json(item: Item) -> dict[str, Any]:
    """A track, an album, a playlist or an artist."""
    match item:
        case Track():
            return track_json(item)
        case Album():
            return album_json(item)
        case Playlist():
            return playlist_json(item)
        case Artist():
            return artist_json(item)


def kind_of(item: Item) -> Kind:
    """The name of an item's kind."""
    kinds: dict[type[Item], Kind] = {Track: "track", Album: "album", Playlist: "playlist", Artist: "artist"}
    return kinds[type(item)]


def track_json(track: Track) -> dict[str, Any]:
    """Track, as section 4 of the API's reference has it."""
    return {
        "id": track.id,
        "source": track.source,
        "title": track.title,
        "artist": track.artist,
        "artists": [{"id": artist.id, "name": artist.name} for artist in track.artists],
        "album": {"id": track.album.id, "title": track.album.title} if track.album else None,
        "duration": track.duration,
        "year": track.year,
        "language": track.language,
        "explicit": track.explicit,
        "thumbnail": track.thumbnail,
        "url": track.url,
        "isrc": track.isrc,
    }


def album_json(album: Album) -> dict[str, Any]:
    """Album, without its tracks."""
    return {
        "id": album.id,
        "source": source_of(album.id),
        "title": album.title,
        "artist": album.artist,
        "artists": [{"id": artist.id, "name": artist.name} for artist in album.artists],
        "year": album.year,
        "language": album.language,
        "explicit": album.explicit,
        "thumbnail": album.thumbnail,
        "url": album.url,
        "total": album.total,
    }


def playlist_json(playlist: Playlist) -> dict[str, Any]:
    """Playlist, without its tracks."""
    return {
        "id": playlist.id,
        "source": source_of(playlist.id),
        "title": playlist.title,
        "owner": playlist.owner,
        "thumbnail": playlist.thumbnail,
        "url": playlist.url,
        "total": playlist.total,
    }


def artist_json(artist: Artist) -> dict[str, Any]:
    """Artist, without the top songs."""
    return {
        "id": artist.id,
        "source": source_of(artist.id),
        "name": artist.name,
        "thumbnail": artist.thumbnail,
        "url": artist.url,
    }


def listing_json(listing: Listing, page: int) -> dict[str, Any]:
    """An album, a playlist or an artist with one page of its tracks."""
    tracks: Page[Track] = listing.tracks
    return item_json(listing.item) | {
        "tracks": [track_json(track) for track in tracks.items],
        "page": page,
        "has_more": tracks.has_more,
        "total": tracks.total,
        "truncated": tracks.truncated,
    }


def lyrics_json(lyrics: Lyrics) -> dict[str, Any]:
    """Lyrics: the words plain, and with their times in the LRC format."""
    return {
        "track": lyrics.track,
        "plain": lyrics.plain,
        "synced": lyrics.synced,
        "instrumental": lyrics.instrumental,
        "source": lyrics.source,
    }


def source_of(identifier: str) -> str:
    """The source that an id names."""
    return identifier.partition(":")[0]


def stream_json(stream: Stream) -> dict[str, Any]:
    """Stream: our link, what it plays, and the service's own link while it lives."""
    return {
        "url": stream.url,
        "delivery": stream.delivery,
        "mime": stream.mime,
        "codec": stream.codec,
        "bitrate": stream.bitrate,
        "size": stream.size,
        "expires_at": time_json(stream.expires_at),
        "direct_url": stream.direct_url,
        "direct_expires_at": time_json(stream.direct_expires_at),
    }


def match_json(match: Match) -> dict[str, Any]:
    """Match: how sure, of what was asked, and what else it could have been."""
    return {
        "score": match.score,
        "requested": track_json(match.requested) if match.requested else None,
        "alternatives": alternatives_json(match),
        "reason": match.reason,
    }


def alternatives_json(match: Match) -> list[dict[str, Any]]:
    """The next best candidates with their scores."""
    return [{"track": track_json(track), "score": score} for track, score in match.alternatives]


def attempts_json(attempts: Iterable[Attempt]) -> list[dict[str, Any]]:
    """Each step that was asked of a source; `ms` is its duration."""
    return [
        {"source": attempt.source, "outcome": attempt.outcome, "ms": attempt.ms, "detail": attempt.detail}
        for attempt in attempts
    ]


def status_json(status: Status) -> dict[str, Any]:
    """A source as it was measured; `success` is a share from 0 to 1 of `calls` calls."""
    figures = status.figures
    return {
        "source": status.source,
        "state": status.state,
        "p50_ms": figures.p50_ms,
        "p95_ms": figures.p95_ms,
        "success": figures.success,
        "calls": figures.calls,
        "last_success": _unix_json(status.last_success),
        "last_canary": _unix_json(status.last_canary),
        "reason": status.reason,
    }


def report_json(report: MatchReport) -> dict[str, Any]:
    """A report as it is kept: `times` counts how often the same one came."""
    return {"id": report.pk, "state": report.state, "times": report.times}


def _unix_json(seconds: float | None) -> str | None:
    return None if seconds is None else time_json(datetime.fromtimestamp(seconds, UTC))


def time_json(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC, to the second."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
