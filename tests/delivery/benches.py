"""A Bot API and a program before it."""

import asyncio
import random
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bot_api.citizens import Asked
from tests.bot_api.client import RemoteBotApi, bot_api
from tests.delivery.judging import Figures, judge
from tests.delivery.programs import Program, free_port
from tests.delivery.subjects import Subject, database_of, recorded

_LINGER = 1.0
_LINGER_AT_MOST = 10.0
_RECORDING_TRIES = 20
"""A program that never takes some of its updates is never quite at rest."""
_START_TRIES = 20
_STARTS = 4
"""A busy machine takes longer for everything: nothing has happened for long when that many starts had the time."""


@dataclass(slots=True)
class Bench:
    """What a run needs: the server, the program, and the folder of its database."""

    api: RemoteBotApi
    program: Program
    folder: Path

    async def settle(self, asked: dict[int, Asked], seconds: float = 180.0, quiet: float = 60.0) -> None:
        """Waits until all are answered (or nothing happens any more), and a moment longer: copies may follow.

        A start may take most of a minute on a busy machine, in which nothing happens.
        """
        chats = sorted({each.chat for each in asked.values()})
        quiet = max(quiet, _STARTS * max(self.program.ready, default=0.0))
        seconds = max(seconds, 2 * quiet)
        await self.api.tell("wait_replies", chats=chats, count=len(asked), seconds=seconds, quiet=quiet)
        await self.api.tell("wait_quiet", quiet=_LINGER, seconds=_LINGER_AT_MOST)
        for _ in range(_RECORDING_TRIES):  # what was replied to without the database is recorded afterwards
            if not (await self.judged(asked)).not_recorded:
                break
            await asyncio.sleep(0.5)

    async def judged(self, asked: dict[int, Asked]) -> Figures:
        """The figures by now."""
        figures = judge(asked, await self.api.calls(), await recorded(self.program.settings["DATABASE_URL"]))
        if not self.program.subject.prudent:
            figures.wrong = 0  # it knows nothing and repeats the question
        figures.ready = max(self.program.ready, default=0.0)
        return figures

    async def kill_at(
        self, moments: list[float], chance: random.Random, with_signal: signal.Signals = signal.SIGKILL
    ) -> None:
        """Ends and restarts the program at those seconds from now, or as soon as it is up again."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        for number, moment in enumerate(moments):
            await asyncio.sleep(max(0.0, began + moment - loop.time()))
            if number:
                await asyncio.sleep(chance.uniform(0, 0.3))  # not at a fixed distance from the start
            await self.program.end(with_signal)
            await self.program.start(_START_TRIES)


@asynccontextmanager
async def bench(
    subject: Subject,
    seed: int = 0,
    *,
    webhook: bool = False,
    start: bool = True,
    settings: dict[str, str] | None = None,
    folder: Path | None = None,
    **of_api: Any,
) -> AsyncIterator[Bench]:
    """A bench in a folder of its own, or that one; `settings` are the program's, the rest are the server's."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = folder or Path(name)
        more = {"DATABASE_URL": database_of(folder), "HTTP_PORT": str(port)} | (settings or {})
        if webhook:
            more["WEBHOOK_URL"] = f"http://127.0.0.1:{port}"
        async with bot_api(seed, **of_api) as api:
            program = Program(subject, api, folder, more)
            try:
                if start:
                    await program.start()
                yield Bench(api, program, folder)
            finally:
                await program.end()
