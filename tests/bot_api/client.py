"""The server beside a test: started, commanded and stopped from there."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientTimeout

from tests.bot_api.citizens import Asked
from tests.bot_api.journal import Call
from tests.bot_api.service import TOKEN

ROOT = Path(__file__).parents[2]
_PATIENCE = ClientTimeout(total=1800)


class RemoteBotApi:
    """Commands a server in another process; each command of `tests.bot_api.control` can be told."""

    token = TOKEN

    def __init__(self, address: str, session: ClientSession) -> None:
        self.base_url = f"{address}/bot"
        self._address = address
        self._session = session

    async def tell(self, command: str, **arguments: Any) -> Any:
        """The answer to a command. Raises ValueError when the server cannot do it."""
        async with self._session.post(f"{self._address}/control/{command}", json=arguments) as answer:
            result = await answer.json()
            if not answer.ok:
                raise ValueError(f"{command}: {result}")
            return result

    async def say(self, chat: int, text: str, **more: Any) -> Asked:
        """A citizen writes a message."""
        return (await self.act({"act": "say", "chat": chat, "text": text} | more))[0]

    async def press(self, chat: int, **more: Any) -> Asked:
        """A citizen presses a button."""
        return (await self.act({"act": "press", "chat": chat} | more))[0]

    async def act(self, *acts: dict[str, Any]) -> list[Asked]:
        """What citizens do, all at once."""
        return [Asked(**each) for each in await self.tell("act", acts=list(acts))]

    async def break_calls(self, *faults: dict[str, Any]) -> None:
        """Turns faults on; see `tests.bot_api.faults`."""
        await self.tell("break_calls", faults=list(faults))

    async def calls(self) -> list[Call]:
        """What the bot did, but for getUpdates."""
        return [Call(**each) for each in await self.tell("calls")]


@asynccontextmanager
async def bot_api(seed: int = 0, **settings: Any) -> AsyncIterator[RemoteBotApi]:
    """A server of its own process while the block lasts, with these settings."""
    command = (sys.executable, "-m", "tests.bot_api", "--seed", str(seed))
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout
        address = json.loads(await asyncio.wait_for(process.stdout.readline(), 120))
        async with ClientSession(timeout=_PATIENCE) as session:
            api = RemoteBotApi(address, session)
            await api.tell("settings", **settings)
            yield api
    finally:
        process.terminate()
        await process.wait()
