"""A served web door over a place that keeps updates in memory, and requests as nobody's library would send them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from urllib.parse import urlsplit

import httpx

from bot.errors import StorageError
from handlers.web.application import build_web
from handlers.web.server import serve_web
from handlers.web.services import WebhookIntake, WebServices
from handlers.web.webhook import SECRET_HEADER, WEBHOOK_PATH, BodyLimits

SECRET = "a-secret_0"  # noqa: S105  # of these tests alone
HEADERS = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
UPDATE = '{"update_id": 1, "message": {"text": "예산이 얼마예요?"}}'.encode()


class Kept:
    """Keeps what it receives, once `open`; while `failing`, it cannot."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.begun = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()
        self.error: Exception | None = None

    def fail(self) -> None:
        self.error = StorageError("the disk is full; free some space")

    async def receive(self, body: bytes) -> None:
        self.begun.set()
        await self.open.wait()
        if self.error:
            raise self.error
        self.bodies.append(body)


@asynccontextmanager
async def served(services: WebServices, limits: BodyLimits | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the door over those services, through a real socket."""
    app = build_web(services, limits or BodyLimits())
    async with serve_web(app, "127.0.0.1", 0) as address, httpx.AsyncClient(base_url=address, timeout=60) as client:
        yield client


def served_webhook(kept: Kept, limits: BodyLimits | None = None) -> AbstractAsyncContextManager[httpx.AsyncClient]:
    """A client of a door with a webhook that leads there."""
    return served(WebServices(WebhookIntake(kept.receive, SECRET)), limits)


@asynccontextmanager
async def connection(client: httpx.AsyncClient) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A bare connection to the door that the client talks to."""
    address = urlsplit(str(client.base_url))
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        yield reader, writer
    finally:
        writer.close()


def request_head(*lines: str, secret: str = SECRET) -> bytes:
    """The head of a request to the webhook, with further header lines."""
    always = (
        f"POST {WEBHOOK_PATH} HTTP/1.1",
        "Host: door",
        "Content-Type: application/json",
        f"{SECRET_HEADER}: {secret}",
    )
    return "\r\n".join((*always, *lines, "", "")).encode()


async def status_of(reader: asyncio.StreamReader) -> int:
    """The status of the response that comes."""
    async with asyncio.timeout(60):
        return int((await reader.readline()).split()[1])


async def is_closed(reader: asyncio.StreamReader) -> bool:
    """Whether the door ends the connection, whatever it says before that."""
    async with asyncio.timeout(60):
        try:
            while await reader.read(65536):
                pass
        except ConnectionError:
            pass
        return True
