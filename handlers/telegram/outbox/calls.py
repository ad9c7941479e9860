"""Raw calls of the Bot API: what is asked and what is answered stays as it travels."""

import asyncio
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from telegram import Bot
from telegram.error import TelegramError, TimedOut

# The library warns at each 429 that its type of waiting times will change, unless one agrees to that beforehand.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CALL_SECONDS = 12.0
"""An answer that takes longer is not waited for. Telegram's own slow answers come within 10 seconds."""


async def call(bot: Bot, method: str, arguments: Mapping[str, Any], seconds: float = CALL_SECONDS) -> Any:
    """The result as Telegram wrote it. Raises TelegramError, TimedOut after so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            return await bot.do_api_request(_spelled(method), dict(arguments), read_timeout=seconds)
    except TimeoutError:
        raise TimedOut from None
    except (KeyError, TypeError):  # JSON, but not an answer of the Bot API
        raise TelegramError("Invalid server response") from None


@lru_cache(maxsize=64)
def _spelled(method: str) -> str:
    """The method's name in a spelling that the library does not know, as it warns of those that it has itself."""
    return re.sub(r"(?=[A-Z])", "_", method)
