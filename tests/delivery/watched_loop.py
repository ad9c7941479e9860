"""The assistant with a watch on its event loop: `python tests/delivery/watched_loop.py run`.

Each hold of more than a few milliseconds becomes a line of the file that WATCHED_LOOP names: the moment (monotonic, the
same in all processes of the machine), for how many seconds the loop was held, and how many of them its own thread
worked. On a machine that does other work too, the rest of them was the others'.
"""

import asyncio
import os
import runpy
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE_SETTING = "WATCHED_LOOP"
_TICK = 0.005
_WORTH_A_LINE = 0.005


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that held the loop: when it ended, how long it took, and how long the loop's thread worked in it."""

    at: float
    seconds: float
    worked: float


def holds(file: Path, since: float, until: float) -> list[Hold]:
    """The holds between two moments."""
    lines = (line.split() for line in file.read_text().splitlines()) if file.exists() else ()
    found = (Hold(*map(float, line)) for line in lines)
    return [hold for hold in found if since <= hold.at <= until]


def _watched(make: Callable[[], asyncio.AbstractEventLoop], file: Path) -> Callable[[], asyncio.AbstractEventLoop]:
    """A factory of loops that write their holds down."""

    def watched() -> asyncio.AbstractEventLoop:
        loop = make()
        lines = file.open("a", buffering=1)

        def tick(due: float, worked_before: float) -> None:
            now, worked = time.monotonic(), time.thread_time()
            if now - due > _WORTH_A_LINE:
                lines.write(f"{now:.4f} {now - due:.4f} {worked - worked_before:.4f}\n")
            loop.call_later(_TICK, tick, time.monotonic() + _TICK, time.thread_time())

        loop.call_soon(tick, time.monotonic(), time.thread_time())
        return loop

    return watched


def _main() -> None:
    sys.path.insert(0, str(ROOT))
    from bot import event_loop

    make = event_loop._loop_factory() or asyncio.new_event_loop
    watched = _watched(make, Path(os.environ[FILE_SETTING]))
    event_loop._loop_factory = lambda: watched
    runpy.run_path(str(ROOT / "main.py"), run_name="__main__")


if __name__ == "__main__":
    _main()
