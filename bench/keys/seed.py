"""Fills the database that is measured: `python -m bench.keys.seed KEYS CALLS`; prints the keys that will be used."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

import django

BATCH = 5000
USED = 1000  # keys of which the plain text is printed
CALLS_A_ROW = 10


def main(keys: int, calls: int) -> None:
    """Make the keys, unlimited in a second and of ten million calls a day, and rows for the calls."""
    from keys.models import ApiKey, UsageStat  # noqa: PLC0415 - Django is set up only now

    lineages: list[uuid.UUID] = []

    def made() -> Iterator[ApiKey]:
        for number in range(keys):
            key = ApiKey(name=f"bench {number}", daily_limit=10_000_000)
            if number < USED:
                key.draw()
                print(key.plain)
            else:
                key.digest, key.hint = f"{number:064x}", f"bench...{number}"
            lineages.append(key.lineage)
            yield key

    def counted() -> Iterator[UsageStat]:
        for number in range(calls // CALLS_A_ROW):
            lineage = lineages[number % len(lineages)]
            day = datetime.now(UTC).date() - timedelta(days=1 + number // len(lineages))
            pk = UsageStat.key_for(day, lineage, "", "", "")
            yield UsageStat(id=pk, day=day, lineage=lineage, calls=CALLS_A_ROW, b3=CALLS_A_ROW)

    for rows, model in ((made(), ApiKey), (counted(), UsageStat)):
        while batch := list(islice(rows, BATCH)):
            model._default_manager.bulk_create(batch)  # type: ignore[arg-type]


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
