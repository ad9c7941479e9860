"""Keeps the order inside a chat while many chats are served at once."""

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

CHATS_AT_ONCE = 16
"""More makes the connection pool slower, not the answers faster."""
_WAITING_AT_MOST = 100_000


class ChatOrder(BaseUpdateProcessor):
    """Handles the updates of one chat one after another, and those of up to `chats_at_once` chats at the same time.

    An update waits for its chat before it takes one of the places, so that a citizen who sends a hundred questions
    takes one place and not all of them.
    """

    __slots__ = ("_places", "_turns")

    def __init__(self, chats_at_once: int = CHATS_AT_ONCE) -> None:
        super().__init__(_WAITING_AT_MOST)
        self._places = asyncio.Semaphore(chats_at_once)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Awaits the handlers of the update when it is its turn."""
        async with self._turn(update), self._places:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    def _turn(self, update: object) -> asyncio.Lock:
        """The lock of the update's chat; it is forgotten when nobody holds it or waits for it."""
        chat = update.effective_chat if isinstance(update, Update) else None
        return self._turns.setdefault(chat.id, asyncio.Lock()) if chat else asyncio.Lock()
