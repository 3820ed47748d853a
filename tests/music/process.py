"""A process of its own that answers as the server's do: for each line it is given, it prints one JSON object.

`{"play": [arguments]}` is `manage.py play --json`; `{"look": count}` looks into the cache on so many threads at once.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command

import flaks.settings
from music import store


def main(log: str, variables: str) -> None:
    """Answer until the input ends, with these variables in the environment; what is logged goes into the file."""
    with Path(log).open("wb") as errors:
        os.dup2(errors.fileno(), sys.stderr.fileno())
    os.environ.update(json.loads(variables))
    for name, value in vars(importlib.reload(flaks.settings)).items():
        if name.isupper():
            setattr(settings, name, value)
    print(json.dumps({"is_ready": True}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        answer = played(asked["play"]) if "play" in asked else looked(asked["look"])
        print(json.dumps(answer), flush=True)


def played(arguments: list[str]) -> Any:
    """What `play` prints."""
    output = io.StringIO()
    with suppress(CommandError):  # it is printed
        call_command("play", *arguments, "--json", stdout=output)
    return json.loads(output.getvalue())


def looked(count: int) -> Any:
    """Whether the shared cache is still asked, once so many threads have looked into it together."""
    together = threading.Barrier(count)

    def look(number: int) -> None:
        together.wait()
        for turn in range(10):
            store.get(f"nothing:{number}:{turn}")

    threads = [threading.Thread(target=look, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"is_there": store.shared().is_there}
