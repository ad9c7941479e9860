"""What the doctor finds at Telegram: the token, the staff group's rights, the way updates come, the clock."""

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from telegram.error import TelegramError

from bot.diagnosis import Diagnosis, Sign
from handlers.telegram.bot import Bot, connect
from handlers.telegram.errors import TelegramStartError
from handlers.telegram.outbox.gateway import call

_SECONDS = 10.0
_CLOCK_SECONDS = 30.0
"""More makes leases, links for signing in and 'as of today' wrong."""


async def inspect(bot: Bot, staff_chat: int | None, webhook: str | None) -> list[Diagnosis]:
    """One diagnosis a part; when Telegram does not accept the bot, that alone. `webhook` is the address to be set."""
    try:
        async with asyncio.timeout(_SECONDS):
            await connect(bot)
        return [
            Diagnosis(Sign.BOT, {"name": bot.username}),
            await _group(bot, staff_chat),
            await _updates(bot, webhook),
            *await _clock(bot),
        ]
    except TimeoutError:
        host = urlsplit(bot.base_url).hostname
        return [Diagnosis(Sign.UNREACHABLE, {"reason": f"no answer from {host} within {_SECONDS:g} seconds"})]
    except TelegramStartError as error:
        return [Diagnosis(Sign.TOKEN_REFUSED, {"reason": error})]
    finally:
        await bot.shutdown()


async def _group(bot: Bot, chat: int | None) -> Diagnosis:
    if chat is None:
        return Diagnosis(Sign.NO_GROUP)
    try:
        # As they come: the library's own classes want every field that the newest server has.
        group = await call(bot, "getChat", {"chat_id": chat})
        member = await call(bot, "getChatMember", {"chat_id": chat, "user_id": bot.id})
    except TelegramError as error:
        return Diagnosis(Sign.NOT_IN_GROUP, {"chat": chat, "reason": error.message})
    if member["status"] in {"left", "kicked"}:
        return Diagnosis(Sign.NOT_IN_GROUP, {"chat": chat, "reason": member["status"]})
    lacks = group.get("is_forum", False) and not member.get("can_manage_topics", False)
    return Diagnosis(Sign.NO_TOPIC_RIGHT if lacks else Sign.GROUP, {"title": group.get("title", "")})


async def _updates(bot: Bot, webhook: str | None) -> Diagnosis:
    try:
        known = await bot.get_webhook_info()
    except TelegramError as error:
        return Diagnosis(Sign.UNREACHABLE, {"reason": error.message})
    values = {"address": known.url, "waiting": known.pending_update_count, "reason": known.last_error_message}
    if known.url != (webhook or ""):
        return Diagnosis(Sign.WEBHOOK_ELSEWHERE, values)
    if not webhook:
        return Diagnosis(Sign.POLLING, values)
    return Diagnosis(Sign.WEBHOOK_FAILS if known.last_error_message else Sign.WEBHOOK, values)


async def _clock(bot: Bot) -> list[Diagnosis]:
    """By the date of any answer of Telegram's server; nothing where it tells none."""
    address = urlsplit(bot.base_url)
    try:
        async with (
            ClientSession(timeout=ClientTimeout(_SECONDS)) as session,
            session.get(f"{address.scheme}://{address.netloc}/", allow_redirects=False) as response,
        ):
            told = parsedate_to_datetime(response.headers["Date"])
    except (ClientError, TimeoutError, KeyError, ValueError):
        return []
    seconds = abs((datetime.now(UTC) - told).total_seconds())
    return [Diagnosis(Sign.CLOCK_WRONG if seconds > _CLOCK_SECONDS else Sign.CLOCK, {"seconds": seconds})]
