"""`manage.py play TEXT`: what a caller would be answered, from which source, and how long each step took."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from music import describing, links, pins, resolver, switches
from music.deadline import Deadline
from music.domain import Attempt
from music.playback import CEILINGS
from music.problems import problem_of
from music.serializers import attempts_json, match_json, track_json
from music.trace import NoMatch, Unresolved


class Command(BaseCommand):
    help = "Show what a song name, an id or a link would be answered with, and how the answer came about."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "wanted",
            nargs="+",
            help="a song name, an id such as jiosaavn:5WXAlMNt, or a link; several are asked for one after the other",
        )
        parser.add_argument("--quality", choices=list(CEILINGS), default="auto")
        parser.add_argument("--language", default="", help="an ordered wish, as in english,hindi")
        parser.add_argument("--json", action="store_true", help="one JSON object for each on standard output")

    def handle(self, *_: Any, wanted: list[str], **options: Any) -> None:
        """Exits with 1 where nothing would be played for one of them."""
        switches.refresh()
        pins.refresh()
        refused = [refusal for text in wanted if (refusal := self._played(text, options)) is not None]
        if refused:
            raise refused[-1]

    def _played(self, wanted: str, options: dict[str, Any]) -> CommandError | None:
        started = time.perf_counter()
        try:
            found = self._resolved(wanted, options)
        except Unresolved as error:
            return self._refusal(error, options["json"])
        except links.UnsupportedLink as error:
            return self._refused("unsupported_link", str(error), options["json"])
        except describing.NotATrack as error:
            detail = f"this is a link to an album, playlist or artist ({error})"
            return self._refused("not_a_track", detail, options["json"])
        elapsed = round((time.perf_counter() - started) * 1000)
        (self._print_json if options["json"] else self._print)(found, elapsed)
        return None

    def _resolved(self, wanted: str, options: dict[str, Any]) -> resolver.Resolved:
        languages = tuple(word for word in options["language"].lower().split(",") if word)
        deadline = Deadline.after(settings.FLAKS_DEADLINE_MS)
        return resolver.stream(links.read(wanted), CEILINGS[options["quality"]], languages, deadline)

    def _refused(self, code: str, detail: str, as_json: bool) -> CommandError:
        if as_json:
            self.stdout.write(json.dumps({"code": code, "detail": detail}, indent=2))
        return CommandError(f"{code}: {detail}")

    def _print(self, found: resolver.Resolved, elapsed: int) -> None:
        track, audio = found.track, found.audio
        how = " (stale: every source fails)" if found.stale else " (cached)" if found.cached else ""
        self.stdout.write(f"{track.title} - {track.artist}  ({track.duration // 60}:{track.duration % 60:02})")
        self.stdout.write(f"{track.id}  {track.url}")
        self.stdout.write(f"{audio.codec} {audio.bitrate} kbit/s{_from_host(found)}, {elapsed} ms in all{how}")
        if found.match.requested:
            asked = found.match.requested
            self.stdout.write(f"asked for: {asked.title} - {asked.artist}  ({asked.id})")
        self.stdout.write(f"match {found.match.score:.2f}: {found.match.reason}")
        self._print_attempts(found.attempts)

    def _print_attempts(self, attempts: tuple[Attempt, ...]) -> None:
        for attempt in attempts:
            self.stdout.write(f"  {attempt.source:<9} {attempt.outcome:<12} {attempt.ms:>5} ms  {attempt.detail}")

    def _print_json(self, found: resolver.Resolved, elapsed: int) -> None:
        answer = {
            "track": track_json(found.track),
            # The link itself is signed: it is a secret while it lives, and a terminal keeps what it shows.
            "link": {
                "host": _host(found),
                "mime": found.audio.mime,
                "codec": found.audio.codec,
                "bitrate": found.audio.bitrate,
                "size": found.audio.size,
            },
            "match": match_json(found.match),
            "attempts": attempts_json(found.attempts),
            "cached": found.cached,
            "stale": found.stale,
            "elapsed_ms": elapsed,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))

    def _refusal(self, error: Unresolved, as_json: bool) -> CommandError:
        problem = problem_of(error)
        code = str(problem.get_codes())
        if as_json:
            self.stdout.write(json.dumps({"code": code, "detail": str(problem.detail), **problem.extra}, indent=2))
        else:
            self._print_attempts(error.attempts)
            for track, score in error.match.alternatives if isinstance(error, NoMatch) else ():
                self.stdout.write(f"  near: {score:.2f}  {track.title} - {track.artist}  ({track.id})")
        return CommandError(f"{code}: {problem.detail}")


def _host(found: resolver.Resolved) -> str | None:
    return urlsplit(found.link.url).hostname if found.link else None


def _from_host(found: resolver.Resolved) -> str:
    return f" from {_host(found)}" if found.link else ""
