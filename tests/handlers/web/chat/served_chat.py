"""The chat page over a small service, served on a real socket, and a browser without script to use it with."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from typing import Any

import httpx

from bot.transcript.watch import TranscriptWatch
from handlers.web.application import build_web
from handlers.web.server import serve_web
from handlers.web.services import ChatServices, ConsoleServices, PageServices, WebServices
from tests.bot.transcript.small_service import SmallService, a_service


@dataclass
class ServedChat:
    """The service, and the address at which its page is."""

    service: SmallService
    address: str


def page_services(**changes: Any) -> PageServices:
    """What the frame of the pages needs."""
    return replace(PageServices("of these tests alone", lambda _: "광주 안내"), **changes)


@asynccontextmanager
async def a_served_chat(frame_ancestors: str = "", **pages: Any) -> AsyncIterator[ServedChat]:
    """A chat page over a database of its own; in the local mode the console is one click away."""
    async with a_service() as service:
        watch = TranscriptWatch(service.storage.transcripts, seconds=0.05)
        chat = ChatServices(service.chats, watch, 180, frame_ancestors)
        console = ConsoleServices(service.follow_up, service.finder, service.assistant, Path("knowledge"))
        is_local = pages.get("is_local", False)
        app = build_web(WebServices(pages=page_services(**pages), chat=chat, console=console if is_local else None))
        async with serve_web(app, "127.0.0.1", 0) as address:
            watching = asyncio.create_task(watch.run())
            try:
                yield ServedChat(service, address)
            finally:
                watching.cancel()
                with suppress(asyncio.CancelledError):
                    await watching


@dataclass
class PlainBrowser:
    """A browser that knows forms and cookies, and nothing else."""

    client: httpx.AsyncClient
    page: str = ""
    last: httpx.Response | None = field(default=None)

    async def open(self, path: str = "/") -> str:
        """Opens a page."""
        return self._shown(await self.client.get(path))

    async def say(self, text: str, **changes: str) -> str:
        """Fills in the field for the question and sends it."""
        return await self.send(text=text, **changes)

    async def press(self, label: str) -> str:
        """Presses the last button of that label."""
        *_, (name, value) = re.findall(rf'name="(\w+)" value="([^"]*)">{re.escape(label)}</button>', self.page)
        return await self.send(**{name: unescape(value)})

    async def reply(self, text: str) -> str:
        """Fills in the last field under a message."""
        *_, number = re.findall(r'name="reply_to" value="(\d+)"', self.page)
        return await self.send(text=text, reply_to=number)

    async def send(self, **fields: str) -> str:
        """Sends a form of the page."""
        return self._shown(await self.client.post("/", data={**self.hidden(), **fields}))

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's form."""
        form = self.page.split('id="ask"')[-1].split("</form>")[0]
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))

    def messages(self) -> list[str]:
        """The texts of the messages on the page."""
        log = self.page.split('id="messages"')[-1].split("</ol>")[0]
        texts = re.findall(r'<div class="text"[^>]*>(.*?)</div>', log, re.DOTALL)
        return [unescape(re.sub(r"<[^>]+>", "", text)) for text in texts]

    def _shown(self, response: httpx.Response) -> str:
        self.last, self.page = response, response.text
        return self.page


@asynccontextmanager
async def a_browser(chat: ServedChat, **headers: str) -> AsyncIterator[PlainBrowser]:
    """A browser of somebody's own."""
    async with httpx.AsyncClient(
        base_url=chat.address, timeout=60, follow_redirects=True, headers={"Accept": "text/html", **headers}
    ) as client:
        yield PlainBrowser(client)
