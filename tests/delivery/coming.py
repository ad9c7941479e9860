"""R6-R9, R12: updates come twice, broken, out of order, late, or to somebody else."""

import asyncio
import random
import time
from typing import Any

from aiohttp import ClientSession

from tests.bot_api.citizens import Asked
from tests.bot_api.client import RemoteBotApi
from tests.delivery.asking import Plan, ask
from tests.delivery.benches import Bench, bench
from tests.delivery.judging import Figures
from tests.delivery.memory import own_megabytes
from tests.delivery.mutating import mutants
from tests.delivery.rows import Row, Size
from tests.delivery.subjects import Subject

_LATENCY = 0.05
_LOW_ID = 1000
_EXPIRING = 0.01
"""Lets 150 seconds pass in 1.5."""


async def _delivered_again(subject: Subject, size: Size, seed: int) -> Figures:
    async with bench(subject, seed, webhook=seed % 2 == 1, latency=_LATENCY) as on:
        plan = Plan(size.pick(60, 500))
        asking = asyncio.ensure_future(ask(on.api, plan))
        await asyncio.sleep(plan.seconds / 2)
        await on.api.tell("redeliver", last=plan.count // 4, times=1)  # some are being handled right now
        asked = await asking
        await on.settle(asked)
        await on.api.tell("redeliver", last=plan.count, times=2)
        await on.api.tell("wait_quiet", quiet=2, seconds=60)
        figures = await on.judged(asked)
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
    return figures


async def _ids_restart(subject: Subject, size: Size, seed: int) -> Figures:
    async with bench(subject, seed, webhook=seed % 2 == 1, latency=_LATENCY) as on:
        half = size.pick(25, 100)
        asked = await ask(on.api, Plan(half))
        await on.settle(asked)
        await on.api.tell("restart_ids", first=_LOW_ID + seed)
        asked |= await ask(on.api, Plan(half, first=half))
        await on.settle(asked)
        figures = await on.judged(asked)
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
    return figures


async def _poison(subject: Subject, size: Size, seed: int) -> Figures:
    chance = random.Random(seed)  # noqa: S311 - seeded, so that a run can be repeated
    plan = Plan(size.pick(50, 200))
    broken = mutants(size.pick(250, 1000), chance)
    async with bench(subject, seed, webhook=seed % 2 == 1, latency=_LATENCY, retry_scale=0.05) as on:
        asked = await ask(on.api, Plan(10, first=plan.count))  # whatever is loaded once is loaded by now
        await on.settle(asked, quiet=20)
        before = own_megabytes(on.program.pid)
        more, _ = await asyncio.gather(ask(on.api, plan), _feed(on.api, broken, plan.seconds))
        asked |= more
        await on.settle(asked)
        figures = await on.judged(asked)
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
        figures.expect(on.program.running, "the program ended")
        await _expect_all_taken(on, figures)
        grown = figures.notes["MB more"] = round(own_megabytes(on.program.pid) - before, 1)
        figures.expect(grown < size.pick(40, 20), f"{grown} MB more memory")
    return figures


async def _feed(api: RemoteBotApi, updates: list[dict[str, Any]], seconds: float) -> None:
    for update in updates:
        await api.act({"act": "raw", "update": update})
        await asyncio.sleep(seconds / len(updates))


async def _expect_all_taken(on: Bench, figures: Figures) -> None:
    waiting = (await on.api.tell("counts"))["waiting"]
    figures.expect(waiting == 0, f"{waiting} updates never taken")


async def _second_poller(subject: Subject, size: Size, seed: int) -> Figures:
    plan = Plan(size.pick(60, 200), rate=20)
    async with bench(subject, seed, latency=_LATENCY) as on:
        stealing = asyncio.ensure_future(_poll_beside(on.api, size.pick(3, 30)))
        asked = await ask(on.api, plan)
        await stealing
        await on.settle(asked, quiet=40)
        figures = await on.judged(asked)
        figures.notes["conflicts"] = (await on.api.tell("counts"))["conflicts"]
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
    return figures


async def _poll_beside(api: RemoteBotApi, seconds: float) -> None:
    """Polls with the same token and confirms nothing, as a second copy that is started by mistake does at first."""
    until = time.monotonic() + seconds
    async with ClientSession() as session:
        while time.monotonic() < until:
            async with session.post(f"{api.base_url}{api.token}/getUpdates", data={"timeout": "2"}):
                pass
            await asyncio.sleep(0.5)


async def _down_for_long(subject: Subject, size: Size, seed: int) -> Figures:
    """Down until every press is too old; then questions, and presses that can no longer be answered."""
    count = size.pick(30, 300)
    async with bench(subject, seed, latency=_LATENCY) as on:
        before = await ask(on.api, Plan(20))
        await on.settle(before, quiet=20)
        await on.program.end()
        await on.api.tell("settings", update_age_scale=_EXPIRING)
        await _press(on.api, before, count)
        asked = await ask(on.api, Plan(count, rate=0, first=len(before)))
        await asyncio.sleep(150 * _EXPIRING + 0.5)
        await on.api.tell("settings", update_age_scale=1.0, query_seconds=0.0)
        await _press(on.api, before, 20)
        await on.program.start()
        await on.settle(asked, quiet=20)
        figures = await on.judged(asked)
        figures.expect_nothing_lost()
        expired = (await on.api.tell("counts"))["expired"]
        figures.expect(expired == count, f"{expired} presses expired, {count} were to")
        figures.expect("Traceback" not in on.program.log.read_text(), "a traceback in the log")
        await _expect_all_taken(on, figures)
    return figures


async def _press(api: RemoteBotApi, answered: dict[int, Asked], count: int) -> None:
    """So many presses of the first button of messages that have one."""
    chats = {each.chat for each in answered.values()}
    buttons = [
        (call.chat, call.message, call.buttons[0][0]["callback_data"])
        for call in await api.calls()
        if call.sends and call.chat in chats and call.buttons and "callback_data" in call.buttons[0][0]
    ]
    presses = [buttons[number % len(buttons)] for number in range(count)]
    await api.act(*[{"act": "press", "chat": chat, "message": at, "data": data} for chat, at, data in presses])


COMING = (
    Row("R6", "every update delivered three times", _delivered_again, control="doubles"),
    Row("R7", "update ids restart lower", _ids_restart, suite=False),
    Row("R8", "broken updates between questions", _poison, control="lost"),
    Row("R9", "a second poller", _second_poller, suite=False),
    Row("R12", "down until presses expire", _down_for_long, seeds=3, suite=False),
)
