"""The stand-in as a real process, for tests. Needs nothing but the standard library."""

import json
import os
import select
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

_ROOT = Path(__file__).parents[2]
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
Part = Literal["api", "media", "all"]


class StandIn:
    """A running stand-in; starts when made, ends with `stop()`, at the end of a `with`, or when this process dies.

    Raises RuntimeError if it does not start within 20 s.
    """

    def __init__(self, *, latency_ms: int = 0, recordings: Path | None = None, port: int = 0) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="stand-in-")
        self.ca_file = Path(self._folder.name) / "ca.pem"
        command = [sys.executable, "-m", "tests.standin", "--port", str(port), "--latency-ms", str(latency_ms)]
        command += ["--ca-file", str(self.ca_file), "--until-eof"]
        if recordings:
            command += ["--recordings", str(recordings)]
        self._process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.url = self._wait_for_url()

    def _wait_for_url(self, seconds: float = 20.0) -> str:
        assert self._process.stdout is not None
        pipe, line, until = self._process.stdout.fileno(), b"", time.monotonic() + seconds
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
            read = os.read(pipe, 4096) if ready else b""
            if not read:
                self.stop()
                raise RuntimeError("the stand-in did not start")
            line += read
        return line.decode().split()[-1]

    @property
    def port(self) -> int:
        """The port that it listens on, on 127.0.0.1."""
        return int(self.url.rpartition(":")[2])

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def fault(self, source: str, fault: str, part: Part = "api", times: int = 0) -> None:
        """Sets a fault, for so many requests (0: for all). ValueError if it is refused.

        One of hang slow:MS http:STATUS html empty zero truncated reset cut:BYTES stall:BYTES unsized octet none.
        """
        self._ask("POST", "/_control", {"source": source, "part": part, "fault": fault, "times": times})

    def clear_faults(self) -> None:
        """Takes all faults away; the latency stays."""
        self._ask("DELETE", "/_control")

    def set_latency(self, ms: int) -> None:
        """Delays every answer of a service by `ms` milliseconds. ValueError if it is refused."""
        self._ask("POST", "/_control", {"latency_ms": ms})

    def log(self, source: str = "", part: str = "") -> list[dict[str, Any]]:
        """The requests seen, oldest first, of one source or part if given; see `journal.Entry` for what each holds."""
        entries: list[dict[str, Any]] = self._ask("GET", "/_log")
        return [entry for entry in entries if source in ("", entry["source"]) and part in ("", entry["part"])]

    def clear_log(self) -> None:
        """Forgets the requests seen."""
        self._ask("DELETE", "/_log")

    def begin_anew(self) -> None:
        """Takes faults and latency away, and forgets the requests seen, in one go."""
        self._ask("DELETE", "/_all")

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with _DIRECT.open(request, timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise ValueError(json.load(error)["reason"]) from None

    def close_input(self) -> None:
        """Closes its standard input, as the death of this process would: it then ends by itself."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def wait(self, seconds: float) -> int:
        """Waits for its end, and gives the exit status; raises subprocess.TimeoutExpired."""
        return self._process.wait(seconds)

    def stop(self) -> None:
        """Ends the process, and waits for it; may be called twice."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._folder.cleanup()

    def __enter__(self) -> "StandIn":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
