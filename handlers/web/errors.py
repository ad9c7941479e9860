"""The errors of this room.

WebDoorError
└── WebStartError           the address of the settings cannot be served
"""


class WebDoorError(Exception):
    """Base of everything that goes wrong at this door."""


class WebStartError(WebDoorError):
    """The address cannot be served; the message is one plain line that says what to do."""
