"""What `/player` answered a moment ago, so that a song which it described need not be asked for again to be played."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import Any

LIFE = 60.0  # seconds between a song's description and the wish to hear it
PLACES = 64
PARTS = ("playabilityStatus", "videoDetails", "streamingData")


class Held:
    """A few answers by their video, each taken once: a link that turned out dead must not come back."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, tuple[float, dict[str, Any]]] = OrderedDict()
        self._lock = Lock()

    def keep(self, video: str, answer: dict[str, Any]) -> None:
        """Keep an answer that says that the video plays; a refusal may be another one a moment later."""
        state = answer.get("playabilityStatus")
        if not isinstance(state, dict) or state.get("status") != "OK":
            return
        kept = {part: answer[part] for part in PARTS if part in answer}
        with self._lock:
            self._answers.pop(video, None)
            self._answers[video] = (time.monotonic() + LIFE, kept)
            if len(self._answers) > PLACES:
                self._answers.popitem(last=False)

    def take(self, video: str) -> dict[str, Any] | None:
        """The answer of the last `LIFE` seconds, which is then no longer held; None where there is none."""
        with self._lock:
            ends, answer = self._answers.pop(video, (0.0, None))
        return answer if time.monotonic() < ends else None
