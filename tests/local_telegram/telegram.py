"""The Bot API of `tests.bot_api` as a request object: what would go over the network stays in this process."""

import asyncio
import json
import re
from collections import defaultdict, deque
from typing import Any

from telegram.request import BaseRequest, RequestData

from tests.bot_api.arguments import Arguments, Json
from tests.bot_api.refusals import Refusal
from tests.bot_api.service import BotApi

TOKEN = "1:in-process"  # noqa: S105 - opens nothing
_ADDRESS = re.compile(r"/bot([^/]*)/(\w+)$")
_PAUSE = 0.001


class LocalTelegram(BaseRequest):
    """A Bot API that fails only when it is told to, and whose citizens have all the time of the world."""

    def __init__(self, token: str = TOKEN) -> None:
        self.api = BotApi()
        self.api.settings.strict_polling = False
        self.api.settings.query_seconds = float("inf")
        self.api.updates.restart_ids(1)
        self.chats = self.api.chats
        self.calls: list[tuple[str, dict[str, str]]] = []
        """Every call but getUpdates, in order."""
        self._token = token
        self._failures: defaultdict[str, deque[Refusal]] = defaultdict(deque)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    @property
    def read_timeout(self) -> float:
        """How long an answer may take."""
        return 5.0

    def refuse_next(self, method: str, *refusals: Refusal) -> None:
        """Answers the next calls of that method with these refusals, in turn."""
        self._failures[method].extend(refusals)

    def push(self, kind: str, content: Json) -> None:
        """Puts an update of that kind before the bot."""
        self.api.updates.push(kind, content, 0)

    async def all_confirmed(self) -> None:
        """Waits until the bot has confirmed every update."""
        while self.api.updates.waiting:  # noqa: ASYNC110 - the Bot API tells nobody that an update is confirmed
            await asyncio.sleep(_PAUSE)

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - always POST
        request_data: RequestData | None = None,
        *timeouts: Any,  # noqa: ARG002 - nothing here takes time
        **named_timeouts: Any,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Answers a call as the Bot API would."""
        try:
            result = await self._answer(url, _arguments(request_data))
        except Refusal as refusal:
            return refusal.code, json.dumps(refusal.body()).encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()

    async def _answer(self, url: str, arguments: Arguments) -> Any:
        found = _ADDRESS.search(url)
        if not found:
            raise Refusal(404, "Not Found")
        token, method = found.groups()
        if token != self._token:
            raise Refusal(401, "Unauthorized")
        if self._failures[method]:
            raise self._failures[method].popleft()
        if method != "getUpdates":
            self.calls.append((method, arguments.values))
        return await self.api.call(method, arguments)


def _arguments(request_data: RequestData | None) -> Arguments:
    if request_data is None:
        return Arguments({})
    uploads = request_data.multipart_data.items()
    files = {name: (file, content) for name, (file, content, _) in uploads if isinstance(content, bytes)}
    return Arguments(request_data.json_parameters, files)
