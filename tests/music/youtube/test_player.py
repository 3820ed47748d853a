"""`/player`'s answers: refusals in their many words, the choice of a file, the link and its end."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.guard import Targets
from music.sources.base import BadAnswer, NotFound, NotPlayable, SourceBlocked, SourceError
from music.sources.youtube import player
from music.sources.youtube.errors import OtherClientWanted, SessionLimited, Unreadable
from music.sources.youtube.transport import MEDIA_HOSTS

HOSTS = Targets(MEDIA_HOSTS)
VIDEO = "aB3-_xYz012"
NOW = 1_790_000_000
MOST = 10_800
DETAILS = {"videoId": VIDEO, "title": "Kettle & Spoon", "author": "Odette - Topic", "lengthSeconds": "187"}
PLAYING: dict[str, Any] = {"playabilityStatus": {"status": "OK"}, "videoDetails": DETAILS}


def address(expire: int = NOW + 21_600) -> str:
    """A googlevideo address."""
    return f"https://rr1---sn-invented.googlevideo.com/videoplayback?expire={expire}&ip=192.0.2.1&sig=AbC%3D"


def file(bitrate: int, codec: str = "mp4a.40.2", **more: Any) -> dict[str, Any]:
    """A format of an answer, of this average in bit/s."""
    mime = "audio/webm" if codec == "opus" else "audio/mp4"
    size = str(bitrate * 20)
    said = {"url": address(), "mimeType": f'{mime}; codecs="{codec}"', "averageBitrate": bitrate, "contentLength": size}
    return {**said, **more}


def audio(*files: Any) -> list[player.Audio]:
    """The files of an answer with these formats."""
    return player.audio_of({"streamingData": {"adaptiveFormats": list(files)}})


@pytest.mark.parametrize(
    ("status", "reason", "error", "code"),
    [
        ("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot", SourceBlocked, None),
        ("LOGIN_REQUIRED", "Sign in to confirm your age", NotPlayable, "age_restricted"),
        ("LOGIN_REQUIRED", "This video may be inappropriate for some users.", NotPlayable, "age_restricted"),
        ("AGE_VERIFICATION_REQUIRED", "", NotPlayable, "age_restricted"),
        ("AGE_CHECK_REQUIRED", "Sign in", NotPlayable, "age_restricted"),
        ("CONTENT_CHECK_REQUIRED", "", NotPlayable, "age_restricted"),
        ("LOGIN_REQUIRED", "This is a private video. Please sign in to verify", NotPlayable, "private"),
        ("ERROR", "This video is private", NotPlayable, "private"),
        ("UNPLAYABLE", "This video is only available to Music Premium members", NotPlayable, "paid"),
        ("UNPLAYABLE", "Join this channel to get access to members-only content", NotPlayable, "paid"),
        ("UNPLAYABLE", "This video requires payment to watch.", NotPlayable, "paid"),
        ("UNPLAYABLE", "The uploader has not made this video available in your country", NotPlayable, "geo_blocked"),
        ("UNPLAYABLE", "This video is not available in your country", NotPlayable, "geo_blocked"),
        ("UNPLAYABLE", "This video is not available", OtherClientWanted, ""),
        ("UNPLAYABLE", "The following content is not available on this app", OtherClientWanted, ""),
        ("UNPLAYABLE", "Something new", NotPlayable, ""),
        ("LOGIN_REQUIRED", "Something new", NotPlayable, ""),
        ("ERROR", "Video unavailable", NotFound, None),
        ("ERROR", "This account has been terminated", NotFound, None),
        ("ERROR", "This content isn’t available, try again later.", SessionLimited, None),
        ("UNPLAYABLE", "You have reached the request limit.", SessionLimited, None),
        ("LIVE_STREAM_OFFLINE", "This live event will begin in a few moments.", NotPlayable, "upcoming"),
        ("UNPLAYABLE", "Premieres in 3 days", NotPlayable, "upcoming"),
        ("SOMETHING_NEW", "", Unreadable, None),
    ],
)
def test_each_refusal_has_its_error(status: str, reason: str, error: type[SourceError], code: str | None) -> None:
    with pytest.raises(error) as raised:
        player.check({"playabilityStatus": {"status": status, "reason": reason}}, VIDEO, MOST)
    assert type(raised.value) is error
    assert getattr(raised.value, "reason", None) == code


def test_the_country_may_be_named_below_the_reason() -> None:
    below = {"runs": [{"text": "The uploader has not made this video available "}, {"text": "in your country"}]}
    state = {"status": "UNPLAYABLE", "reason": "Video unavailable"}
    screen = {"errorScreen": {"playerErrorMessageRenderer": {"subreason": below}}}
    with pytest.raises(NotPlayable) as raised:
        player.check({"playabilityStatus": state | screen}, VIDEO, MOST)
    assert raised.value.reason == "geo_blocked"


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"isLive": True}, "live"), ({"isUpcoming": True}, "upcoming"), ({"lengthSeconds": str(MOST + 1)}, "too_long")],
)
def test_what_plays_may_still_be_no_song(changed: dict[str, Any], code: str) -> None:
    with pytest.raises(NotPlayable) as raised:
        player.check(PLAYING | {"videoDetails": DETAILS | changed}, VIDEO, MOST)
    assert raised.value.reason == code


def test_a_song_of_the_longest_length_plays() -> None:
    assert player.check(PLAYING | {"videoDetails": DETAILS | {"lengthSeconds": str(MOST)}}, VIDEO, MOST)


def test_another_video_in_its_place_is_a_block() -> None:
    with pytest.raises(SourceBlocked):
        player.check(PLAYING, "00000000000", MOST)


@pytest.mark.parametrize(
    "answer", [{}, {"playabilityStatus": None}, {"playabilityStatus": {"status": 7}}, PLAYING | {"videoDetails": 7}]
)
def test_an_answer_of_another_shape_is_unreadable(answer: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        player.check(answer, VIDEO, MOST)


@pytest.mark.parametrize(("quality", "bitrate"), [(320, 130), (160, 130), (130, 130), (129, 49), (96, 49), (10, 49)])
def test_quality_is_a_ceiling_over_m4a_first(quality: int, bitrate: int) -> None:
    files = audio(file(48_812, "mp4a.40.5"), file(129_501), file(52_048, "opus"), file(135_822, "opus"))
    best = player.chosen(files, quality)
    assert (best.bitrate, best.mime) == (bitrate, "audio/mp4")


def test_opus_plays_where_no_m4a_fits() -> None:
    files = audio(file(129_501), file(52_048, "opus"), file(68_921, "opus"))
    assert player.chosen(files, 96) == player.Audio(address(), "audio/webm", 69, 68_921 * 20)
    assert player.chosen(files, 40).bitrate == 130
    assert player.chosen(audio(file(52_048, "opus")), 40).bitrate == 52


def test_dubs_and_levelled_versions_are_left_out() -> None:
    dub: dict[str, Any] = {"audioTrack": {"id": "hi.3", "audioIsDefault": False}}
    original: dict[str, Any] = {"audioTrack": {"id": "en.4", "audioIsDefault": True}}
    files = audio(file(129_000, **dub), file(128_000, **original), file(127_000, isDrc=True))
    assert [found.bitrate for found in files] == [128]


@pytest.mark.parametrize(
    "row",
    [
        None,
        {},
        {"itag": 140},
        file(129_501, mimeType='video/mp4; codecs="avc1.4d4020"'),
        file(129_501, mimeType=None),
        file(129_501, url=None),
        file(129_501, targetDurationSec=5),
        {name: value for name, value in file(129_501).items() if name != "averageBitrate"},
    ],
)
def test_files_that_cannot_be_opened_as_they_are_call_for_another_app(row: Any) -> None:
    with pytest.raises(OtherClientWanted):
        audio(row)


def test_a_link_ends_when_its_address_says() -> None:
    link = player.media_link(audio(file(129_501))[0], NOW, HOSTS)
    assert (link.expires_at, link.size, link.codec, link.open_to_all) == (NOW + 21_600, 129_501 * 20, "aac", False)
    assert "googlevideo" not in repr(link)


@pytest.mark.parametrize(
    "url",
    [
        address(NOW),
        address(0),
        "https://rr1---sn-x.googlevideo.com/videoplayback?id=1",
        f"https://googlevideo.com.evil.example/videoplayback?expire={NOW + 100}",
        f"http://rr1---sn-x.googlevideo.com/videoplayback?expire={NOW + 100}",
        f"https://169.254.169.254/videoplayback?expire={NOW + 100}",
        f'https://rr1---sn-x.googlevideo.com/"?expire={NOW + 100}',
    ],
)
def test_a_link_that_has_ended_or_leads_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(BadAnswer):
        player.media_link(player.Audio(url, "audio/mp4", 130, None), NOW, HOSTS)


def test_an_expiry_far_away_is_not_believed() -> None:
    link = player.media_link(player.Audio(address(NOW + 10**7), "audio/mp4", 130, None), NOW, HOSTS)
    assert link.expires_at == NOW + player.LINK_LIFE


def test_the_details_describe_a_video_that_does_not_play() -> None:
    refused = {"playabilityStatus": {"status": "UNPLAYABLE", "reason": "not in your country"}, "videoDetails": DETAILS}
    track = player.described(refused, VIDEO)
    assert (track.id, track.title, track.artist, track.duration) == (
        f"youtube:{VIDEO}",
        "Kettle & Spoon",
        "Odette",
        187,
    )
    assert not track.is_video


def test_what_no_topic_channel_shows_is_a_video() -> None:
    assert player.described({"videoDetails": DETAILS | {"author": "Odette"}}, VIDEO).is_video


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"playabilityStatus": {"status": "ERROR", "reason": "Video unavailable"}}, NotFound),
        ({"playabilityStatus": {"status": "LOGIN_REQUIRED", "reason": "not a bot"}}, SourceBlocked),
        (PLAYING | {"videoDetails": DETAILS | {"lengthSeconds": "0", "isLive": True}}, NotPlayable),
        (PLAYING | {"videoDetails": DETAILS | {"title": ""}}, NotPlayable),
        (PLAYING | {"videoDetails": DETAILS | {"videoId": "00000000000"}}, SourceBlocked),
        ({}, Unreadable),
    ],
)
def test_what_the_details_do_not_say_is_an_error(answer: dict[str, Any], error: type[SourceError]) -> None:
    with pytest.raises(error):
        player.described(answer, VIDEO)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["status", "reason", "adaptiveFormats", "videoId", "url", "mimeType", "runs", "messages"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(answer=st.dictionaries(st.sampled_from(["playabilityStatus", "streamingData", "videoDetails"]), ANYTHING))
def test_no_answer_of_any_shape_raises_anything_else(answer: dict[str, Any]) -> None:
    for read in (
        lambda: player.check(answer, VIDEO, MOST),
        lambda: player.audio_of(answer),
        lambda: player.described(answer, VIDEO),
    ):
        try:
            read()
        except SourceError:
            continue
