"""A process of its own that answers as the server's do: for each line it is given, it prints one JSON object.

`{"play": [arguments]}` is `manage.py play --json`; `{"look": count}` looks into the cache on so many threads at once.
"""

from __future__ import annotations

import io
import json
import sys
import threading
from contextlib import suppress
from typing import Any

import django
from django.core.management import CommandError, call_command

from music import store


def main() -> None:
    """Answer until the input ends."""
    django.setup()
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


if __name__ == "__main__":
    main()
