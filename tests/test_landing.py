"""The public pages: what they say, what they load, and that the files they load are the published ones."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client, override_settings

TEMPLATES = Path(site.BASE_DIR) / "templates"
VENDOR = Path(site.BASE_DIR) / "flaks" / "static" / "vendor"
PAGES = ["landing.html", "400.html", "403.html", "404.html", "429.html", "500.html"]
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
# As the makers publish it for those who load the file from a content network.
BOOTSTRAP_5_3_0_CSS = "9ndCyUaIbzAi2FUVXJi0CjmCapSmO7SnpJef0486qhLnuZ2cdeRhO02iuK6FUUVM"


class Document(HTMLParser):
    """A page taken apart: `tags` in order, and the text inside each element that has an id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: defaultdict[str, str] = defaultdict(str)
        self._open: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(dict(attrs).get("id"))

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in filter(None, self._open):
            self.texts[element] += data

    def values(self, name: str) -> list[str]:
        """Every value of one attribute."""
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]

    def loads(self) -> list[str]:
        """The addresses that a browser fetches by itself."""
        fetching = [attrs for tag, attrs in self.tags if tag not in ("a", "form")]
        return [value for attrs in fetching for name in ("src", "href") if (value := attrs.get(name))]


def rendered(name: str, base_url: str = "https://music.example") -> Document:
    return Document(render_to_string(name, {"base_url": base_url}))


def inline_parts(html: str) -> list[str]:
    """What the Content-Security-Policy refuses: inline scripts, styles and handlers."""
    found = []
    for tag, attrs in Document(html).tags:
        if tag == "style" or (tag == "script" and not attrs.get("src")):
            found.append(tag)
        found += [name for name, value in attrs.items() if value and re.fullmatch(r"style|on[a-z]+", name)]
    return found


class Recorder(BaseHTTPRequestHandler):
    """Answers the page's own example answer, and keeps what it was asked."""

    body = b""
    seen: list[tuple[str, str | None]] = []

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers.get("X-API-Key")))
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Keeps the tests' output quiet."""


@pytest.fixture
def example_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server on loopback that answers every call with the page's example."""
    monkeypatch.setattr(Recorder, "body", rendered("landing.html").texts["answer"].encode())
    monkeypatch.setattr(Recorder, "seen", [])
    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def run(command: list[str]) -> str:
    environment = os.environ | {"FLAKS_KEY": "flk_live_example", "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


def test_it_answers_with_the_address_that_the_caller_used(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
    assert f'"{response.context["base_url"]}/api/v1/stream?q=' in Document(response.text).texts["curl"]


def test_it_escapes_the_address() -> None:
    html = render_to_string("landing.html", {"base_url": 'https://music.example/"><script>alert(1)</script>'})
    assert "<script>alert" not in html


def test_the_curl_command_asks_for_a_song_with_the_key(example_server: str) -> None:
    if not (curl := shutil.which("curl")):
        pytest.skip("curl is not installed")
    command = rendered("landing.html", example_server).texts["curl"].replace("flk_live_…", "flk_live_example")
    assert json.loads(run(["sh", "-c", command.replace("curl", f"{curl} --silent", 1)]))["track"]
    assert Recorder.seen == [("/api/v1/stream?q=lanterns+kestrel+bay", "flk_live_example")]


def test_the_python_program_prints_the_title_and_the_link(example_server: str) -> None:
    answer = json.loads(rendered("landing.html").texts["answer"])
    output = run([sys.executable, "-X", "utf8", "-c", rendered("landing.html", example_server).texts["python"]])
    assert output == f"{answer['track']['title']} {answer['stream']['url']}\n"
    assert Recorder.seen == [("/api/v1/stream?q=lanterns+kestrel+bay", "flk_live_example")]


def test_the_python_program_prints_the_code_of_an_error(example_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = rendered("landing.html").texts["problem"]
    monkeypatch.setattr(Recorder, "body", problem.encode())
    output = run([sys.executable, "-X", "utf8", "-c", rendered("landing.html", example_server).texts["python"]])
    assert output == "daily_quota_exceeded The calls of today are used up.\n"


def test_the_examples_are_marked_as_examples() -> None:
    html = render_to_string("landing.html", {"base_url": "https://music.example"})
    assert html.count('<span class="tag">Example') == 3


def test_an_unknown_page_gets_the_404_page(client: Client) -> None:
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert [template.name for template in response.templates] == ["404.html", "base.html"]


@pytest.mark.parametrize("name", PAGES[1:])
def test_an_error_page_needs_no_request_and_leads_home(name: str) -> None:
    document = Document(render_to_string(name))
    assert ("a", {"class": "btn btn-accent mt-3", "href": "/"}) in document.tags
    assert ("meta", {"name": "robots", "content": "noindex"}) in document.tags


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_has_what_the_security_policy_refuses(path: Path) -> None:
    assert inline_parts(path.read_text()) == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<script>alert(1)</script>", ["script"]),
        ("<style>p{}</style>", ["style"]),
        ('<p style="color:red">', ["style"]),
        ('<button onclick="go()">', ["onclick"]),
        ('<script src="/static/a.js"></script><p class="on">', []),
    ],
)
def test_inline_parts_are_recognised(html: str, found: list[str]) -> None:
    assert inline_parts(html) == found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_only_files_of_ours_that_exist(name: str) -> None:
    loads = rendered(name).loads()
    assert len(loads) >= 6
    for address in loads:
        assert address.startswith(site.STATIC_URL)
        assert finders.find(address.removeprefix(site.STATIC_URL)), address


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_well_formed_for_assistive_programs(name: str) -> None:
    document = rendered(name)
    assert Counter(tag for tag, _ in document.tags)["h1"] == 1
    assert all("alt" in attrs for tag, attrs in document.tags if tag == "img")
    assert max(Counter(document.values("id")).values()) == 1


def test_links_and_labels_within_the_landing_page_have_a_target() -> None:
    document = rendered("landing.html")
    anchors = {link.partition("#")[2] for link in document.values("href") if "#" in link}
    named = anchors | set(document.values("aria-labelledby")) | set(document.values("data-copy"))
    assert len(named) >= 8
    assert named <= set(document.values("id"))


def test_every_vendored_file_is_the_one_in_its_readme() -> None:
    listed = dict(re.findall(r"^\| `([^`]+)` \| `([^`]{64})` \|$", (VENDOR / "README.md").read_text(), re.MULTILINE))
    files = [path for path in VENDOR.rglob("*") if path.is_file() and path.name != "README.md"]
    assert listed == {path.relative_to(VENDOR).as_posix(): sha384(path) for path in files}


def test_bootstrap_is_the_published_5_3_0() -> None:
    assert sha384(VENDOR / "bootstrap" / "css" / "bootstrap.min.css") == BOOTSTRAP_5_3_0_CSS


def sha384(path: Path) -> str:
    return base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()


def test_every_file_that_a_stylesheet_names_is_there(tmp_path: Path) -> None:
    with override_settings(
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STATICFILES_DIRS=[VENDOR.parent],
        STATIC_ROOT=tmp_path,
        STORAGES=site.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}},
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    paths = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert {"flaks/site.css", "vendor/bootstrap/css/bootstrap.min.css"} <= set(paths)


def test_a_browser_that_asks_for_an_icon_by_habit_is_led_to_ours(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (301, "/static/flaks/favicon.svg")
