"""Assistants that run, and all that a fault may befall: one on SQLite that polls, two on PostgreSQL by webhook."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.bot_api.client import RemoteBotApi
from tests.delivery.benches import Bench, bench
from tests.delivery.instances import another
from tests.delivery.programs import Program
from tests.delivery.subjects import ASSISTANT
from tests.delivery.trials.readiness_watch import ReadinessWatch
from tests.delivery.trials.wire import Wire, wire_to
from tests.postgresql import PostgreSQLServer, running_server

_READY_SECONDS = 240.0
_LATENCY = 0.05


@dataclass
class Stage:
    """What a trial needs; `server` is the PostgreSQL server where there is one."""

    bench: Bench
    programs: list[Program]
    server: PostgreSQLServer | None = None
    wire: Wire | None = None
    """The way of the last instance to Telegram, where it has one of its own."""
    watches: list[ReadinessWatch] = field(default_factory=list)
    asked: int = 0
    """How many questions were asked so far; each has a number of its own."""

    @property
    def api(self) -> RemoteBotApi:
        """Telegram."""
        return self.bench.api

    @property
    def folder(self) -> Path:
        """Where the first instance keeps its files."""
        return self.bench.folder

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.programs[0].settings["DATABASE_URL"]

    @property
    def database_name(self) -> str:
        """Its name on the PostgreSQL server."""
        return self.database.partition("@/")[2].partition("?")[0]

    async def until_ready(self) -> None:
        """Waits until every instance says that it is ready. Raises TimeoutError."""
        await asyncio.gather(*(watch.until_ready(_READY_SECONDS) for watch in self.watches))


@asynccontextmanager
async def one_instance(folder: Path | None = None) -> AsyncIterator[Stage]:
    """On SQLite in the folder, by polling."""
    async with bench(ASSISTANT, latency=_LATENCY, folder=folder) as on, _watched(Stage(on, [on.program])) as stage:
        yield stage


@asynccontextmanager
async def two_instances() -> AsyncIterator[Stage]:
    """On one PostgreSQL database, by webhook."""
    with running_server() as server:
        settings = {"DATABASE_URL": server.new_database(role="city")}
        async with bench(ASSISTANT, webhook=True, settings=settings, latency=_LATENCY) as on:
            telegram = urlsplit(on.api.base_url)
            async with wire_to(telegram.port or 0) as (wire, port):
                by_wire = telegram._replace(netloc=f"{telegram.hostname}:{port}").geturl()
                other = await another(on, {"TELEGRAM_API_BASE_URL": by_wire})
                try:
                    async with _watched(Stage(on, [on.program, other], server, wire)) as stage:
                        yield stage
                finally:
                    await other.end()


@asynccontextmanager
async def _watched(stage: Stage) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        for program in stage.programs:
            watch = ReadinessWatch(int(program.settings["HTTP_PORT"]))
            stage.watches.append(watch)
            task = asyncio.create_task(watch.run())
            stack.callback(task.cancel)
        await stage.until_ready()
        yield stage
