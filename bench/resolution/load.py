"""Sends the callers' process off, and hears what they were answered."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict

from bench.resolution.client import Answered, Plan

MOST_SECONDS = 900.0


def answers(plan: Plan) -> list[Answered]:
    """How the calls of a plan went, in no order. Raises CalledProcessError where a caller could not connect."""
    command = [sys.executable, "-m", "bench.resolution.client"]
    done = subprocess.run(
        command, input=json.dumps(asdict(plan)), capture_output=True, text=True, check=True, timeout=MOST_SECONDS
    )
    return [Answered(**answer) for answer in json.loads(done.stdout)]


def dealt(paths: Sequence[str], callers: int) -> list[list[str]]:
    """The paths, dealt out to so many callers."""
    return [list(paths[number::callers]) for number in range(callers)]


def in_rounds(*rounds: list[list[str]]) -> list[list[list[str]]]:
    """Each caller's script, of rounds that name each caller's paths."""
    return [list(script) for script in zip(*rounds, strict=True)]
