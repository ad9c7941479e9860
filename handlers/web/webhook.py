"""Takes updates from Telegram: whoever shows the secret is heard, and is told 200 only once the update is stored."""

import asyncio
import hmac
import json
import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.errors import StorageError
from handlers.web.entrance import RETRY_SECONDS
from handlers.web.services import WebhookIntake

WEBHOOK_PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of the header, not the secret

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """How much a request may bring, in bytes, and how many seconds that may take."""

    size: int = 1024 * 1024
    seconds: float = 10.0


def webhook_address(public_url: str) -> str:
    """The address to give to Telegram, under the public one of the settings."""
    return public_url.rstrip("/") + WEBHOOK_PATH


def webhook_prefix(public_url: str) -> str:
    """The path of the public address of the settings, without a slash at the end; mostly nothing."""
    return urlsplit(public_url).path.rstrip("/")


def webhook_routes(webhook: WebhookIntake, limits: BodyLimits) -> list[Route]:
    """Where Telegram's updates are taken, whether or not a server in front has removed the prefix."""
    endpoint = WebhookEndpoint(webhook, limits).take
    paths = dict.fromkeys((WEBHOOK_PATH, webhook.prefix + WEBHOOK_PATH))
    return [Route(path, endpoint, methods=["POST"]) for path in paths]


class WebhookEndpoint:
    """Answers what comes to the webhook's path."""

    def __init__(self, webhook: WebhookIntake, limits: BodyLimits) -> None:
        self._receive = webhook.receive
        self._secret = webhook.secret.encode()
        self._limits = limits
        self._storing = True

    async def take(self, request: Request) -> Response:
        """Checks who asks before a byte of the body is read, then has the update stored."""
        refusal = self._refusal(request)
        if refusal:
            return refusal
        try:
            async with asyncio.timeout(self._limits.seconds):
                body = await self._body(request)
        except TimeoutError:
            return _refused(408, "The body took too long", {"Connection": "close"})
        except ClientDisconnect:
            return _refused(400, "The body is not complete")
        if body is None:
            return _refused(413, f"The body is larger than {self._limits.size} bytes")
        if not _is_json_object(body):
            return _refused(400, "The body is not a JSON object")
        return await self._store(body)

    def _refusal(self, request: Request) -> Response | None:
        shown = request.headers.get(SECRET_HEADER, "").encode("latin-1")  # as they came: any bytes at all
        if not hmac.compare_digest(shown, self._secret):
            return _refused(403, "The secret is wrong")
        kind = request.headers.get("Content-Type", "").partition(";")[0]
        if kind.strip().lower() != "application/json":
            return _refused(415, "The body must be application/json")
        if int(request.headers.get("Content-Length", 0)) > self._limits.size:  # the server checked that it is a number
            return _refused(413, f"The body is larger than {self._limits.size} bytes")
        return None

    async def _body(self, request: Request) -> bytes | None:
        """The whole body; None as soon as it is too large."""
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > self._limits.size:
                return None
        return bytes(body)

    async def _store(self, body: bytes) -> Response:
        try:
            await self._receive(body)
        except StorageError as error:
            self._tell(storing=False, reason=str(error))
            return _refused(503, "The update cannot be stored now", {"Retry-After": str(RETRY_SECONDS)})
        self._tell(storing=True)
        return Response()

    def _tell(self, *, storing: bool, reason: str = "") -> None:
        """Logs when storing begins to fail and when it works again, not at each update between."""
        if storing and not self._storing:
            logger.info("The webhook stores updates again")
        elif self._storing and not storing:
            logger.error("The webhook cannot store updates, Telegram keeps them: %s", reason)
        self._storing = storing


def _is_json_object(body: bytes) -> bool:
    """Whether it is one; how deep it goes, and how long its numbers are, is for whoever takes it to judge."""
    try:
        return isinstance(json.loads(body, parse_int=len), dict)
    except RecursionError:
        return body.lstrip().startswith(b"{")
    except ValueError:  # also: not a known encoding
        return False


def _refused(status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(reason, status, headers)
