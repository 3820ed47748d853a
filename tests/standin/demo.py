"""`make demo`: Flaks on a database of its own, with the stand-in beside it in place of the music services."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.standin.named import PLAIN
from tests.standin.process import StandIn

ROOT = Path(__file__).parents[2]
DATABASE = ROOT / "var" / "demo" / "flaks.sqlite3"
# What an operator has set for the real services is not for the demo.
OPERATORS = ("MONGO_", "JIOSAAVN_", "SPOTIFY_", "YOUTUBE_", "LRCLIB_", "FLAKS_")
SERVICES = (
    *("JIOSAAVN_URL", "SPOTIFY_OPEN_URL", "SPOTIFY_PARTNER_URL", "SPOTIFY_API_URL"),
    *("YOUTUBE_URL", "YOUTUBE_MUSIC_URL", "LRCLIB_URL"),
)
LATENCY_MS = 120  # what a service in another country takes


def _environment(standin: StandIn) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OPERATORS)}
    services = dict.fromkeys(SERVICES, standin.url)
    return environment | services | {"SQLITE_PATH": str(DATABASE), "PORT": os.environ.get("PORT", "8000")}


def main() -> int:
    """Serves until it is stopped; a new database each time, so that a first key is printed each time."""
    parser = argparse.ArgumentParser(description="Flaks with the stand-in beside it; needs no internet.")
    parser.add_argument("--port", type=int, default=9100, help="port of the stand-in (default: %(default)s)")
    with StandIn(port=parser.parse_args().port, latency_ms=LATENCY_MS) as standin:
        for file in DATABASE.parent.glob(f"{DATABASE.name}*"):
            file.unlink()
        command = [sys.executable, "manage.py", "serve", "--example", PLAIN.title]
        server = subprocess.Popen(command, cwd=ROOT, env=_environment(standin))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: server.terminate())
        return server.wait()


if __name__ == "__main__":
    sys.exit(main())
