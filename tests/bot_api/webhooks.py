"""Posts updates to a webhook: in order inside a chat, side by side across chats, again until they are taken."""

import asyncio
import json
import time
from collections import defaultdict, deque
from itertools import count

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.bot_api.settings import Settings
from tests.bot_api.updates import Update, Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_PATIENCE = ClientTimeout(total=60)
_LONGEST_PAUSE = 60.0
_AT_ONCE = 40
_Lane = tuple[str, int]


class Webhook:
    """The webhook of one bot; its `url` is empty while it has none."""

    def __init__(self, updates: Updates, settings: Settings) -> None:
        self.url = ""
        self.secret = ""
        self.failures = 0
        self.last_error = ""
        self._updates = updates
        self._settings = settings
        self._session: ClientSession | None = None
        self._lanes: defaultdict[_Lane, deque[Update]] = defaultdict(deque)
        self._tasks: dict[_Lane, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._turns = count()
        updates.on_arrival.append(self._enqueue)

    async def set(self, url: str, secret: str) -> None:
        """Posts to that address from now on; to none when it is empty."""
        await self.close()
        self.url, self.secret = url, secret
        if url:
            self._session = ClientSession(timeout=_PATIENCE)
            for update in self._updates.waiting.values():
                self._enqueue(update)

    async def close(self) -> None:
        """Stops posting."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks.clear()
        self._lanes.clear()
        if self._session:
            await self._session.close()
            self._session = None

    def _enqueue(self, update: Update) -> None:
        if not self.url:
            return
        self._lanes[update.lane].append(update)
        if update.lane not in self._tasks:
            self._tasks[update.lane] = asyncio.create_task(self._run(update.lane))

    async def _run(self, lane: _Lane) -> None:
        waiting = self._lanes[lane]
        while waiting:
            await self._deliver(waiting[0])
            waiting.popleft()
        del self._tasks[lane], self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        """Until it is taken: again at once, then after 2, 4, 8 ... seconds, or as long as was asked for."""
        failures = 0
        while update.id in self._updates.waiting or update in self._updates.again:
            async with self._places:
                taken, asked_for = await self._post(update)
            if taken:
                if update in self._updates.again:
                    self._updates.again.remove(update)
                self._updates.confirm(update)
                return
            self.failures += 1
            pause = asked_for or (min(_LONGEST_PAUSE, 2.0**failures) if failures else 0.0)
            failures += 1
            if time.time() + pause * self._settings.retry_scale > update.until:
                self._updates.expire()
            await asyncio.sleep(pause * self._settings.retry_scale)

    async def _post(self, update: Update) -> tuple[bool, float]:
        """Whether it was taken, and the pause that was asked for where not."""
        targets = self._settings.targets or (self.url,)
        headers = {"Content-Type": "application/json"} | ({SECRET_HEADER: self.secret} if self.secret else {})
        if not self._session:
            return False, 1.0
        try:
            address, body = targets[next(self._turns) % len(targets)], json.dumps(update.body)
            async with self._session.post(address, data=body, headers=headers) as answer:
                update.deliveries.append(time.time())
                if answer.ok:
                    return True, 0.0
                self.last_error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                asked_for = answer.headers.get("Retry-After", "")
                return False, float(asked_for) if asked_for.isdigit() else 0.0
        except (ClientError, TimeoutError, OSError) as error:
            self.last_error = f"{type(error).__name__}: {error}"
            return False, 0.0
