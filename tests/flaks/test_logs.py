"""Log lines: with the request's id, and without secrets."""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flaks import logs
from flaks.logs import JsonFormatter, PlainFormatter, scrubbed
from keys import tokens
from tests.flaks.conftest import Python, Visit

BODY = "A1b2C3d4" * 4
KEY = f"{tokens.PREFIX}{BODY}{tokens._checksum(BODY)}"
FORMATTERS = [PlainFormatter(), JsonFormatter()]


def line(formatter: logging.Formatter, message: str, *arguments: object, **members: Any) -> str:
    record = logging.LogRecord("keys", logging.INFO, "keys.py", 1, message, arguments, members.pop("exc_info", None))
    record.__dict__.update(members)
    return formatter.format(record)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"key {KEY} seen", "key flk_*** seen"),
        (f"X-API-Key: {KEY}", "X-API-Key: flk_***"),
        (f"/x?y%3D{KEY}", "/x?y%3Dflk_***"),
        (f"a{KEY}", "aflk_***"),
        (KEY.replace("_", "%5F"), "flk_***"),
        (KEY.replace("_", "%5f").upper(), "flk_***"),
        (KEY.replace("live", "test"), "flk_***"),
        ("/c?api=hunter2&q=song", "/c?api=***&q=song"),
        ("/c?q=song&api_key=hunter2", "/c?q=song&api_key=***"),
        ("/c?API_KEY=hunter2", "/c?API_KEY=***"),
        (
            "https://cdn.example/a.mp4?Expires=1&Signature=abc~&Key-Pair-Id=K1",
            "https://cdn.example/a.mp4?Expires=***&Signature=***&Key-Pair-Id=***",
        ),
        ("mongodb://user:hunter2@db.example/flaks", "mongodb://user:***@db.example/flaks"),
        ("https://proxy:hunter2@127.0.0.1:3128", "https://proxy:***@127.0.0.1:3128"),
        (f"GET /play/{'x' * 60}/song.m4a", "GET /play/***/song.m4a"),
    ],
)
def test_a_secret_is_scrubbed_and_the_rest_stays(text: str, kept: str) -> None:
    assert scrubbed(text) == kept


@pytest.mark.parametrize(
    "text", ["GET /api/v1/search?q=blue+lantern", "flk_live_", "the keynote=1", "/play/list", "10:30 a@b.example"]
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert scrubbed(text) == text


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_no_text_around_a_key_hides_it(before: str, after: str) -> None:
    assert KEY not in scrubbed(before + KEY + after)


@pytest.mark.parametrize("formatter", FORMATTERS, ids=["plain", "json"])
def test_a_key_is_scrubbed_wherever_a_record_holds_it(formatter: logging.Formatter) -> None:
    try:
        raise RuntimeError(f"broken by {KEY}")
    except RuntimeError:
        raised = sys.exc_info()
    written = line(formatter, f"message {KEY} %s", KEY, exc_info=raised, path=f"/x/{KEY}")
    assert KEY not in written
    assert "flk_***" in written
    assert "RuntimeError" in written


@pytest.mark.parametrize("formatter", FORMATTERS, ids=["plain", "json"])
def test_a_line_carries_the_id_of_its_request(formatter: logging.Formatter) -> None:
    token = logs.request_id.set("abcdefgh-1")
    try:
        assert "abcdefgh-1" in line(formatter, "hello")
    finally:
        logs.request_id.reset(token)
    assert "abcdefgh-1" not in line(formatter, "hello")


@given(st.text(max_size=60))
def test_a_json_line_is_one_object_whatever_it_says(message: str) -> None:
    written = line(FORMATTERS[1], "%s", message)
    assert "\n" not in written
    assert set(json.loads(written)) == {"time", "level", "logger", "request_id", "message"}


def test_json_keeps_what_is_said_beside_the_message() -> None:
    written = json.loads(line(FORMATTERS[1], "done", source="jiosaavn", ms=12))
    assert (written["source"], written["ms"]) == ("jiosaavn", 12)


def test_every_handler_of_every_logger_scrubs(python: Python) -> None:
    program = (
        "import django, json, logging; django.setup()\n"
        "loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]\n"
        "print(json.dumps([[l.name, type(h.formatter).__name__] for l in loggers for h in l.handlers\n"
        "                  if not isinstance(h, logging.NullHandler)]))"
    )
    assert json.loads(python(program).stdout) == [["root", "PlainFormatter"]]
    assert json.loads(python(program, FLAKS_LOG_FORMAT="json").stdout) == [["root", "JsonFormatter"]]


@pytest.mark.parametrize("form", ["plain", "json"])
def test_a_key_sent_anywhere_to_views_that_fail_is_in_no_line(visit: Visit, form: str) -> None:
    calls = [
        {"path": f"/api/v1/broken-page?api_key={KEY}&x={KEY}", "headers": {"X-API-Key": KEY}},
        {"path": f"/api/v1/broken-page?x%3D{KEY}"},
        {"path": f"/api/v1/{KEY}"},
        {"path": f"/{KEY}/", "headers": {"Referer": f"https://a.example/?key={KEY}"}},
        {"path": "/api/v1/broken-page", "method": "POST", "body": json.dumps({"key": KEY})},
        {"path": "/api/v1/echo?q=x", "headers": {"Authorization": f"Bearer {KEY}"}},
        {"path": "/api/v1/echo?q=x", "headers": {"Host": f"{KEY.replace('_', '-')}.example"}},
    ]
    answers, log = visit(*calls, FLAKS_LOG_FORMAT=form)
    assert [answer["status"] for answer in answers][:5] == [500, 500, 404, 404, 500]
    assert KEY not in log
    assert KEY[9:] not in log.replace(KEY.replace("_", "-"), "")
    assert "flk_***" in log
    assert "RuntimeError" in log


def test_each_json_line_of_a_start_can_be_read_and_has_its_requests_id(visit: Visit) -> None:
    calls = [{"path": "/api/v1/broken-page", "headers": {"X-Request-ID": f"request-{number}"}} for number in range(3)]
    _, log = visit(*calls, FLAKS_LOG_FORMAT="json")
    read = [json.loads(written) for written in log.splitlines()]
    errors = [entry for entry in read if entry["level"] == "ERROR"]
    assert [entry["request_id"] for entry in errors] == ["request-0", "request-1", "request-2"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000", entry["time"]) for entry in read)
