"""What the real server leaves behind when it is stopped: nothing leased, and everything counted."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import requests

from keys.held import LATEST_SECONDS
from tests.conftest import Run
from tests.flaks.test_serve import serving
from tests.standin.process import StandIn

CALLS = 15


def test_on_sigterm_leases_go_back_and_calls_are_written(tmp_path: Path, manage: Run) -> None:
    with StandIn() as standin, serving(tmp_path, standin.url) as (process, url, printed):
        found = re.search(r"flk_live_[0-9A-Za-z]{38}", printed.read_text())
        assert found is not None
        with requests.Session() as caller:
            caller.headers["X-API-Key"] = found[0]
            answers = [caller.get(f"{url}/api/v1/search?q=love", timeout=10).status_code for _ in range(CALLS)]
        process.terminate()
        assert process.wait(20) == 0
    assert answers == [200] * CALLS
    key = json.loads(manage("list_keys", "--json").stdout)[0]
    assert key["used_today"] == CALLS
    day = json.loads(manage("usage", "--key", "first key", "--days", "1", "--json").stdout)["days"][0]
    assert day["calls"] == CALLS
    assert set(day["outcomes"]) == {"ok", "cached"}
    assert day["groups"] == {"search": CALLS}


def test_a_key_that_is_revoked_from_the_command_line_is_refused_within_two_seconds(tmp_path: Path, manage: Run) -> None:
    with StandIn() as standin, serving(tmp_path, standin.url) as (_, url, printed):
        found = re.search(r"flk_live_[0-9A-Za-z]{38}", printed.read_text())
        assert found is not None
        with requests.Session() as caller:
            caller.headers["X-API-Key"] = found[0]
            assert caller.get(f"{url}/api/v1/usage", timeout=10).status_code == 200
            assert manage("revoke_key", "first key", "--reason", "leaked").returncode == 0
            time.sleep(LATEST_SECONDS)
            for _ in range(8):  # whichever of the two processes answers
                refused = requests.get(f"{url}/api/v1/usage", headers=caller.headers, timeout=10)
                assert refused.json()["code"] == "key_revoked"
