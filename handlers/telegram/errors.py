"""The errors of this room.

TelegramDoorError
└── TelegramStartError      the assistant cannot reach Telegram, or Telegram does not accept its token
"""


class TelegramDoorError(Exception):
    """Base of everything that goes wrong at this door."""


class TelegramStartError(TelegramDoorError):
    """The assistant cannot start; the message is one plain line that says what to do."""
