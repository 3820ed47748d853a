"""GET and HEAD /play/<token> answer as the API's description says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import schemathesis
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import resolve
from hypothesis import given, seed
from schemathesis import GenerationMode

from keys.models import ApiKey
from tests.music.described import EXAMPLES, application, conformance, described, description
from tests.music.streaming.conftest import PathOf
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn

SONG = catalogue.SHORT
TRACK = f"jiosaavn:{ids.pid(SONG)}"
ROUTES = ["/play/{token}", "/play/{token}/{name}"]
METHODS = ["GET", "HEAD"]


def token_of(key: ApiKey, delivery: str, track: str = TRACK) -> str:
    return key.play_token(track, 96, delivery, datetime.now(UTC))[0]


def ask(token: str, method: str = "GET", route: str = ROUTES[0], **headers: str) -> Any:
    """The answer to a question about a link, once it was found to be as described."""
    schema = described()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path = {"token": token, "name": "song.m4a"} if "name" in route else {"token": token}
    case = schema[route][method].Case(path_parameters=path, headers=named)
    answer = case.call(base_url="http://testserver")
    case.validate_response(answer, checks=conformance())
    return answer


def test_every_route_of_a_link_is_described_as_open_to_all() -> None:
    paths = {path: told for path, told in description()["paths"].items() if path.startswith("/play/")}
    given_names = {resolve(path.format(token="t", name="a.m4a")).url_name for path in paths}
    assert (list(paths), given_names) == (ROUTES, {"play", "play-named"})
    for told in paths.values():
        assert {method: operation["security"] for method, operation in told.items()} == {"get": [], "head": []}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", METHODS)
def test_a_redirect_is_described(standin: StandIn, key: tuple[ApiKey, str], method: str, route: str) -> None:
    assert ask(token_of(key[0], "redirect"), method, route).status_code == 302


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 200),
        ("HEAD", {}, 200),
        ("GET", {"Range": "bytes=0-99"}, 206),
        ("HEAD", {"Range": "bytes=0-99"}, 200),
        ("GET", {"Range": "bytes=0-99", "If_Range": '"another"'}, 200),
        ("GET", {"Range": "bytes=999999999-"}, 416),
        ("GET", {"If_None_Match": "*"}, 304),
        ("HEAD", {"If_None_Match": "*"}, 304),
        ("GET", {"If_Match": '"another"'}, 412),
        ("HEAD", {"If_Match": '"another"'}, 412),
    ],
)
def test_carried_audio_is_described(
    standin: StandIn, key: tuple[ApiKey, str], method: str, headers: dict[str, str], status: int
) -> None:
    assert ask(token_of(key[0], "proxy"), method, **headers).status_code == status


@pytest.mark.parametrize("method", METHODS)
def test_a_song_that_is_not_there_is_described(standin: StandIn, key: tuple[ApiKey, str], method: str) -> None:
    assert ask(token_of(key[0], "redirect", "jiosaavn:NoSuch00"), method).status_code == 404


@pytest.mark.parametrize("method", METHODS)
def test_a_link_whose_key_is_off_is_described(db: None, key: tuple[ApiKey, str], method: str) -> None:
    token = token_of(key[0], "redirect")
    ApiKey.objects.update(enabled=False)
    assert ask(token, method).status_code == 404


@pytest.mark.parametrize("method", METHODS)
def test_a_link_that_has_expired_is_described(db: None, key: tuple[ApiKey, str], method: str) -> None:
    token = token_of(key[0], "redirect")
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=13)):
        assert ask(token, method).status_code == 410


@pytest.mark.parametrize("method", METHODS)
def test_a_source_that_fails_is_described(standin: StandIn, key: tuple[ApiKey, str], method: str) -> None:
    cache.clear()
    standin.fault("jiosaavn", "http:500")
    assert ask(token_of(key[0], "redirect"), method).status_code == 503


def test_too_many_streams_are_described(standin: StandIn, key: tuple[ApiKey, str], path_of: PathOf) -> None:
    running = [Client().get(path_of(SONG.title)) for _ in range(2)]
    assert [answer.status_code for answer in running] == [200, 200]
    assert ask(token_of(key[0], "proxy")).status_code == 429
    for answer in running:
        answer.close()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "invalid"])
@pytest.mark.parametrize("whose", ["ours", "anybody's"])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", ROUTES)
def test_no_question_about_a_link_is_answered_otherwise_than_described(
    standin: StandIn, key: tuple[ApiKey, str], route: str, method: str, whose: str, mode: GenerationMode
) -> None:
    operation = described()[route][method]
    seen: set[int] = set()

    @seed(20261126)
    @EXAMPLES
    @given(case=operation.as_strategy(generation_mode=mode))
    def question(case: Any) -> None:
        if whose == "ours":
            case.path_parameters["token"] = token_of(key[0], "proxy")
        answer = case.call(base_url="http://testserver")
        seen.add(answer.status_code)
        case.validate_response(answer, checks=conformance())

    question()
    assert seen <= ({200, 206, 304, 400, 404, 412, 416} if whose == "ours" else {400, 404})


@pytest.mark.parametrize("lacking", ["Content-Range", "ETag"])
def test_an_answer_that_lacks_a_header_is_noticed(
    standin: StandIn, key: tuple[ApiKey, str], lacking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(environ: dict[str, Any], start_response: Any) -> Any:
        def start(status: str, headers: list[tuple[str, str]]) -> None:
            start_response(status, [(name, value) for name, value in headers if name != lacking])

        return application(environ, start)

    schema = schemathesis.openapi.from_wsgi("/api/schema", cut)
    path = {"token": token_of(key[0], "proxy")}
    case = schema[ROUTES[0]]["GET"].Case(path_parameters=path, headers={"Range": "bytes=0-99"})
    with pytest.raises(BaseExceptionGroup, match="required headers"):
        case.validate_response(case.call(base_url="http://testserver"), checks=conformance())
