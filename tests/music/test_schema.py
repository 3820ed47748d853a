"""The API's description, and that every answer is as it says, whatever is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import given, seed
from schemathesis import GenerationMode

from keys import tokens
from keys.models import ApiKey
from tests.music.described import EXAMPLES, conformance, described, description
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn

OPERATIONS = [
    *("albums/{id}", "artists/{id}", "lookup", "playlists/{id}", "prefetch", "report", "search"),
    *("sources", "stream", "suggest"),
    *("tracks/{id}", "tracks/{id}/lyrics", "tracks/{id}/related", "tracks/{id}/stream", "trending", "usage"),
]


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            yield pattern


@pytest.mark.parametrize("path", ["/api/schema", "/api/schema/"])
def test_everybody_may_read_the_description(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert json.loads(answer.content)["openapi"].startswith("3.1")


def test_each_keyed_route_is_described(db: None) -> None:
    routes = [route for route in patterns(get_resolver("flaks.urls")) if str(route.pattern).startswith("^api/v1/")]
    paths = {path: told for path, told in description()["paths"].items() if path.startswith("/api/")}
    assert len(routes) == len(paths) == len(OPERATIONS)
    assert set(paths) == {f"/api/v1/{operation}" for operation in OPERATIONS}
    for methods in paths.values():
        for operation in methods.values():
            assert operation["security"] == [{"header": []}, {"bearer": []}]


def test_every_shape_that_is_referred_to_is_there() -> None:
    told = description()
    referred = set(json.dumps(told).split("#/components/schemas/")[1:])
    names = {reference.partition('"')[0] for reference in referred}
    assert names <= set(told["components"]["schemas"])
    assert "Track" in names


@pytest.mark.parametrize("key", ["right", "unknown", "malformed", "missing"])
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "invalid"])
@pytest.mark.parametrize("path", OPERATIONS)
def test_no_question_is_answered_otherwise_than_described(
    db: None, everywhere: StandIn, path: str, mode: GenerationMode, key: str
) -> None:
    sent = {
        "right": {"X-API-Key": ApiKey.objects.issue(name="bot")[1]},
        "unknown": {"X-API-Key": tokens.make_key()},
        "malformed": {"X-API-Key": "flk_live_nonsense"},
        "missing": {},
    }[key]
    schema = described()
    operation = schema[f"/api/v1/{path}"]["POST" if path in ("prefetch", "report") else "GET"]
    checks = conformance()
    seen: list[int] = []

    @seed(20261126)
    @EXAMPLES
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.headers.update(sent)
        answer = case.call(base_url="http://testserver")
        seen.append(answer.status_code)
        assert answer.status_code != 500
        case.validate_response(answer, checks=checks)

    ask()
    assert seen
    assert key == "right" or set(seen) <= {401, 429, *range(400, 416)}


QUESTIONS = [
    ("search", {"q": catalogue.PLAIN.title}),
    ("search", {"q": catalogue.PLAIN.title, "type": "album", "source": "all"}),
    ("search", {"q": "nothing of the kind whatever"}),
    ("stream", {"q": catalogue.PLAIN.title}),
    ("stream", {"q": "nothing of the kind whatever"}),
    ("suggest", {"q": ""}),
    ("trending", {}),
    ("sources", {}),
    ("usage", {}),
]


@pytest.mark.parametrize(("path", "query"), QUESTIONS)
def test_what_bots_ask_is_answered_as_described(
    api: Client, everywhere: StandIn, path: str, query: dict[str, str], key: tuple[ApiKey, str]
) -> None:
    schema = described()
    case = schema[f"/api/v1/{path}"]["GET"].Case(query=query, headers={"X-API-Key": key[1]})
    answer = case.call(base_url="http://testserver")
    assert answer.status_code in (200, 404)
    case.validate_response(answer, checks=conformance())


@pytest.mark.parametrize("kind", ["track", "album", "playlist", "artist"])
def test_what_a_search_finds_is_described_as_it_is_told(
    api: Client, everywhere: StandIn, kind: str, key: tuple[ApiKey, str]
) -> None:
    found = api.get("/api/v1/search", {"q": "love", "type": kind}).json()["results"][0]
    schema = described()
    more = ["/related", "/lyrics", "/stream"] if kind == "track" else []
    cases = [
        schema[f"/api/v1/{kind}s/{{id}}{tail}"]["GET"].Case(path_parameters={"id": found["id"]}) for tail in ["", *more]
    ]
    cases.append(schema["/api/v1/lookup"]["GET"].Case(query={"url": found["url"]}))
    for case in cases:
        case.headers.update({"X-API-Key": key[1]})
        answer = case.call(base_url="http://testserver")
        # The first song that is found has no words.
        assert answer.status_code == (404 if case.path.endswith("/lyrics") else 200), case.path
        case.validate_response(answer, checks=conformance())


def test_the_words_of_a_song_are_told_as_described(everywhere: StandIn, api: Client, key: tuple[ApiKey, str]) -> None:
    schema = described()
    track = f"jiosaavn:{ids.pid(catalogue.PLAIN)}"
    case = schema["/api/v1/tracks/{id}/lyrics"]["GET"].Case(path_parameters={"id": track})
    case.headers.update({"X-API-Key": key[1]})
    answer = case.call(base_url="http://testserver")
    assert answer.status_code == 200
    case.validate_response(answer, checks=conformance())


def test_a_shape_that_lacks_a_member_is_noticed() -> None:
    schema = described()
    told = schema.raw_schema["components"]["schemas"]["Track"]
    assert told["additionalProperties"] is False
    assert len(told["required"]) == len(told["properties"]) == 13
