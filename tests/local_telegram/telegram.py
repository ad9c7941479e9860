"""The Bot API as a request object: what would go over the network stays in this process."""

import asyncio
import json
import re
from collections import defaultdict, deque
from itertools import count
from typing import Any

from telegram.request import BaseRequest, RequestData

from tests.local_telegram.chats import Chats, Json
from tests.local_telegram.methods import Arguments, Methods
from tests.local_telegram.refusals import Refusal

TOKEN = "1:in-process"  # noqa: S105 - opens nothing
USERNAME = "ai_hub_city_bot"
_ADDRESS = re.compile(r"/bot([^/]*)/(\w+)$")
_MOST_UPDATES = 100


class LocalTelegram(BaseRequest):
    """Keeps chats and the updates that the bot has not confirmed; refuses what the real Bot API refuses."""

    def __init__(self, token: str = TOKEN) -> None:
        self.me: Json = {
            "id": 1,
            "is_bot": True,
            "first_name": "AI Hub City",
            "username": USERNAME,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.chats = Chats()
        self.methods = Methods(self.chats, self.me)
        self.calls: list[tuple[str, Arguments]] = []
        """Every call but getUpdates, in order."""
        self._token = token
        self._pending: deque[Json] = deque()
        self._numbers = count(1)
        self._changed = asyncio.Condition()
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

    async def push(self, kind: str, content: Json) -> None:
        """Puts an update of that kind before the bot."""
        async with self._changed:
            self._pending.append({"update_id": next(self._numbers), kind: content})
            self._changed.notify_all()

    async def all_confirmed(self) -> None:
        """Waits until the bot has confirmed every update."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._pending)

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
            result = await self._answer(url, request_data.json_parameters if request_data else {})
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
        if method == "getUpdates":
            return await self._get_updates(arguments)
        self.calls.append((method, arguments))
        return self.methods.call(method, arguments)

    async def _get_updates(self, arguments: Arguments) -> list[Json]:
        offset = int(arguments.get("offset", "0"))
        async with self._changed:
            while self._pending and self._pending[0]["update_id"] < offset:
                self._pending.popleft()
            self._changed.notify_all()
            try:
                async with asyncio.timeout(float(arguments.get("timeout", "0"))):
                    await self._changed.wait_for(lambda: bool(self._pending))
            except TimeoutError:
                return []
            return list(self._pending)[: int(arguments.get("limit", str(_MOST_UPDATES)))]
