"""Questions as they go on the wire."""

from __future__ import annotations

import string
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from music.wire import opening, question

TEXTS = st.dictionaries(st.text(string.ascii_letters, min_size=1, max_size=8), st.text(max_size=30), max_size=5)
URL = "https://www.jiosaavn.com/api.php"


@given(TEXTS)
def test_parameters_arrive_as_they_were_given(params: dict[str, str]) -> None:
    sent = question(URL, (), params)
    assert dict(parse_qsl(urlsplit(sent.url).query, keep_blank_values=True)) == params
    assert sent.url.isascii()
    assert " " not in sent.url
    assert sent.body is None


@given(TEXTS)
def test_a_form_arrives_as_it_was_given(form: dict[str, str]) -> None:
    sent = question(URL, (), data=form)
    assert sent.body is not None
    assert dict(parse_qsl(sent.body.decode(), keep_blank_values=True)) == form
    assert sent.lines == ("Content-Type: application/x-www-form-urlencoded",)


@given(TEXTS)
def test_a_form_is_written_as_requests_itself_would(form: dict[str, str]) -> None:
    theirs = requests.Request("POST", URL, data=form).prepare()
    assert question(URL, (), data=form).body == (theirs.body or "").encode()  # type: ignore[union-attr] # it is text


def test_parameters_go_behind_those_that_the_address_has() -> None:
    assert question(f"{URL}?a=1", (), {"b": "2"}).url == f"{URL}?a=1&b=2"
    assert question(f"{URL}?a=1", ()).url == f"{URL}?a=1"


def test_of_headers_that_differ_in_case_the_last_counts() -> None:
    headers = (("User-Agent", "one"), ("Accept", "*/*"), ("user-agent", "other"))
    assert question(URL, headers).lines == ("user-agent: other", "Accept: */*")
    assert dict(opening(URL, headers).headers) == {"user-agent": "other", "Accept": "*/*"}


def test_a_header_without_a_value_is_sent_without_one() -> None:
    assert question(URL, (("X-Nothing", ""),)).lines == ("X-Nothing;",)  # as libcurl wants it, else it is left out


def test_a_body_goes_as_it_is_and_may_name_its_own_type() -> None:
    sent = question(URL, (("content-type", "application/json"),), data=b"{}")
    assert (sent.body, sent.lines) == (b"{}", ("content-type: application/json",))


@given(st.text(max_size=10), st.sampled_from("\r\n\0é\u2028"), st.text(max_size=10))
def test_a_header_that_could_be_taken_for_two_or_for_another_is_refused(before: str, end: str, after: str) -> None:
    for header in (("X-Name", before + end + after), (f"X{before}{end}{after}", "value")):
        with pytest.raises(ValueError, match="taken for two"):
            question(URL, (header,))
