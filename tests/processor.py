"""The processor's time: unlike that of a clock it hardly depends on what else the machine does.

In units it does not depend on the machine either: one is the time of a million additions, about 0.1 s, measured just
before and just after what is measured.
"""

import time
from collections.abc import Awaitable, Callable

import psutil


def processor_units(work: Callable[[], object]) -> float:
    """What the work takes of the processor, in its thread."""
    unit = _unit()
    taken = _seconds(work)
    return taken / max(unit, _unit())


async def processor_units_of_all(work: Callable[[], Awaitable[object]]) -> float:
    """What the work takes, in this process and in those that it started, which still run."""
    unit = _unit()
    started = _seconds_of_all()
    await work()
    taken = _seconds_of_all() - started
    return taken / max(unit, _unit())


def _seconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


def _seconds_of_all() -> float:
    own = psutil.Process()
    return sum(sum(process.cpu_times()[:2]) for process in (own, *own.children(recursive=True)) if process.is_running())


def _unit() -> float:
    return 10 * _seconds(_a_tenth_of_a_million_additions)


def _a_tenth_of_a_million_additions() -> int:
    total = 0
    for number in range(100_000):
        total += number
    return total
