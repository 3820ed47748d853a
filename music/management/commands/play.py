"""`manage.py play TEXT`: what a caller would be answered, from which source, and how long each step took."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from music import links, resolver
from music.deadline import Deadline
from music.domain import Attempt
from music.playback import CEILINGS
from music.problems import problem_of
from music.serializers import attempts_json, match_json, track_json
from music.trace import NoMatch, Unresolved


class Command(BaseCommand):
    help = "Show what a song name, an id or a link would be answered with, and how the answer came about."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("wanted", help="a song name, an id such as jiosaavn:5WXAlMNt, or a link")
        parser.add_argument("--quality", choices=list(CEILINGS), default="auto")
        parser.add_argument("--language", default="", help="an ordered wish, as in english,hindi")
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")

    def handle(self, *_: Any, **options: Any) -> None:
        """Exits with 1 where nothing would be played."""
        started = time.perf_counter()
        try:
            found = self._resolved(options)
        except Unresolved as error:
            self._refuse(error, options["json"])
            return
        elapsed = round((time.perf_counter() - started) * 1000)
        if options["json"]:
            self._print_json(found, elapsed)
        else:
            self._print(found, elapsed)

    def _resolved(self, options: dict[str, Any]) -> resolver.Resolved:
        languages = tuple(word for word in options["language"].lower().split(",") if word)
        deadline = Deadline.after(settings.FLAKS_DEADLINE_MS)
        try:
            return resolver.stream(links.read(options["wanted"]), CEILINGS[options["quality"]], languages, deadline)
        except links.UnsupportedLink as error:
            raise self._refused("unsupported_link", str(error), options["json"]) from error
        except resolver.NotATrack as error:
            raise self._refused(
                "not_a_track", f"this is a link to an album, playlist or artist ({error})", options["json"]
            ) from error

    def _refused(self, code: str, detail: str, as_json: bool) -> CommandError:
        if as_json:
            self.stdout.write(json.dumps({"code": code, "detail": detail}, indent=2))
        return CommandError(f"{code}: {detail}")

    def _print(self, found: resolver.Resolved, elapsed: int) -> None:
        track, link = found.track, found.link
        self.stdout.write(f"{track.title} - {track.artist}  ({track.duration // 60}:{track.duration % 60:02})")
        self.stdout.write(f"{track.id}  {track.url}")
        self.stdout.write(f"{link.codec} {link.bitrate} kbit/s from {urlsplit(link.url).hostname}, {elapsed} ms in all")
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
                "host": urlsplit(found.link.url).hostname,
                "mime": found.link.mime,
                "codec": found.link.codec,
                "bitrate": found.link.bitrate,
                "size": found.link.size,
            },
            "match": match_json(found.match),
            "attempts": attempts_json(found.attempts),
            "elapsed_ms": elapsed,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))

    def _refuse(self, error: Unresolved, as_json: bool) -> None:
        problem = problem_of(error)
        code = str(problem.get_codes())
        if as_json:
            self.stdout.write(json.dumps({"code": code, "detail": str(problem.detail), **problem.extra}, indent=2))
        else:
            self._print_attempts(error.attempts)
            for track, score in error.match.alternatives if isinstance(error, NoMatch) else ():
                self.stdout.write(f"  near: {score:.2f}  {track.title} - {track.artist}  ({track.id})")
        raise CommandError(f"{code}: {problem.detail}")
