"""The Bot API of one bot, without the network: calls go in, results and refusals come out."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tests.bot_api.arguments import Arguments, Json
from tests.bot_api.chats import Chats
from tests.bot_api.citizens import Citizens
from tests.bot_api.faults import Faults
from tests.bot_api.journal import Call
from tests.bot_api.methods import Methods
from tests.bot_api.polling import Polling
from tests.bot_api.profile import Profile
from tests.bot_api.queries import Queries
from tests.bot_api.refusals import Refusal, bad_request, conflict, not_found, too_many
from tests.bot_api.settings import Settings
from tests.bot_api.updates import Updates
from tests.bot_api.webhooks import Webhook

TOKEN = "1:" + "a" * 35
_POLLING_BESIDE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class BotApi:
    """All there is of Telegram for one bot."""

    def __init__(self, seed: int = 0) -> None:
        chance = random.Random(seed)  # noqa: S311 - seeded, so that a run can be repeated
        self.settings = Settings()
        self.chats = Chats()
        self.updates = Updates(self.settings, chance)
        self.queries = Queries(self.settings)
        self.citizens = Citizens(self.chats, self.updates, self.queries)
        self.polling = Polling(self.updates, self.settings)
        self.webhook = Webhook(self.updates, self.settings)
        self.faults = Faults(chance)
        self.methods = Methods(self.chats, self.settings)
        self.calls: list[Call] = []
        """Every call but getUpdates."""
        self.polls: list[float] = []
        """When getUpdates was called."""
        self.replied: defaultdict[int, set[int]] = defaultdict(set)
        """The messages of each chat that were replied to."""
        self.webhook_set = 0.0
        self.in_flight = 0
        self.busy = time.time()
        """When something last happened."""
        self.profile = Profile(self.chats)
        tables = (self.methods.table, self.profile.table, self.queries.table)
        self._methods = {name.lower(): method for table in tables for name, method in table.items()}

    async def call(self, method: str, arguments: Arguments, alive: Callable[[], bool] = lambda: True) -> Any:
        """The result of a call. Raises Refusal. `alive` tells whether the bot still waits for it."""
        if method == "getUpdates":
            return await self._get_updates(arguments, alive)
        if method in ("setWebhook", "deleteWebhook"):
            return await self._set_webhook(arguments if method == "setWebhook" else Arguments({}))
        if method == "getWebhookInfo":
            return self._webhook_info()
        known = self._methods.get(method.lower())
        if not known:
            raise not_found()
        return known(arguments)

    async def recorded(self, call: Call, arguments: Arguments) -> Any:
        """The result of a call, half of the latency before it takes effect; what became of it is in `call`."""
        await asyncio.sleep(self.settings.latency / 2)
        try:
            result = await self.call(call.method, arguments)
        except Refusal as refusal:
            call.error, call.description, call.retry_after = refusal.code, refusal.description, refusal.retry_after or 0
            raise
        else:
            _note(call, result)
            if call.sends and call.reply_to:
                self.replied[call.chat].add(call.reply_to)
            return result
        finally:
            call.at = self.busy = time.time()

    async def _get_updates(self, arguments: Arguments, alive: Callable[[], bool]) -> list[Json]:
        if self.webhook.url:
            raise conflict(_POLLING_BESIDE)
        delivered = self.updates.delivered
        batch = await self.polling.get_updates(arguments, alive)
        if self.updates.delivered > delivered:
            self.busy = time.time()
        return batch

    async def _set_webhook(self, arguments: Arguments) -> bool:
        url, secret = arguments.text("url"), arguments.text("secret_token")
        if url and time.time() < self.webhook_set + 1:
            raise too_many(1)
        if url and not url.startswith(("http://127.0.0.1", "http://localhost")):
            raise bad_request("bad webhook: this server posts to its own machine only")
        if url:
            self.webhook_set = time.time()
        if arguments.flag("drop_pending_updates"):
            self.updates.waiting.clear()
        if (url, secret) != (self.webhook.url, self.webhook.secret):
            self.polling.end_waiting()
            await self.webhook.set(url, secret)
        return True

    def _webhook_info(self) -> Json:
        info = {
            "url": self.webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.waiting),
        }
        return info | ({"last_error_message": self.webhook.last_error} if self.webhook.last_error else {})


def _note(call: Call, result: Any) -> None:
    if isinstance(result, dict) and "message_id" in result:
        call.message = result["message_id"]
        call.text = result.get("text") or result.get("caption") or ""
        call.entities = result.get("entities")
        call.buttons = result.get("reply_markup", {}).get("inline_keyboard")
        call.thread = result.get("message_thread_id", 0)
        call.reply_to = result.get("reply_to_message", {}).get("message_id", 0)
