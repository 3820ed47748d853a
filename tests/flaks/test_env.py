"""The readers of the environment: what they read, and what they refuse by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from flaks import env

NAME = "FLAKS_THING"


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.delenv(f"{NAME}_FILE", raising=False)


def put(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize("value", ["", "   "])
def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    put(monkeypatch, value)
    assert env.text(NAME, "default") == "default"
    assert env.boolean(NAME, True) is True
    assert env.integer(NAME, 7, minimum=1, maximum=9) == 7
    assert env.words(NAME, "a,b") == ["a", "b"]
    assert env.url(NAME) == ""
    assert env.secret(NAME) == ""
    assert env.mongo_uri(NAME) == ""


def test_a_text_is_stripped(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, "  a b \n")
    assert env.text(NAME) == "a b"


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("1", True),
        ("TRUE", True),
        ("yes", True),
        ("On", True),
        ("0", False),
        ("False", False),
        ("no", False),
        ("off", False),
    ],
)
def test_a_boolean_is_read_in_any_case(monkeypatch: pytest.MonkeyPatch, value: str, meaning: bool) -> None:
    put(monkeypatch, value)
    assert env.boolean(NAME, not meaning) is meaning


@given(st.integers(1, 65535))
def test_a_number_within_its_bounds_is_read(number: int) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv(NAME, f" {number} ")
        assert env.integer(NAME, 8000, minimum=1, maximum=65535) == number


def test_words_lose_their_spaces_and_empty_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, " a, ,b,, c d ,")
    assert env.words(NAME) == ["a", "b", "c d"]


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("https://music.example/", "https://music.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://[::1]:8443/base/", "https://[::1]:8443/base"),
    ],
)
def test_an_address_loses_its_trailing_slash(monkeypatch: pytest.MonkeyPatch, value: str, meaning: str) -> None:
    put(monkeypatch, value)
    assert env.url(NAME) == meaning


def test_origins_are_listed_or_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.origins(NAME, "*") == ["*"]
    put(monkeypatch, "https://a.example, http://localhost:3000")
    assert env.origins(NAME) == ["https://a.example", "http://localhost:3000"]


@pytest.mark.parametrize(
    "value",
    ["mongodb://127.0.0.1:27017/", "mongodb://u:p%40ss@a.example,b.example/?replicaSet=rs", "mongodb+srv://c.example"],
)
def test_an_address_of_mongodb_is_kept_as_it_is(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    put(monkeypatch, value)
    assert env.mongo_uri(NAME) == value


def refuse(reader: str, value: str) -> str:
    """What the reader says to the value; it has to name the variable."""
    readers: dict[str, Callable[[], object]] = {
        "text": lambda: env.text(NAME),
        "boolean": lambda: env.boolean(NAME, False),
        "integer": lambda: env.integer(NAME, 5, minimum=1, maximum=9),
        "choice": lambda: env.choice(NAME, "plain", ("plain", "json")),
        "url": lambda: env.url(NAME),
        "origins": lambda: env.origins(NAME),
        "identifier": lambda: env.identifier(NAME, "flaks"),
        "mongo_uri": lambda: env.mongo_uri(NAME),
    }
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv(NAME, value)
        with pytest.raises(ImproperlyConfigured, match=f"^{NAME}: ") as caught:
            readers[reader]()
    return str(caught.value)


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("text", "a\x07b"),
        ("text", "a\nb"),
        ("boolean", "maybe"),
        ("boolean", "2"),
        ("integer", "0"),
        ("integer", "10"),
        ("integer", "-5"),
        ("integer", "5.0"),
        ("integer", "five"),
        ("integer", "9" * 5000),
        ("choice", "xml"),
        ("choice", "JSON"),
        ("url", "music.example"),
        ("url", "ftp://music.example"),
        ("url", "https://"),
        ("url", "https://a.example?x=1"),
        ("url", "https://a.example#x"),
        ("url", "https://a.example:0"),
        ("url", "https://a.example:99999"),
        ("url", "https://[::1"),
        ("origins", "a.example"),
        ("origins", "https://a.example/"),
        ("origins", "https://a.example, nonsense"),
        ("origins", "https://a.example/path"),
        ("identifier", "a b"),
        ("identifier", "a/b"),
        ("identifier", "$flaks"),
        ("identifier", "x" * 64),
        ("mongo_uri", "http://127.0.0.1"),
        ("mongo_uri", "mongodb://"),
        ("mongo_uri", "mongodb://a.example:99999"),
        ("mongo_uri", "mongodb://u:p/w@a.example"),
        ("mongo_uri", "mongodb://a.example/?replicaSet"),
    ],
)
def test_a_bad_value_is_refused_by_the_variables_name(reader: str, value: str) -> None:
    refuse(reader, value)


def test_the_message_about_a_secret_address_does_not_quote_it() -> None:
    assert "hunter2" not in refuse("mongo_uri", "mongodb://user:hunter2/@a.example")


def test_a_secret_is_read_from_the_variable_or_from_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    put(monkeypatch, "from the variable")
    assert env.secret(NAME) == "from the variable"
    monkeypatch.delenv(NAME)
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert env.secret(NAME) == "from the file"


def test_a_secret_given_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    put(monkeypatch, "hunter2")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path))
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} and {NAME}_FILE are both set") as caught:
        env.secret(NAME)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
def test_a_secrets_file_that_holds_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match=f"^{NAME}_FILE: "):
        env.secret(NAME)


def test_the_folder_of_a_file_to_write_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    put(monkeypatch, str(tmp_path / "a" / "b" / "flaks.sqlite3"))
    assert env.file_to_write(NAME, Path("unused")).parent.is_dir()


def test_a_folder_that_cannot_be_made_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file, not a folder")
    put(monkeypatch, str(tmp_path / "a" / "b" / "flaks.sqlite3"))
    with pytest.raises(ImproperlyConfigured, match=f"^{NAME}: the folder cannot be made"):
        env.file_to_write(NAME, Path("unused"))


@pytest.mark.parametrize(
    "value", ["https://music.example", "http://127.0.0.1:9100", "http://localhost:1", "http://[::1]:1"]
)
def test_a_service_is_reached_over_https_or_on_loopback(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    put(monkeypatch, value)
    assert env.service_url(NAME, "https://default.example") == value


@pytest.mark.parametrize("value", ["http://music.example", "http://10.0.0.1", "http://127.0.0.1.evil.example"])
def test_a_service_over_plain_http_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    put(monkeypatch, value)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}: expected https"):
        env.service_url(NAME, "https://default.example")


def test_a_list_of_names_holds_known_names_only(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, "a, b")
    assert env.choices(NAME, "a", ("a", "b", "c")) == ["a", "b"]
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}: expected names of a, c"):
        env.choices(NAME, "a", ("a", "c"))


def test_a_number_that_may_be_missing_is_none_then(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.optional_integer(NAME, minimum=0, maximum=9) is None
    put(monkeypatch, "0")
    assert env.optional_integer(NAME, minimum=0, maximum=9) == 0
    put(monkeypatch, "10")
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.optional_integer(NAME, minimum=0, maximum=9)


@pytest.mark.parametrize(("value", "bound"), [(5, None), (None, None), (5, 5)])
def test_a_default_within_its_bound_is_accepted(value: int | None, bound: int | None) -> None:
    env.refuse_above(FLAKS_THING=(value, bound))


@pytest.mark.parametrize("value", [6, None])
def test_a_default_above_its_bound_stops_the_start(value: int | None) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"FLAKS_THING: .*at most FLAKS_THING_MAX, which is 5"):
        env.refuse_above(FLAKS_THING=(value, 5))
