"""Units of a day, taken from the database in blocks, so that a busy key does not ask it at each call.

A lease is taken by one conditional update, belongs to one lineage, one UTC day and the limit as it was read, and is
dead after two seconds, or at shutdown: its rest then goes back. What is leased counts as used, so that no number of
processes ever admits more than the limit; a process that is killed loses one lease of each of its keys, at most.

Blocks grow with use, 1, 1, 1, 1, 2, 4, 8, 16, to what the key's pace will most likely spend while a lease lives, and
are of 1 while fewer than 64 units, or 5 %, would be left: a key that calls now and then leases nothing that would have
to go back, and the last units of a day are where they are asked for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from keys.models import KeyQuota

LARGEST = 16
LIVES_SECONDS = 2.0
READ_SECONDS = 1.0  # how long what was read of other processes' use is shown to callers
NEAR_SECONDS = 0.1  # the same where few units are left
SINGLE_LEASES = 4  # of one unit each, before blocks grow
SHARE = 0.75  # of what the pace would spend in the life of a lease: calls do not come evenly
KEPT_SECONDS = 10.0  # for which the pace of a key whose lease is over is remembered
DENIED_SECONDS = 0.2  # how long a day that was found used up is not asked for again


LONG_AGO = float("-inf")


@dataclass
class Account:
    """What this process holds and knows of one lineage's day."""

    limit: int | None = None
    left: int = 0  # units of the lease
    dies: float = 0.0  # when, of the steady clock
    taken: int = 0  # leases in a row
    spent: int = 0  # units, since the last lease was taken
    taken_at: float = LONG_AGO
    small_until: float = 0.0  # until then, a block of more than one would leave too little
    denied_until: float = 0.0
    used: int = 0  # units of the day as last known, the lease's included
    known_at: float = LONG_AGO
    is_gone: bool = False  # forgotten: whoever still holds it asks for the account anew
    lock: threading.Lock = field(default_factory=threading.Lock)


Name = tuple[UUID, date]


class Leases:
    """The accounts of this process. `clock` tells seconds, steadily."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._accounts: dict[Name, Account] = {}
        self._lock = threading.Lock()
        self._clock = clock

    def spend(self, lineage: UUID, day: date, limit: int | None, units: int = 1) -> bool:
        """Take units of the day, all or none; False where too few are left."""
        name = (lineage, day)
        with self._opened(name) as account:
            if account.limit != limit:
                self._return(name, account)
                account.limit, account.denied_until, account.small_until = limit, 0.0, 0.0
            if account.left and self._clock() >= account.dies:
                self._return(name, account)
            if account.left < units:
                return self._clock() >= account.denied_until and self._lease(name, account, units)
            account.left -= units
            account.spent += units
            return True

    def used(self, lineage: UUID, day: date) -> int:
        """Units taken of the day, leased ones included.

        Read again where that was told more than a second ago, or a tenth where few units are left: a caller plans by
        the last ones.
        """
        with self._opened((lineage, day)) as account:
            now = self._clock()
            is_near = account.limit is not None and account.limit - account.used <= _margin(account.limit)
            is_open = is_near and now >= account.denied_until
            if now - account.known_at >= (NEAR_SECONDS if is_open else READ_SECONDS):
                account.used, account.known_at = KeyQuota.objects.used(lineage, day), now
            return account.used

    def give_back(self, lineage: UUID, day: date, limit: int | None) -> bool:
        """Return one unit that was spent, within the day's cap of refunds."""
        with self._opened((lineage, day)) as account:
            given = KeyQuota.objects.give_back(lineage, day, limit)
            account.used -= given
            account.denied_until = 0.0
            return given

    def return_dead(self) -> None:
        """Give back what is left of leases that are over, and forget accounts that have not been used for a while."""
        now = self._clock()
        self._return_where(lambda account: now >= account.dies, lambda account: now >= account.dies + KEPT_SECONDS)

    def return_all(self) -> None:
        """Give back all that is leased and not spent, as at shutdown."""
        self._return_where(lambda _account: True, lambda _account: True)

    def clear(self) -> None:
        """Forget everything, without giving back."""
        with self._lock:
            self._accounts.clear()

    @contextmanager
    def _opened(self, name: Name) -> Iterator[Account]:
        while True:
            account = self._accounts.get(name) or self._made(name)
            with account.lock:
                if account.is_gone:
                    continue
                yield account
                return

    def _made(self, name: Name) -> Account:
        with self._lock:
            return self._accounts.setdefault(name, Account())

    def _lease(self, name: Name, account: Account, units: int) -> bool:
        """Take the units, and more where the key is busy and enough is left."""
        now = self._clock()
        account.taken = account.taken + 1 if now < account.dies + LIVES_SECONDS else 1
        extra = self._block(account, now) - units
        if extra > 0 and not self._take(name, account, units + extra, _margin(account.limit)):
            extra, account.small_until = 0, now + LIVES_SECONDS
        if extra <= 0 and not self._take(name, account, units, 0):
            account.known_at, account.denied_until = LONG_AGO, now + DENIED_SECONDS if units == 1 else 0.0
            return False
        account.left += max(0, extra)
        account.spent, account.taken_at, account.dies = units, now, now + LIVES_SECONDS
        return True

    def _block(self, account: Account, now: float) -> int:
        if now < account.small_until:
            return 1
        grown = 1 << min(10, max(0, account.taken - SINGLE_LEASES))
        likely = account.spent * LIVES_SECONDS * SHARE / max(now - account.taken_at, 0.001)
        return max(1, min(LARGEST, grown, int(likely)))

    def _take(self, name: Name, account: Account, units: int, margin: int) -> bool:
        limit = None if account.limit is None else account.limit - margin
        taken = KeyQuota.objects.take(*name, limit, units)
        if taken.used is not None:
            account.used, account.known_at = taken.used, self._clock()
        elif taken.admitted:
            account.used += units
        return taken.admitted

    def _return(self, name: Name, account: Account) -> None:
        if rest := _rest_of(account):
            KeyQuota.objects.put_back({name: rest})

    def _return_where(self, is_over: Callable[[Account], bool], is_idle: Callable[[Account], bool]) -> None:
        rests: dict[Name, int] = {}
        for name, account in list(self._accounts.items()):
            with account.lock:
                if is_over(account) and (rest := _rest_of(account)):
                    rests[name] = rest
                if is_idle(account) and not account.is_gone:
                    account.is_gone = True
                    self._accounts.pop(name, None)
        KeyQuota.objects.put_back(rests)


def _rest_of(account: Account) -> int:
    """What is left of the lease, which the account has no more."""
    rest, account.left = account.left, 0
    account.used -= rest
    return rest


def _margin(limit: int | None) -> int:
    """How many units have to be left after a block of more than one."""
    return 0 if limit is None else max(64, limit // 20)


LEASES = Leases()
