"""How long a video's audio stays shut for an advertisement."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.guard import Targets
from music.sources.youtube.adverts import seconds_before
from music.sources.youtube.player import Audio, media_link

Json = dict[str, Any]


def advert(seconds: int, skipped_ms: int | None = None) -> Json:
    shown: Json = {"playerVars": f"a=b&length_seconds={seconds}"}
    return {"instreamVideoAdRenderer": shown | ({"skipOffsetMilliseconds": skipped_ms} if skipped_ms else {})}


def placed(kind: str, shown: Json) -> Json:
    return {"adPlacementRenderer": {"config": {"adPlacementConfig": {"kind": kind}}, "renderer": shown}}


def slotted(event: str, content: Json) -> Json:
    layout = {"playerBytesAdLayoutRenderer": {"renderingContent": content}}
    metadata = {"triggerEvent": event}
    return {"adSlotRenderer": {"adSlotMetadata": metadata, "fulfillmentContent": {"fulfilledLayout": layout}}}


START, BEFORE = "AD_PLACEMENT_KIND_START", "SLOT_TRIGGER_EVENT_BEFORE_CONTENT"
ROW = {"playerBytesAdLayoutRenderer": {"renderingContent": advert(6)}}
SEQUENCE = {"playerBytesSequentialLayoutRenderer": {"sequentialLayouts": [ROW, ROW]}}


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        ({}, 0),
        ({"adPlacements": [placed(START, advert(15))]}, 15),
        ({"adPlacements": [placed(START, advert(15, 5000))]}, 5),
        ({"adPlacements": [placed(START, advert(15, 5001))]}, 6),
        ({"adPlacements": [placed(START, advert(15)), placed(START, advert(10, 5000))]}, 20),
        ({"adPlacements": [placed("AD_PLACEMENT_KIND_END", advert(15))]}, 0),
        ({"adSlots": [slotted(BEFORE, advert(7))]}, 7),
        ({"adSlots": [slotted(BEFORE, SEQUENCE)]}, 12),
        ({"adSlots": [slotted("SLOT_TRIGGER_EVENT_LAYOUT_ID_ENTERED", advert(7))]}, 0),
        ({"adPlacements": [placed(START, advert(99999))]}, 120),
        ({"adPlacements": [None, 3, {"adPlacementRenderer": []}], "adSlots": "no"}, 0),
        ({"adPlacements": [placed(START, {"instreamVideoAdRenderer": {"playerVars": "length_seconds=x"}})]}, 0),
    ],
)
def test_what_was_planned_before_the_song_is_waited_for(answer: Json, seconds: int) -> None:
    assert seconds_before(answer) == seconds


json_values = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["adPlacementRenderer", "config", "adPlacementConfig", "kind", "renderer", "playerVars"]),
            inner,
        )
    ),
)


@given(json_values, json_values)
def test_an_answer_of_another_shape_plans_nothing_and_breaks_nothing(placements: Any, slots: Any) -> None:
    assert 0 <= seconds_before({"adPlacements": placements, "adSlots": slots}) <= 120


@pytest.mark.parametrize(("opens_in", "expected"), [(0, None), (15, 1015)])
def test_a_link_says_from_when_on_it_opens(opens_in: int, expected: int | None) -> None:
    audio = Audio("https://rr1.googlevideo.com/a?expire=9999", "audio/mp4", 129, 1000, opens_in)
    assert media_link(audio, 1000, Targets(("googlevideo.com",))).available_at == expected
