"""A Telegram inside the process whose answers get lost, and that is slow or away."""

import asyncio
from collections import Counter, defaultdict, deque
from typing import Any

from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import RequestData

from tests.local_telegram.telegram import LocalTelegram

Fault = str | TelegramError


class TroubledTelegram(LocalTelegram):
    """Takes faults for the next calls: an error, `lost` (done, but not answered), `cut` (neither), ..."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.latency = 0.0
        self.down = False
        self.under_way = 0
        self.most_under_way = 0
        self.asked: Counter[str] = Counter()
        self.asked_at: list[float] = []
        self.sends_at: list[float] = []

    def private(self, *chats: int) -> None:
        for chat in chats:
            self.chats.open(chat, f"Citizen {chat}")

    def texts(self, chat: int) -> list[str]:
        """What stands in a chat."""
        return [message["text"] for message in self.chats.reached(str(chat)).messages.values()]

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,  # noqa: ARG002 - as the one in the process
        **named_timeouts: Any,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        self.asked[name] += 1
        self.asked_at.append(asyncio.get_running_loop().time())
        self.sends_at += self.asked_at[-1:] if name == "sendMessage" else []
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(self.latency)
            if self.down:
                raise NetworkError("aiohttp.ServerDisconnectedError")
            return await self._troubled(name, url, method, request_data)
        finally:
            self.under_way -= 1

    async def _troubled(self, name: str, url: str, method: str, data: RequestData | None) -> tuple[int, bytes]:
        fault = self.faults[name].popleft() if self.faults[name] else "none"
        if isinstance(fault, Exception):
            raise fault
        if fault == "cut":
            raise NetworkError("aiohttp.ServerDisconnectedError")
        if fault == "502":
            return 502, b"<html>Bad Gateway</html>"
        if fault == "500":
            return 500, b'{"ok": false, "error_code": 500, "description": "Internal Server Error"}'
        answer = await super().do_request(url, method, data)
        if fault == "lost":
            raise TimedOut
        return (200, b'{"ok": tr') if fault == "garbage" else answer
