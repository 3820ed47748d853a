"""The calls of www.youtube.com: `/player` for each of the service's apps, `/visitor_id`, and oEmbed."""

from dataclasses import replace

from tests.standin.messages import Answer, Request, json_answer, text_answer
from tests.standin.song import Song
from tests.standin.youtube import ids, media, specials
from tests.standin.youtube.asked import Call, Json
from tests.standin.youtube.shelf import song_of_id
from tests.standin.youtube.specials import SPECIALS, Special

VISITOR = "CgtTdGFuZEluVmlzaXRvciij2N7LBjIKCgJJThIEGgAgYw%3D%3D"
NOT_AVAILABLE = "This video is not available"
_CODECS = {"139": "mp4a.40.5", "140": "mp4a.40.2"}


def player(call: Call) -> Json:
    """What an app is told of a video."""
    video = call.text("videoId")
    song, special = song_of_id().get(video), SPECIALS.get(video)
    if song:
        return _playing(_as_special(song), call)
    if special is None:
        return {"playabilityStatus": {"status": "ERROR", "reason": "Video unavailable"}}
    if special is specials.KIDS and call.client == "VISIONOS":
        special = replace(special, status="UNPLAYABLE", reason=NOT_AVAILABLE)
    if special.status != "OK":
        return _refused(special)
    return _odd(special, call) or _playing(special, call)


def _as_special(song: Song) -> Special:
    return Special(ids.track_id(song), song.title, seconds=song.duration, author=f"{song.artists[0]} - Topic")


def _refused(special: Special) -> Json:
    state = {"playabilityStatus": {"status": special.status, "reason": special.reason}}
    # Of a video that one may not know of, nothing is told.
    hidden = (specials.BOT_CHECK, specials.PRIVATE, specials.LIMITED)
    return state if special in hidden else state | {"videoDetails": _details(special)}


def _details(special: Special) -> Json:
    return {
        "videoId": special.id,
        "title": special.title,
        "lengthSeconds": str(special.seconds),
        "channelId": ids.artist_id(special.author.removesuffix(" - Topic")),
        "author": special.author,
        "isLiveContent": special is specials.LIVE,
        "isPrivate": False,
    }


def _playing(special: Special, call: Call) -> Json:
    formats = [_format(special, itag, call) for itag in media.BITRATE_OF_ITAG]
    return {
        "playabilityStatus": {"status": "OK", "playableInEmbed": True},
        "streamingData": {"expiresInSeconds": "21540", "adaptiveFormats": formats},
        "videoDetails": _details(special),
    }


def _format(special: Special, itag: str, call: Call) -> Json:
    file = media.file_of(special.id, itag)
    size = file.size if file else 0
    return {
        "itag": int(itag),
        "url": media.address(special.id, itag, special.seconds, size, call.addresses.media),
        "mimeType": f'audio/mp4; codecs="{_CODECS[itag]}"',
        "bitrate": media.BITRATE_OF_ITAG[itag] * 1020,
        "averageBitrate": round(size * 8 / special.seconds),
        "contentLength": str(size),
        "quality": "tiny",
        "audioQuality": "AUDIO_QUALITY_LOW" if itag == "139" else "AUDIO_QUALITY_MEDIUM",
        "approxDurationMs": str(special.seconds * 1000),
        "audioSampleRate": "44100",
        "audioChannels": 2,
    }


def _odd(special: Special, call: Call) -> Json | None:
    """The answers that are not as they should be."""
    if special is specials.LIVE:
        live = {"status": "OK"}, {"hlsManifestUrl": f"{call.addresses.media}/hls.m3u8", "adaptiveFormats": []}
        return {
            "playabilityStatus": live[0],
            "streamingData": live[1],
            "videoDetails": _details(special) | {"isLive": True},
        }
    if special is specials.PLACEHOLDER:
        return _playing(special, call) | {"videoDetails": _details(specials.OFF_MUSIC)}
    if special is specials.SHAPE:
        return {name: part for name, part in _playing(special, call).items() if name != "playabilityStatus"}
    if special is specials.SECRET or (special is specials.SABR and call.client == "VISIONOS"):
        return _playing(special, call) | {"streamingData": {"adaptiveFormats": [{"itag": 140}]}}
    return None


def visitor(_call: Call) -> Json:
    """A visitor's id; the dispatcher puts it into every answer."""
    return {}


def nobody(_call: Call) -> Json:
    """A video that is not there."""
    return {"playabilityStatus": {"status": "ERROR", "reason": "Video unavailable"}}


def oembed(request: Request) -> Answer:
    """Title and channel of a video; 404 for one that is not there, 403 for a private one."""
    video = request.parameters.get("url", "").partition("v=")[2][:11]
    special = SPECIALS.get(video) or (_as_special(song_of_id()[video]) if video in song_of_id() else None)
    if special is None:
        return text_answer(404, "Not Found")
    if special in (specials.PRIVATE, specials.UNSEARCHED):
        return text_answer(403, "Forbidden")
    author = special.author.removesuffix(" - Topic")
    return json_answer({"title": special.title, "author_name": author, "type": "video", "provider_name": "YouTube"})


CALLS = {"player": player, "visitor_id": visitor}
EMPTY = {"player": nobody, "visitor_id": visitor}
