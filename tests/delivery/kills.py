"""R1-R4: the program is ended at random moments."""

import asyncio
import random
import signal
from functools import partial

from tests.delivery.asking import Plan, ask
from tests.delivery.benches import bench
from tests.delivery.judging import Figures
from tests.delivery.rows import Row, Size
from tests.delivery.subjects import Subject

_LATENCY = 0.05


async def _ended(
    subject: Subject,
    size: Size,
    seed: int,
    *,
    few: int = 1,
    webhook: bool = False,
    with_signal: signal.Signals = signal.SIGKILL,
) -> Figures:
    """Asks at 50 a second (25 in the short form), and ends the program five (`few`) times while it asks."""
    chance = random.Random(seed)  # noqa: S311 - seeded, so that a run can be repeated
    plan = Plan(size.pick(75, 500), rate=size.pick(25, 50))
    moments = sorted(chance.uniform(0.2, plan.seconds) for _ in range(size.pick(few, 5)))
    async with bench(subject, seed, webhook=webhook, latency=_LATENCY, retry_scale=0.1) as on:
        killing = on.kill_at(moments, chance, with_signal)
        asked, _ = await asyncio.gather(ask(on.api, plan), killing)
        await on.settle(asked)
        if with_signal is signal.SIGTERM:
            await on.program.end(with_signal)
        figures = await on.judged(asked)
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
        if with_signal is signal.SIGTERM:
            slowest = figures.notes["slowest stop"] = max(on.program.stopping)
            figures.expect(not size.long or slowest <= 10, f"stopping took {slowest:.1f} s")
            figures.expect(set(on.program.exit_codes) == {0}, f"exit codes {on.program.exit_codes}")
    return figures


async def _crash_loop(subject: Subject, size: Size, seed: int) -> Figures:
    """Kills every half second, so that hardly anything gets done between two starts."""
    chance = random.Random(seed)  # noqa: S311 - seeded, so that a run can be repeated
    kills = size.pick(5, 20)
    plan = Plan(size.pick(75, 500), rate=size.pick(25, 50))
    async with bench(subject, seed, latency=_LATENCY) as on:
        killing = on.kill_at([0.5 * number for number in range(1, kills + 1)], chance)
        asked, _ = await asyncio.gather(ask(on.api, plan), killing)
        await on.settle(asked)
        figures = await on.judged(asked)
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
        figures.expect(figures.ready <= size.pick(4, 2), f"a start took {figures.ready:.1f} s")
    return figures


KILLS = (
    Row("R1", "kill -9 at random moments, polling", partial(_ended, few=2), control="lost"),
    Row("R2", "kill -9 at random moments, webhook", partial(_ended, webhook=True)),
    Row("R3", "kill -9 every half second", _crash_loop, suite=False),
    Row("R4", "SIGTERM at random moments", partial(_ended, with_signal=signal.SIGTERM), seeds=3),
)
