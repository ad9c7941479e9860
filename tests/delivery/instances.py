"""R10, R11: two instances on one PostgreSQL database, and a server that is restarted."""

import asyncio
import random
from urllib.parse import urlsplit

from tests.delivery.asking import Plan, ask
from tests.delivery.benches import Bench, bench
from tests.delivery.judging import Figures
from tests.delivery.programs import Program, free_port
from tests.delivery.rows import Row, Size
from tests.delivery.subjects import Subject
from tests.postgresql import running_server

_LATENCY = 0.05


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


async def another(on: Bench) -> Program:
    """Another instance; updates go to both in turn."""
    folder = on.folder / "second"
    folder.mkdir()
    port = free_port()
    first = (await on.api.tell("counts"))["webhook"]
    second = first.replace(f":{urlsplit(first).port}", f":{port}")
    program = Program(on.program.subject, on.api, folder, on.program.settings | {"HTTP_PORT": str(port)})
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
    figures.expect_nothing_lost()
    figures.expect_no_doubles()
    return figures


INSTANCES = (
    Row("R10", "two instances on PostgreSQL, killed in turn", _two_instances, seeds=5),
    Row("R11", "PostgreSQL restarted", _server_restarts, seeds=4),
)
