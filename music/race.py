"""Sources side by side: the first has a head start, the others follow where it is silent or has nothing.

Each source runs in a lane: a generator that yields the steps it waits for (`Pending`), or a gate that has to open
before it goes on, and that returns its complete answer, or None. One thread, the caller's, runs them all; what the
services are asked runs on the sources' own threads.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from music.deadline import Deadline
from music.hedges import HEDGES
from music.sources.base import SourceError
from music.trace import Pending

Answer = TypeVar("Answer")
Gate = Callable[[], bool]
Steps = Generator["Pending[Any] | Gate", Any, "Answer | None"]

ASIDE_SECONDS = 0.01  # after which a question is on its way, and what the lane has to do besides does not hold it up
LINK_SECONDS = 0.8  # the link step's own, once an acceptable candidate is found


@dataclass
class Lane(Generic[Answer]):
    """One source's way to an answer. `deadline` is the lane's own."""

    run: Callable[[Lane[Answer]], Steps[Answer]]
    deadline: Deadline
    answer: Answer | None = None
    error: SourceError | None = None
    candidate_at: float | None = None  # when an acceptable song was found, whose link is then asked for
    is_done: bool = False
    players: Sequence[Lane[Answer]] = ()  # without any of which this lane leads nowhere
    aside: Callable[[], object] | None = None  # what is to be done while a service is waited for
    waits_for: Pending[Any] | Gate | None = None
    _steps: Steps[Answer] | None = field(default=None, repr=False)

    @property
    def has_begun(self) -> bool:
        return self._steps is not None

    @property
    def is_hopeless(self) -> bool:
        """Whether every lane that could play what this one finds has failed."""
        return bool(self.players) and all(lane.is_done and lane.error is not None for lane in self.players)

    @property
    def step(self) -> Pending[Any] | None:
        """The step of a service that the lane waits for."""
        return self.waits_for if isinstance(self.waits_for, Pending) else None

    def found_candidate(self) -> None:
        """An acceptable song was found: what is left is its link."""
        self.candidate_at = time.monotonic()

    def begin(self) -> None:
        """Go up to the first thing to wait for."""
        self._steps = self.run(self)
        self._advance(None)

    def go_on(self) -> bool:
        """Take one step where that is possible now; whether it was."""
        if self.is_done or not self.has_begun or not self.is_ready:
            return False
        if self.step is None:
            self._advance(None)
            return True
        try:
            result = self.step.result()
        except SourceError as error:
            self._advance(error)
        else:
            self._advance(result)
        return True

    def do_aside(self) -> None:
        """Do what was put aside."""
        aside, self.aside = self.aside, None
        if aside is not None:
            aside()

    def stop(self) -> None:
        """Leave the lane where it is."""
        if self._steps is not None:
            self._steps.close()
        self.is_done, self.waits_for = True, None

    @property
    def is_ready(self) -> bool:
        """Whether what the lane waits for is there, or its time is over."""
        if self.step is not None:
            return self.step.future.done() or self.deadline.remaining() <= 0
        return callable(self.waits_for) and (self.waits_for() or self.deadline.remaining() <= 0)

    def _advance(self, result: Any) -> None:
        steps: Any = self._steps
        try:
            self.waits_for = steps.throw(result) if isinstance(result, SourceError) else steps.send(result)
        except StopIteration as ended:
            self.is_done, self.waits_for, self.answer = True, None, ended.value
        except SourceError as error:
            self.is_done, self.waits_for, self.error = True, None, error


class Race(Generic[Answer]):
    """Lanes in the order of their places. `head_start` is in seconds, from now to the first lane's candidate."""

    def __init__(self, deadline: Deadline, head_start: float) -> None:
        self._deadline = deadline
        self._patience = head_start
        self._head_start = time.monotonic() + head_start
        self._lanes: list[Lane[Answer]] = []
        self._hedge: bool | None = None

    def add(self, run: Callable[[Lane[Answer]], Steps[Answer]], deadline: Deadline | None = None) -> Lane[Answer]:
        """Add a lane, after those that are there."""
        lane = Lane(run, deadline or self._deadline)
        self._lanes.append(lane)
        return lane

    def first_is_silent(self) -> bool:
        """Whether the first lane has nothing to wait for: it is done, or has no candidate, or is late with its link."""
        first = self._lanes[0]
        if first.is_done or first.candidate_at is None:
            return True
        return time.monotonic() >= first.candidate_at + LINK_SECONDS

    def run(self) -> Answer | None:
        """The first complete answer; of several at the same moment, that of the first lane. None where none has one."""
        HEDGES.earn()
        self._lanes[0].begin()
        while True:
            self._go_on()
            winner = next((lane for lane in self._lanes if lane.answer is not None), None)
            if winner is not None:
                self._leave(winner)
                return winner.answer
            if self._begin_others():
                continue
            self._end_hopeless()
            running = [lane for lane in self._lanes if lane.has_begun and not lane.is_done]
            if not running or (not any(lane.step for lane in running) and self._deadline.remaining() <= 0):
                self._leave(None)
                return None
            if not any(lane.is_ready for lane in running):
                self._wait(running)

    def _go_on(self) -> None:
        """Go on in each lane as far as can be, but not once there is an answer: what follows would be asked in vain."""
        while not any(lane.answer is not None for lane in self._lanes) and any(lane.go_on() for lane in self._lanes):
            pass

    def _begin_others(self) -> bool:
        """The others begin once the first is done without an answer, or is late and a hedge is left; whether now."""
        others = [lane for lane in self._lanes[1:] if not lane.has_begun]
        if not others or not (self._lanes[0].is_done or self._is_hedged()):
            return False
        for lane in others:
            lane.begin()
        return True

    def _end_hopeless(self) -> None:
        for lane in self._lanes:
            if lane.has_begun and not lane.is_done and lane.is_hopeless:
                if lane.step is not None:
                    lane.step.dismiss()
                lane.stop()

    def _is_hedged(self) -> bool:
        if self._hedge is None and time.monotonic() >= self._late_at():
            self._hedge = HEDGES.take()
        return bool(self._hedge)

    def _late_at(self) -> float:
        candidate_at = self._lanes[0].candidate_at
        return self._head_start if candidate_at is None else candidate_at + LINK_SECONDS

    def _wait(self, running: Sequence[Lane[Answer]]) -> None:
        """Until a step is done, a lane's time is over, or the first lane is late."""
        until = min(lane.deadline.at for lane in running)
        until = min([until, *(at for at in (self._late_at(),) if at > time.monotonic())])
        seconds = max(0.0, until - time.monotonic())
        asides = [lane for lane in running if lane.aside is not None]
        if asides:
            seconds = min(seconds, ASIDE_SECONDS)
        steps = [lane.step.future for lane in running if lane.step is not None]
        if len(steps) == 1:
            with suppress(FutureTimeout):
                steps[0].exception(timeout=seconds)  # cheaper than `wait`, and what is mostly waited for
        elif steps:
            wait(steps, timeout=seconds, return_when=FIRST_COMPLETED)
        else:
            time.sleep(min(seconds, 0.05))
        if not any(step.done() for step in steps):
            for lane in asides:
                lane.do_aside()

    def _leave(self, winner: Lane[Answer] | None) -> None:
        """Stop the other lanes, and note what they were waiting for."""
        place = self._lanes.index(winner) if winner is not None else len(self._lanes)
        for number, lane in enumerate(self._lanes):
            step = lane.step
            if lane is not winner and step is not None:
                # One that has only just been asked is not silent.
                is_late = number < place and step.waited >= min(self._patience, LINK_SECONDS)
                step.outrun() if is_late else step.dismiss()
            if lane is not winner:
                with suppress(RuntimeError):
                    lane.stop()
