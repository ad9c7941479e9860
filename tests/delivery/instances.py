"""R10, R11, R13: two instances on one PostgreSQL database, a server that is restarted, a matcher that is killed."""

import asyncio
import os
import random
import signal
from contextlib import suppress
from urllib.parse import urlsplit

from tests.delivery.asking import Plan, ask
from tests.delivery.benches import Bench, bench
from tests.delivery.judging import Figures
from tests.delivery.memory import matchers_of
from tests.delivery.programs import Program, free_port
from tests.delivery.rows import Row, Size
from tests.delivery.subjects import Subject
from tests.postgresql import running_server

_LATENCY = 0.05
_MATCHER_SECONDS = 180


async def _two_instances(subject: Subject, size: Size, seed: int) -> Figures:
    """Two instances get updates in turn; now this one is killed, now that one."""
    chance = random.Random(seed)  # noqa: S311 - seeded, so that a run can be repeated
    plan = Plan(size.pick(100, 1000), rate=size.pick(20, 50))
    with running_server() as running:
        settings = {"DATABASE_URL": running.new_database()}
        async with bench(subject, seed, webhook=True, settings=settings, latency=_LATENCY, retry_scale=0.1) as on:
            other = await another(on)
            try:
                asking = asyncio.ensure_future(ask(on.api, plan))
                for kill in range(size.pick(2, 5)):
                    await asyncio.sleep(chance.uniform(0.5, plan.seconds / size.pick(2, 5)))
                    victim = (on.program, other)[kill % 2]
                    await victim.end()
                    await victim.start(20)
                asked = await asking
                await on.settle(asked, quiet=40)
                figures = await on.judged(asked)
            finally:
                await other.end()
    figures.expect_nothing_lost()
    figures.expect_no_doubles()
    return figures


async def another(on: Bench, settings: dict[str, str] | None = None) -> Program:
    """Another instance, with other `settings` if any; updates go to both in turn."""
    folder = on.folder / "second"
    folder.mkdir()
    port = free_port()
    first = (await on.api.tell("counts"))["webhook"]
    second = first.replace(f":{urlsplit(first).port}", f":{port}")
    program = Program(
        on.program.subject, on.api, folder, on.program.settings | {"HTTP_PORT": str(port)} | (settings or {})
    )
    await program.launch()
    await program.listening(port)
    await on.api.tell("settings", targets=[first, second])
    return program


async def _server_restarts(subject: Subject, size: Size, seed: int) -> Figures:
    """The database server cuts every connection and is away for a moment."""
    plan = Plan(size.pick(75, 500), rate=size.pick(15, 50))
    restarts = size.pick(1, 3)
    with running_server() as running:
        settings = {"DATABASE_URL": running.new_database()}
        async with bench(subject, seed, webhook=True, settings=settings, latency=_LATENCY, retry_scale=0.1) as on:
            asking = asyncio.ensure_future(ask(on.api, plan))
            for _ in range(restarts):
                await asyncio.sleep(plan.seconds / (restarts + 1))
                await asyncio.to_thread(running.kill if seed % 2 else running.stop)
                await asyncio.sleep(size.pick(1, 3))
                await asyncio.to_thread(running.start)
            asked = await asking
            await on.settle(asked, quiet=40)
            figures = await on.judged(asked)
            figures.notes["refused deliveries"] = (await on.api.tell("counts"))["webhook_failures"]
            figures.expect(on.program.running, "the program ended")
    figures.notes["out of order"] = figures.out_of_order
    figures.expect_nothing_lost(in_order=False)
    figures.expect_no_doubles()
    return figures


async def _matcher_killed(subject: Subject, size: Size, seed: int) -> Figures:
    """Two instances get updates in turn, and the matcher of one of them is killed whenever it is there again."""
    chance = random.Random(seed)  # noqa: S311 - seeded, so that a run can be repeated
    plan = Plan(size.pick(60, 1000), rate=size.pick(15, 50))
    kills = size.pick(3, 20)
    with running_server() as running:
        settings = {"DATABASE_URL": running.new_database()}
        async with bench(subject, seed, webhook=True, settings=settings, latency=_LATENCY, retry_scale=0.1) as on:
            other = await another(on)
            try:
                asking = asyncio.ensure_future(ask(on.api, plan))
                for _ in range(kills):
                    await asyncio.sleep(chance.uniform(0.2, 1.5) * plan.seconds / kills)
                    await _kill_matcher(on.program.pid)
                asked = await asking
                await on.settle(asked, quiet=40)
                figures = await on.judged(asked)
                counts = await on.api.tell("counts")
                refused = figures.notes["refused deliveries"] = counts["webhook_failures"]
                figures.expect(not size.long or refused == 0, f"{refused} refused, last: {counts['webhook_error']}")
                figures.expect(on.program.running, "the program ended")
            finally:
                await other.end()
    figures.expect_nothing_lost()
    figures.expect_no_doubles()
    return figures


async def _kill_matcher(pid: int) -> None:
    """Kills the matcher of the program, as soon as it has one."""
    async with asyncio.timeout(_MATCHER_SECONDS):
        while not (found := matchers_of(pid)):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    with suppress(ProcessLookupError):
        os.kill(found[0], signal.SIGKILL)


INSTANCES = (
    Row("R10", "two instances on PostgreSQL, killed in turn", _two_instances, seeds=5),
    Row("R11", "PostgreSQL restarted", _server_restarts, seeds=4),
    Row("R13", "two instances on PostgreSQL, the matcher of one killed", _matcher_killed, seeds=5),
)
