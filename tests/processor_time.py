"""Processor time in units that mean the same on every machine, however slow or busy."""

import time
from collections.abc import Callable


def processor_units(work: Callable[[], object]) -> float:
    """Time of `work` over that of a million additions, measured just before and just after it (about 0.1 s alone)."""
    before = _seconds(_a_million_additions)
    taken = _seconds(work)
    return taken / max(before, _seconds(_a_million_additions))


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _a_million_additions() -> int:
    total = 0
    for number in range(1_000_000):
        total += number
    return total
