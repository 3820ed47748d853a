"""The comparison as a Markdown table: a row for each question, a column for each candidate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.servers.load import percentile
from bench.servers.trials import Crowd, Round, Stop, p50_p95_ms


@dataclass(frozen=True)
class Findings:
    """Everything measured of one candidate; `manners` are rows that are printed as they are."""

    name: str
    rounds: list[Round]
    guarded: Crowd
    unguarded: Crowd
    stop_call: Stop
    stop_stall: Stop
    manners: dict[str, str]


Cell = Callable[[Findings], str]


def table(findings: Sequence[Findings], baseline: str) -> str:
    """Markdown; figures of the ordinary rounds are medians, with their ratio to those of the candidate `baseline`."""
    base = next(found for found in findings if found.name == baseline)
    rows: list[tuple[str, Cell]] = [
        ("bare view, answers/s", _ratio(base, _bare_rate, "{:.0f}")),
        ("bare view, p99 ms", _ratio(base, _bare_p99, "{:.0f}")),
        ("processor µs a call", _ratio(base, _cpu_us, "{:.0f}")),
        ("64 slow calls (300 ms), p50 / p95 ms", lambda found: _p50_p95(_slow(found))),
        ("memory with yt-dlp after that, MB", _ratio(base, _memory, "{:.0f}")),
        ("200 stalled, guarded: streams begun / refused", lambda found: _admitted(found.guarded)),
        ("… bare view p50 / p95 ms, unanswered", lambda found: _calls(found.guarded)),
        ("… 64 slow calls, p50 / p95 ms", lambda found: _p50_p95(found.guarded.slow)),
        ("… memory MB", _ratio(base, lambda found: found.guarded.memory, "{:.0f}")),
        ("… and in the kernel's socket buffers, MB", lambda found: f"{found.guarded.kernel:.0f}"),
        ("a stall a thread, unguarded: streams begun", lambda found: str(found.unguarded.streams.served)),
        ("… bare calls answered / unanswered in 1 s", lambda found: _answered(found.unguarded)),
        ("SIGTERM in a call of 1 s: status, s until gone", lambda found: _stop(found.stop_call)),
        ("… hooks that ran, all processes", lambda found: _hooks(found.stop_call)),
        ("SIGTERM beside a stalled stream: s until gone", lambda found: _seconds(found.stop_stall)),
        ("… hooks that ran, all processes", lambda found: _hooks(found.stop_stall)),
    ]
    rows += [(question, _manner(question)) for question in base.manners]
    lines = [["", *(found.name for found in findings)], ["---"] * (len(findings) + 1)]
    lines += [[question, *(cell(found) for found in findings)] for question, cell in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ratio(base: Findings, value: Callable[[Findings], float], form: str) -> Cell:
    return lambda found: f"{form.format(value(found))} (x{value(found) / value(base):.2f})"


def _manner(question: str) -> Cell:
    return lambda found: found.manners[question]


def _bare_rate(found: Findings) -> float:
    return median(one.bare.per_second for one in found.rounds)


def _bare_p99(found: Findings) -> float:
    return median(one.bare.p99_ms for one in found.rounds)


def _cpu_us(found: Findings) -> float:
    return median(one.cpu_us for one in found.rounds)


def _memory(found: Findings) -> float:
    return median(one.memory for one in found.rounds)


def _slow(found: Findings) -> list[float]:
    return [spent for one in found.rounds for spent in one.slow]


def _p50_p95(spent: list[float]) -> str:
    return "{:.0f} / {:.0f}".format(*p50_p95_ms(spent)) if spent else "not answered"


def _calls(crowd: Crowd) -> str:
    median_ms, p95_ms = p50_p95_ms(crowd.bare)
    return f"{median_ms:.1f} / {p95_ms:.1f}, {crowd.unanswered}"


def _admitted(crowd: Crowd) -> str:
    split = " + ".join(str(streams) for streams in crowd.streams.per_worker.values())
    return f"{crowd.streams.served} ({split}) / {crowd.streams.statuses[503]}"


def _answered(crowd: Crowd) -> str:
    return f"{len(crowd.bare)} / {crowd.unanswered}"


def _seconds(stop: Stop) -> str:
    return "never" if stop.seconds is None else f"{stop.seconds:.1f}"


def _stop(stop: Stop) -> str:
    return f"{stop.status or 'cut'}, {_seconds(stop)}"


def _hooks(stop: Stop) -> str:
    return ", ".join(f"{name} {times}" for name, times in sorted(stop.hooks.items()) if "stream" not in name) or "none"


def summary_line(one: Round, name: str, number: int) -> str:
    """One line on a round, printed as it ends."""
    p95 = percentile(one.slow, 0.95) * 1000
    return (
        f"round {number}, {name}: {one.bare.per_second:.0f}/s, {one.cpu_us:.0f} µs a call, {one.memory:.0f} MB,"
        f" slow p95 {p95:.0f} ms ({len(one.slow)} answered), {one.bare.failed} failed"
    )
