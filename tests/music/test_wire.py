"""Requests as they go on the wire."""

from __future__ import annotations

import string
from urllib.parse import parse_qsl, urlsplit

import requests
from hypothesis import given
from hypothesis import strategies as st

from music.wire import prepared

TEXTS = st.dictionaries(st.text(string.ascii_letters, min_size=1, max_size=8), st.text(max_size=30), max_size=5)
URL = "https://www.jiosaavn.com/api.php"


@given(TEXTS)
def test_parameters_arrive_as_they_were_given(params: dict[str, str]) -> None:
    sent = prepared("GET", URL, (), params)
    assert dict(parse_qsl(urlsplit(str(sent.url)).query, keep_blank_values=True)) == params
    assert str(sent.url).isascii()
    assert " " not in str(sent.url)


@given(TEXTS)
def test_a_form_arrives_as_it_was_given(form: dict[str, str]) -> None:
    sent = prepared("POST", URL, (), data=form)
    assert isinstance(sent.body, bytes)
    assert dict(parse_qsl(sent.body.decode(), keep_blank_values=True)) == form
    assert sent.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert sent.headers["Content-Length"] == str(len(sent.body))


@given(TEXTS)
def test_a_form_is_written_as_requests_itself_would(form: dict[str, str]) -> None:
    ours, theirs = prepared("POST", URL, (), data=form), requests.Request("POST", URL, data=form).prepare()
    assert ours.body == (theirs.body or "").encode()  # type: ignore[union-attr] # a form's body is text


def test_parameters_go_behind_those_that_the_address_has() -> None:
    assert prepared("GET", f"{URL}?a=1", (), {"b": "2"}).url == f"{URL}?a=1&b=2"
    assert prepared("GET", f"{URL}?a=1", ()).url == f"{URL}?a=1"


def test_of_headers_that_differ_in_case_the_last_counts() -> None:
    sent = prepared("GET", URL, [("User-Agent", "one"), ("Accept", "*/*"), ("user-agent", "other")])
    assert dict(sent.headers) == {"user-agent": "other", "Accept": "*/*"}


def test_a_body_goes_as_it_is_and_may_name_its_own_type() -> None:
    sent = prepared("POST", URL, [("content-type", "application/json")], data=b"{}")
    assert (sent.body, dict(sent.headers)) == (b"{}", {"content-type": "application/json", "Content-Length": "2"})
