"""Tells pages that are open that something has changed, as server-sent events; what has, they ask for themselves."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import datetime
from http import HTTPStatus

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.access.errors import AccessError
from bot.errors import StorageError
from bot.follow_up.overview.group_lists import GroupLists
from bot.records.errors import UnknownGroupError
from handlers.web.console.doorkeeper import Doorkeeper
from handlers.web.console.visit import Visit, number_in
from handlers.web.entrance import stops_within

_PAUSE = 0.5
_ADMITTED_FOR = 15.0
"""Seconds; whoever leaves the staff hears nothing from then on."""


class LastChange:
    """When any group changed last, looked up once for all who ask within half a second."""

    def __init__(self, lists: GroupLists) -> None:
        self._lists = lists
        self._looking = asyncio.Lock()
        self._looked_at = float("-inf")
        self._found: datetime | None = None

    async def at(self) -> datetime | None:
        """The moment; None before there are groups. Raises StorageError."""
        async with self._looking:
            if time.monotonic() - self._looked_at >= _PAUSE:
                self._found = await self._lists.last_change()
                self._looked_at = time.monotonic()
        return self._found


class LiveEvents:
    """The stream of events for the list, or for one group."""

    def __init__(self, doorkeeper: Doorkeeper) -> None:
        self._doorkeeper = doorkeeper
        self._last_change = LastChange(doorkeeper.services.follow_up.lists)

    async def stream(self, request: Request) -> Response:
        """The stream, for members of the staff alone; it keeps no session open."""
        try:
            visit = await self._doorkeeper.admit(request, in_use=False)
        except AccessError:
            raise HTTPException(HTTPStatus.UNAUTHORIZED) from None
        except StorageError:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE) from None
        return EventSourceResponse(self._events(visit))

    async def _events(self, visit: Visit) -> AsyncIterator[ServerSentEvent]:
        wanted = visit.request.query_params
        group, revision = number_in(wanted.get("group", "")), number_in(wanted.get("revision", ""))
        shown: object = revision if group else await self._now(None, visit)
        admitted_at = time.monotonic()
        while True:
            try:
                if time.monotonic() - admitted_at >= _ADMITTED_FOR:
                    await self._doorkeeper.admit(visit.request, in_use=False)
                    admitted_at = time.monotonic()
                now = await self._now(group, visit)
            except (AccessError, UnknownGroupError):
                return
            except StorageError:
                now = shown
            if now != shown:
                shown = now
                yield ServerSentEvent("", event="changed")
            if await stops_within(visit.request, _PAUSE):
                return

    async def _now(self, group: int | None, visit: Visit) -> object:
        if group is None:
            return await self._last_change.at()
        return (await visit.follow_up.desk.group(group)).revision
