"""G1-G3: how many answers a second one, two and three instances on one PostgreSQL database give."""

from functools import partial
from urllib.parse import urlsplit

from tests.delivery.asking import Plan, ask
from tests.delivery.benches import Bench, bench
from tests.delivery.judging import Figures
from tests.delivery.load import rate_of
from tests.delivery.programs import Program, free_port
from tests.delivery.rows import Row, Size
from tests.delivery.subjects import Subject
from tests.postgresql import running_server

_LATENCY = 0.05


async def _together(subject: Subject, size: Size, seed: int, *, instances: int) -> Figures:
    """Questions of 200 citizens come at once, to the instances in turn; nothing but the figures is promised."""
    plan = Plan(size.pick(100, 600), rate=0, citizens=200, first=20_000)
    with running_server() as database:
        settings = {"DATABASE_URL": database.new_database()}
        async with bench(subject, seed, webhook=True, settings=settings, latency=_LATENCY) as on:
            others = await _others(on, instances - 1)
            try:
                await on.settle(await ask(on.api, Plan(20 * instances, rate=10)), quiet=20)
                asked = await ask(on.api, plan)
                await on.settle(asked, quiet=30)
                figures = await on.judged(asked)
                messages = {(each.chat, each.message) for each in asked.values()}
                figures.notes["answers a second"] = round(rate_of(await on.api.calls(), messages), 1)
            finally:
                for other in others:
                    await other.end()
    figures.expect_nothing_lost()
    figures.expect_no_doubles()
    return figures


async def _others(on: Bench, count: int) -> list[Program]:
    """So many further instances; updates go to all in turn."""
    first = (await on.api.tell("counts"))["webhook"]
    programs, targets = [], [first]
    for number in range(count):
        folder = on.folder / f"instance-{number}"
        folder.mkdir()
        port = free_port()
        program = Program(on.program.subject, on.api, folder, on.program.settings | {"HTTP_PORT": str(port)})
        await program.launch()
        await program.listening(port)
        programs.append(program)
        targets.append(first.replace(f":{urlsplit(first).port}", f":{port}"))
    await on.api.tell("settings", targets=targets)
    return programs


GROWING = tuple(
    Row(f"G{number}", f"{number} on PostgreSQL", partial(_together, instances=number), seeds=1) for number in (1, 2, 3)
)
