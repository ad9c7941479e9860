"""L1-L3, L5, L6: how fast, how fair, and for how long."""

import asyncio
from functools import partial

from tests.bot_api.journal import Call
from tests.delivery.asking import FIRST_CITIZEN, Plan, ask
from tests.delivery.benches import bench
from tests.delivery.judging import Figures
from tests.delivery.memory import megabytes, open_files
from tests.delivery.rows import Row, Size
from tests.delivery.subjects import PLAIN_16, Subject

_LATENCY = 0.05
_FLOODER = 77


async def _light(subject: Subject, size: Size, seed: int, *, latency: float, p50: int, p99: int) -> Figures:
    """Ten questions a second; limits in milliseconds, four times as much in the short form on a busy machine."""
    async with bench(subject, seed, latency=latency) as on:
        warm = await ask(on.api, Plan(20, rate=10, first=10_000))
        await on.settle(warm, quiet=20)
        asked = await ask(on.api, Plan(size.pick(50, 300), rate=10))
        await on.settle(asked, quiet=20)
        figures = await on.judged(asked)
        slack = size.pick(8, 1) / 1000
        figures.expect(
            figures.p50 <= p50 * slack, f"p50 {figures.p50 * 1000:.0f} ms, {p50 * slack * 1000:.0f} promised"
        )
        figures.expect(
            figures.p99 <= p99 * slack, f"p99 {figures.p99 * 1000:.0f} ms, {p99 * slack * 1000:.0f} promised"
        )
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
    return figures


async def _backlog(subject: Subject, size: Size, seed: int) -> Figures:
    """What waited is answered at full speed once the program is there."""
    count = size.pick(200, 1000)
    async with bench(subject, seed, latency=_LATENCY) as on:
        warm = await ask(on.api, Plan(20, first=10_000))
        await on.settle(warm, quiet=20)
        asked = await ask(on.api, Plan(count, rate=0, citizens=200))
        await on.settle(asked, quiet=30)
        figures = await on.judged(asked)
        messages = {(each.chat, each.message) for each in asked.values()}
        rate = figures.notes["answers a second"] = round(rate_of(await on.api.calls(), messages), 1)
        least = size.pick(60, 200)
        figures.expect(rate >= least, f"{rate} answers a second, {least} promised")
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
    return figures


def rate_of(calls: list[Call], messages: set[tuple[int, int]]) -> float:
    """How many replies to those messages were sent a second."""
    at = sorted(call.at for call in calls if call.sends and (call.chat, call.reply_to) in messages)
    return (len(at) - 1) / (at[-1] - at[0]) if len(at) > 1 else 0.0


async def _flooder(subject: Subject, size: Size, seed: int) -> Figures:
    """One citizen sends hundreds at once, twenty others one each."""
    async with bench(subject, seed, latency=_LATENCY) as on:
        warm = await ask(on.api, Plan(20, first=10_000))
        await on.settle(warm, quiet=20)
        flood = Plan(size.pick(150, 500), rate=0, citizens=1, first=20_000, first_citizen=_FLOODER)
        await ask(on.api, flood)
        asked = await ask(on.api, Plan(20, rate=20, citizens=20))
        await on.settle(asked, quiet=20)
        figures = await on.judged(asked)
        to_flooder = [call for call in await on.api.calls() if call.sends and call.chat == _FLOODER]
        figures.notes["messages to the flooder"] = len(to_flooder)
        others = [call.at for call in await on.api.calls() if call.sends and call.chat >= FIRST_CITIZEN]
        before = sum(call.at < max(others, default=0) for call in to_flooder)
        figures.expect(
            before < flood.count / 2, f"{before} messages to the flooder before the others had their answers"
        )
        figures.expect(not size.long or figures.p99 <= 0.5, f"p99 of the others {figures.p99:.2f} s")
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
    return figures


async def _for_long(subject: Subject, size: Size, seed: int) -> Figures:
    """A steady load: nothing grows."""
    rate, seconds = size.pick(25, 100), size.pick(20, 600)
    first = seconds // size.pick(2, 10)
    async with bench(subject, seed, latency=_LATENCY) as on:
        asked = await ask(on.api, Plan(rate * first, rate=rate, citizens=500))
        await on.settle(asked, quiet=20)
        before, files = megabytes(on.program.pid), open_files(on.program.pid)
        asked |= await ask(on.api, Plan(rate * (seconds - first), rate=rate, citizens=500, first=len(asked)))
        await on.settle(asked, quiet=30)
        figures = await on.judged(asked)
        grown = figures.notes["MB more"] = round(megabytes(on.program.pid) - before, 1)
        more_files = figures.notes["files more"] = open_files(on.program.pid) - files
        figures.expect(grown < size.pick(25, 10), f"{grown} MB more memory")
        figures.expect(more_files <= size.pick(10, 10), f"{more_files} more open files")
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
    return figures


async def _start_with_many(subject: Subject, size: Size, seed: int) -> Figures:
    """Thousands wait when it starts."""
    count = size.pick(500, 10_000)
    async with bench(subject, seed, start=False, latency=_LATENCY) as on:
        asked = await ask(on.api, Plan(count, rate=0, citizens=size.pick(200, 2000)))
        await on.program.start()
        await asyncio.sleep(1)
        before = megabytes(on.program.pid)
        await on.settle(asked, seconds=600, quiet=30)
        figures = await on.judged(asked)
        figures.notes["MB more"] = round(megabytes(on.program.pid) - before, 1)
        figures.expect(figures.notes["MB more"] < 100, f"{figures.notes['MB more']} MB more memory")
        figures.notes["ready"] = round(figures.ready, 1)
        figures.expect(figures.ready <= size.pick(6, 2), f"ready after {figures.ready:.1f} s")
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
    return figures


LOAD = (
    Row(
        "L1", "10 questions a second, Telegram near", partial(_light, latency=0.0, p50=20, p99=50), seeds=3, suite=False
    ),
    Row(
        "L1b", "the same, Telegram 50 ms away", partial(_light, latency=_LATENCY, p50=50, p99=100), seeds=3, suite=False
    ),
    Row("L2", "a backlog of 1,000", _backlog, plain=PLAIN_16, seeds=3, suite=False),
    Row("L3", "one citizen floods", _flooder, control="to the flooder before", seeds=3),
    Row("L5", "100 a second for ten minutes", _for_long, seeds=1, suite=False),
    Row("L6", "10,000 wait at the start", _start_with_many, seeds=1, suite=False),
)
