"""The long form: every row with all its seeds, and one table.

Before that, each row that has a control is run once, in its short form, with a plain bot: a row in which that does not
fail would find nothing out.

python -m tests.delivery.soak [--only R1 R2] [--seeds N] [--jobs N] [--subject plain] [--short]
"""

import argparse
import asyncio
import signal
import sys
import traceback
from collections.abc import Sequence

from tests.delivery.judging import Figures
from tests.delivery.rows import LONG, SHORT, Row, Size
from tests.delivery.subjects import ASSISTANT, PLAIN, PLAIN_16, Subject
from tests.delivery.table import ROWS

_SUBJECTS = {"assistant": ASSISTANT, "plain": PLAIN, "plain16": PLAIN_16}
_HEADING = (
    f"{'row':5}{'seed':>5}{'asked':>8}{'answered':>9}{'recorded':>9}{'lost':>6}{'double':>7}{'p50':>9}{'p99':>9}  "
)


def _show(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _line(name: str, seed: str, figures: Figures) -> str:
    end = "; ".join(figures.failures) or "pass"
    notes = "".join(f"  {name}: {value:g}" for name, value in figures.notes.items())
    return (
        f"{name:5}{seed:>5}{figures.asked:8}{figures.answered:9}{figures.recorded:9}{figures.lost:6}{figures.double:7}"
        f"{figures.p50:9.3f}{figures.p99:9.3f}  {end}{notes}"
    )


async def _run(row: Row, subject: Subject, size: Size, seed: int) -> Figures:
    try:
        return await row.run(subject, size, seed)
    except (RuntimeError, OSError, TimeoutError, ValueError, AssertionError):
        traceback.print_exc()
        return Figures(failures=["did not come to an end"])


def _together(runs: Sequence[Figures]) -> Figures:
    """The figures of all seeds: sums, and the worst of the times."""
    failures = list(dict.fromkeys(failure for figures in runs for failure in figures.failures))
    whole = Figures(failures=failures, p50=max(run.p50 for run in runs), p99=max(run.p99 for run in runs))
    for name in ("asked", "answered", "recorded", "lost", "double"):
        setattr(whole, name, sum(getattr(run, name) for run in runs))
    return whole


async def _controls(rows: Sequence[Row]) -> bool:
    """Whether the plain bot breaks each promise that it cannot keep."""
    all_broken = True
    for row in rows:
        if row.control:
            figures = await _run(row, row.plain, SHORT, 0)
            is_broken = any(row.control in failure for failure in figures.failures)
            _show(f"{row.name:5} control: {'breaks the promise' if is_broken else 'FOUND NOTHING OUT'}")
            all_broken = all_broken and is_broken
    return all_broken


async def _soak(rows: Sequence[Row], subject: Subject, size: Size, most_seeds: int, jobs: int) -> bool:
    places = asyncio.Semaphore(jobs)

    async def run(row: Row, seed: int) -> Figures:
        async with places:
            figures = await _run(row, subject, size, seed)
            _show(_line(row.name, str(seed), figures))
            return figures

    _show(_HEADING)
    tasks = {
        row.name: [asyncio.ensure_future(run(row, seed)) for seed in range(min(row.seeds, most_seeds))] for row in rows
    }
    wholes = {name: _together(await asyncio.gather(*of_row)) for name, of_row in tasks.items()}
    _show(f"\n{_HEADING}")
    for name, whole in wholes.items():
        _show(_line(name, "all", whole))
    return not any(whole.failures for whole in wholes.values())


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.delivery.soak", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=[row.name for row in ROWS], help="these rows")
    parser.add_argument("--seeds", type=int, default=10, help="at most so many of each row")
    parser.add_argument("--jobs", type=int, default=1, help="so many runs at once; more than one distorts times")
    parser.add_argument("--subject", choices=_SUBJECTS, default="assistant", help="the program to be tested")
    parser.add_argument("--short", action="store_true", help="the small counts of the test suite")
    chosen = parser.parse_args()
    rows = [row for row in ROWS if not chosen.only or row.name in chosen.only]
    size = SHORT if chosen.short else LONG
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the programs that it started end with it
    passed = asyncio.run(_controls(rows))
    passed &= asyncio.run(_soak(rows, _SUBJECTS[chosen.subject], size, chosen.seeds, chosen.jobs))
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    _main()
