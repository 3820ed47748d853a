"""The file in which a server under comparison notes what happened in it, one `name pid` a line."""

import os
from collections import Counter
from pathlib import Path


def record(name: str) -> None:
    """Append `name` and this process's id to the file that `BENCH_EVENTS` names; nothing where it names none."""
    target = os.environ.get("BENCH_EVENTS")
    if target:
        with Path(target).open("a") as events:
            events.write(f"{name} {os.getpid()}\n")


def count(events: Path) -> Counter[str]:
    """How often each event happened; empty where the file does not exist."""
    lines = events.read_text().splitlines() if events.exists() else []
    return Counter(line.split()[0] for line in lines)
