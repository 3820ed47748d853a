"""`make accuracy`: precision, recall and every miss of each set, and the time of a decision. 1 under the bars."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.accuracy import pace, recorded, report, sets


def main() -> int:
    """Print the report of all sets, and of the recorded tables."""
    print("\n".join(pace.lines(sets.SETS["held out"]())))
    met = True
    for name, make in sets.SETS.items():
        cases = make()
        if not cases:
            print(f"{name}\n  not run: FLAKS_RECORDINGS names no folder\n")
            continue
        found = report.outcomes(cases)
        print("\n".join(report.lines(name, found)))
        total = report.figures(found)
        met &= total.precision >= sets.PRECISION and total.recall >= sets.RECALL
    return 0 if met and _tables() else 1


def _tables() -> bool:
    if not sets.RECORDINGS:
        return True
    wrong = list(recorded.misses(Path(sets.RECORDINGS)))
    print("recorded tables\n" + "\n".join(f"  miss  {one}" for one in wrong) if wrong else "recorded tables: whole")
    return not wrong


if __name__ == "__main__":
    sys.exit(main())
