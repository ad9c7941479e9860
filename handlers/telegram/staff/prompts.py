"""What a reply to one of the bot's messages is for."""

from enum import StrEnum


class PromptKind(StrEnum):
    """As it is kept with the message."""

    ANSWER = "answer"
    ASK_BACK = "ask_back"
    REASON = "reason"
    SEARCH = "search"
    MERGE = "merge"
