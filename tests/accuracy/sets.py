"""The sets of cases, and the bars that each of them has to clear."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.accuracy import handmade, heldout, matrix, synthetic, words
from tests.accuracy.cases import Case

PRECISION, RECALL = 0.99, 0.90
RECORDINGS = os.environ.get("FLAKS_RECORDINGS", "")

Make = Callable[[], list[Case]]


def labelled() -> list[Case]:
    """Our own songs, all gates, all scripts; the rules were written with these at hand."""
    return [*matrix.cases(), *handmade.cases(), *words.cases()]


def from_recordings() -> list[Case]:
    """Recorded rows, perturbed; none where `FLAKS_RECORDINGS` names no folder."""
    return synthetic.cases(Path(RECORDINGS)) if RECORDINGS else []


SETS: dict[str, Make] = {"labelled": labelled, "held out": heldout.cases, "synthetic": from_recordings}
