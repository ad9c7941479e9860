"""The errors of this room.

TelegramDoorError
├── TelegramStartError      the assistant cannot reach Telegram, or Telegram does not accept its token
└── UnreadableUpdateError   an update is not what Telegram's updates look like
"""


class TelegramDoorError(Exception):
    """Base of everything that goes wrong at this door."""


class TelegramStartError(TelegramDoorError):
    """The assistant cannot start; the message is one plain line that says what to do."""


class UnreadableUpdateError(TelegramDoorError):
    """An update cannot be read; the message says what the reader stumbled over, without the update's words."""
