"""Runs the trials, and prints the table."""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.delivery.asking import FIRST_CITIZEN, Plan, ask
from tests.delivery.judging import Figures
from tests.delivery.trials import faults
from tests.delivery.trials.faults import Fault
from tests.delivery.trials.stage import Stage, one_instance, two_instances

_BEFORE, _AFTER = 3.0, 5.0
"""Seconds for which it is asked before the fault and after it."""
_LONGEST_WAIT = 20.0
_LONGEST_WAIT_AFTERWARDS = 5.0
"""Of whoever asked while nobody could be answered, since that was over."""
_LONGEST_SILENCE = 5.0
_HEADING = (
    f"{'fault':36}{'asked':>6}{'answered':>9}{'twice':>6}{'lost':>5}{'slowest':>9}{'after':>7}{'p50':>7}"
    f"{'told':>7}{'well':>7}"
)


@dataclass(frozen=True, slots=True)
class Trial:
    """A fault, for how many seconds it lasts, and whether `/readyz` of some instance has to tell of it.

    While it `silences`, nobody can be answered: then it counts how long they wait afterwards.
    """

    name: str
    fault: Fault
    seconds: float
    is_told: bool = True
    silences: bool = False


ONE = (
    Trial("full disk", faults.full_disk, 20),
    Trial("database file removed", faults.file_removed, 12),
    Trial("database locked", faults.file_locked, 20),
    Trial("matcher killed", faults.matcher_killed, 10, is_told=False),  # another one takes its place within a second
    Trial("matcher stopped", faults.matcher_stopped, 15),
    Trial("Telegram away", faults.telegram_away, 20, silences=True),
    Trial("Telegram silent", faults.telegram_silent, 20, silences=True),
    Trial("Telegram slow", faults.telegram_slow, 20, is_told=False),
    Trial("token revoked", faults.token_revoked, 10, silences=True),
    Trial("restarted", faults.restarted_in_turn, 10),
)
TWO = (
    Trial("PostgreSQL stopped", faults.postgresql_stopped, 20),
    Trial("PostgreSQL hanging", faults.postgresql_hanging, 30),
    Trial("ten connections", faults.ten_connections, 20, is_told=False),
    Trial("table locked", faults.table_locked, 20),
    Trial("matcher of one killed", faults.matcher_killed, 10, is_told=False),
    # At first it is there again in between.
    Trial("matcher of one killed again and again", faults.matcher_killed_again_and_again, 30, is_told=False),
    Trial("matcher of one stopped", faults.matcher_stopped, 15),
    Trial("one instance killed", faults.one_killed, 10),
    Trial("Telegram away", faults.telegram_away, 20, silences=True),
    Trial("Telegram silent", faults.telegram_silent, 20, silences=True),
    Trial("Telegram slow", faults.telegram_slow, 20, is_told=False),
    Trial("one away from Telegram", faults.telegram_away_from_one, 20),
    Trial("Telegram silent to one", faults.telegram_silent_to_one, 20),
    Trial("token revoked", faults.token_revoked, 10, silences=True),
    Trial("rolling restart", faults.restarted_in_turn, 60),
)


async def _tried(trial: Trial, stage: Stage, rate: float) -> Figures:
    """The figures of the questions that were asked around the fault."""
    plan = Plan(
        round((_BEFORE + trial.seconds + _AFTER) * rate),
        rate=rate,
        first=stage.asked,
        first_citizen=FIRST_CITIZEN + stage.asked,
    )
    stage.asked += plan.count
    asking = asyncio.create_task(ask(stage.api, plan))
    await asyncio.sleep(_BEFORE)
    begin = time.monotonic()
    async with trial.fault(stage):
        await asyncio.sleep(trial.seconds)
        end = time.monotonic()
    over = time.time()
    asked = await asking
    await stage.bench.settle(asked)
    await stage.until_ready()
    figures = await stage.bench.judged(asked)
    told = [watch.told_after(begin, end) for watch in stage.watches]
    well = [watch.well_after(end) for watch in stage.watches]
    waits = [at - max(over, asked[number].at) for number, at in figures.answered_at.items()]
    figures.notes["after"] = max(0.0, *waits)
    figures.notes["told"] = min((each for each in told if each is not None), default=-1)
    figures.notes["well"] = max(-1 if each is None else each for each in well)
    _judge(trial, figures)
    problems = sorted(set().union(*(watch.problems(begin) for watch in stage.watches)))
    _show(_line(trial, figures) + "".join(f"\n      /readyz: {each}" for each in problems))
    return figures


def _judge(trial: Trial, figures: Figures) -> None:
    figures.expect(figures.lost == 0, f"{figures.lost} lost")
    figures.expect(figures.answered == figures.asked, f"{figures.asked - figures.answered} not answered")
    figures.expect_no_doubles()
    if trial.silences:
        after = figures.notes["after"]
        figures.expect(after <= _LONGEST_WAIT_AFTERWARDS, f"one waited {after:.0f} s after its end")
    else:
        figures.expect(figures.slowest <= _LONGEST_WAIT, f"one waited {figures.slowest:.0f} s")
    told = figures.notes["told"]
    figures.expect(not trial.is_told or 0 <= told <= _LONGEST_SILENCE, f"/readyz told of it after {told:.1f} s")


def _line(trial: Trial, figures: Figures) -> str:
    end, notes = "; ".join(figures.failures) or "pass", figures.notes
    return (
        f"{trial.name:36}{figures.asked:6}{figures.answered:9}{figures.double:6}{figures.lost:5}"
        f"{figures.slowest:9.1f}{notes['after']:7.1f}{figures.p50:7.2f}{notes['told']:7.1f}{notes['well']:7.1f}  {end}"
    )


def _show(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def _run(trials: Sequence[Trial], *, are_two: bool, rate: float, folder: Path | None) -> bool:
    _show(_HEADING)
    async with two_instances() if are_two else one_instance(folder) as stage:
        runs = [await _tried(trial, stage, rate) for trial in trials]
    return not any(figures.failures for figures in runs)


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.delivery.trials", description=__doc__)
    parser.add_argument("--two", action="store_true", help="two instances on PostgreSQL, by webhook")
    parser.add_argument("--only", nargs="*", help="faults whose names begin so")
    parser.add_argument("--rate", type=float, default=10.0, help="questions a second")
    parser.add_argument("--folder", type=Path, help="where one instance keeps its files, such as on a small disk")
    chosen = parser.parse_args()
    names = tuple(chosen.only or [""])
    trials = [trial for trial in (TWO if chosen.two else ONE) if trial.name.startswith(names)]
    passed = asyncio.run(_run(trials, are_two=chosen.two, rate=chosen.rate, folder=chosen.folder))
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    _main()
