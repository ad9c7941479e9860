"""What a test does with the server: play people, break things, read what happened."""

import asyncio
import json
import socket
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web

from tests.bot_api.arguments import Json
from tests.bot_api.faults import Fault
from tests.bot_api.service import BotApi

if TYPE_CHECKING:
    from tests.bot_api.citizens import Asked

_PAUSE = 0.02


class Control:
    """Each public method is a command; its arguments are those of the JSON object it is called with."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    async def answer(self, command: str, arguments: Json) -> web.Response:
        """The answer to a command, or what is wrong with it."""
        found = None if command.startswith("_") else getattr(self, command, None)
        try:
            if not found:
                raise ValueError(f'there is no command "{command}"')  # noqa: TRY301 - told like all the others
            result = found(**arguments)
            result = await result if asyncio.iscoroutine(result) else result
        except (ValueError, TypeError, KeyError, StopIteration, IndexError) as error:
            return web.json_response(f"{type(error).__name__}: {error}", status=400)
        return web.Response(body=json.dumps(result).encode(), content_type="application/json")

    def act(self, acts: list[Json]) -> list[Json]:
        """What citizens do, one after another: the name of the act under `act`, and its arguments."""
        people = self._api.citizens
        table: dict[str, Callable[..., Asked]] = {
            "say": people.say,
            "edit": people.edit,
            "press": people.press,
            "block": people.block,
            "raw": people.raw,
        }
        done = [asdict(table[each.pop("act")](**each)) for each in acts]
        self._api.busy = time.time()
        return done

    def chat(self, chat: int, **fields: Any) -> Json:
        """Changes a chat, such as `state`, `is_forum`, `migrated_to` or `members`; the chat and its messages."""
        found = self._api.chats.open(chat)
        members = fields.pop("members", {})
        found.members.update({int(user): status for user, status in members.items()})
        for name, value in fields.items():
            setattr(found, name, value)
        return found.shown() | {"topics": found.topics, "messages": list(found.messages.values())}

    def delete(self, chat: int, message: int) -> None:
        """Takes a message away, as its chat's people can."""
        del self._api.chats.open(chat).messages[message]

    def settings(self, **settings: Any) -> None:
        """Changes settings."""
        for name, value in settings.items():
            setattr(self._api.settings, name, tuple(value) if name == "targets" else value)

    def break_calls(self, faults: list[Json]) -> None:
        """Turns faults on."""
        self._api.faults.add(Fault(**fault) for fault in faults)

    def mend(self) -> None:
        """Turns all faults off."""
        self._api.faults.clear()

    def redeliver(self, last: int, times: int = 1) -> None:
        """Delivers updates again."""
        self._api.updates.redeliver(last, times)

    def restart_ids(self, first: int) -> None:
        """Numbers the next updates from `first`."""
        self._api.updates.restart_ids(first)

    def calls(self, since: int = 0) -> list[Json]:
        """What the bot did."""
        return [asdict(call) for call in self._api.calls[since:]]

    def queries(self) -> Json:
        """The answers to each press."""
        return {query.id: query.answers for query in self._api.queries.all.values()}

    def polls(self, since: float = 0) -> list[float]:
        """When getUpdates was called."""
        return [at for at in self._api.polls if at >= since]

    def confirmed(self) -> list[int]:
        """The updates that the bot has confirmed."""
        return [update.id for update in self._api.updates.all if update.confirmed]

    def deliveries(self) -> Json:
        """How often each update was delivered."""
        return {str(update.id): len(update.deliveries) for update in self._api.updates.all}

    def counts(self) -> Json:
        """Figures."""
        api = self._api
        api.updates.expire()
        return {
            "waiting": len(api.updates.waiting),
            "expired": api.updates.expired,
            "conflicts": api.polling.conflicts,
            "flood_refused": api.methods.flood.refused,
            "webhook_failures": api.webhook.failures,
            "webhook_error": api.webhook.last_error,
            "late_queries": api.queries.late,
            "fired": api.faults.fired(),
            "webhook": api.webhook.url,
        }

    async def wait_ready(self, since: float, seconds: float) -> bool:
        """Waits until a bot polls or listens at its webhook, after the moment `since`."""
        return await self._wait(lambda: self._ready(since), seconds)

    async def wait_replies(self, chats: list[int], count: int, seconds: float, quiet: float) -> bool:
        """Waits until so many messages of these chats were replied to, or nothing happens for `quiet` seconds."""
        await self._wait(lambda: self._replied(chats) >= count or time.time() - self._api.busy > quiet, seconds)
        return self._replied(chats) >= count

    async def wait_quiet(self, quiet: float, seconds: float) -> bool:
        """Waits until nothing is queued, no call runs, and nothing happened for `quiet` seconds."""
        return await self._wait(lambda: self._quiet(quiet), seconds)

    def _quiet(self, quiet: float) -> bool:
        api = self._api
        api.updates.expire()
        return not (api.updates.waiting or api.updates.again or api.in_flight) and time.time() - api.busy >= quiet

    def _replied(self, chats: list[int]) -> int:
        return sum(len(self._api.replied[chat]) for chat in chats)

    def _ready(self, since: float) -> bool:
        if self._api.polling.last > since:
            return True
        address = urlsplit(self._api.webhook.url)
        return bool(address.hostname) and self._api.webhook_set > since and _listens(address.port or 80)

    async def _wait(self, done: Callable[[], bool], seconds: float) -> bool:
        until = time.time() + seconds
        while not done():
            if time.time() > until:
                return False
            await asyncio.sleep(_PAUSE)
        return True


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True
