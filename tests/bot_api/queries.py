"""Presses of buttons, and the bot's answers to them."""

import time
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.bot_api.arguments import Arguments
from tests.bot_api.chats import Chat, Event
from tests.bot_api.refusals import bad_request
from tests.bot_api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_ANSWER = 200
_LATE = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Query:
    """A press: since when its button spins, and what the bot answered."""

    id: str
    chat: Chat
    user: int
    asked: float = field(default_factory=time.time)
    answers: list[str] = field(default_factory=list)


class Queries:
    """The presses that there were."""

    def __init__(self, settings: Settings) -> None:
        self.all: dict[str, Query] = {}
        self.late = 0
        self._settings = settings
        self._ids = count(10**15)
        self.table: dict[str, Callable[[Arguments], Any]] = {"answerCallbackQuery": self._answer}

    @property
    def unanswered(self) -> list[str]:
        """The presses whose buttons still spin."""
        return [query.id for query in self.all.values() if not query.answers]

    def new(self, chat: Chat, user: int) -> Query:
        """A press of now, by somebody in a chat."""
        query = Query(str(next(self._ids)), chat, user)
        self.all[query.id] = query
        return query

    def _answer(self, arguments: Arguments) -> bool:
        query = self.all.get(arguments.text("callback_query_id"))
        if not query or time.time() - query.asked > self._settings.query_seconds:
            self.late += 1
            raise bad_request(_LATE)
        if len(arguments.text("text")) > _LONGEST_ANSWER:
            raise bad_request("MESSAGE_TOO_LONG")
        query.answers.append(arguments.text("text"))
        if arguments.text("text"):
            query.chat.events.append(Event("notice", text=arguments.text("text"), user_id=query.user))
        return True
