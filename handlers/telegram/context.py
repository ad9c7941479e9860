"""What every handler is given: the services behind the door, typed."""

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, CallbackContext, ExtBot

from bot.dialogue.assistant import Assistant
from bot.dialogue.presenter import Presenter
from bot.follow_up.service import FollowUp
from bot.metrics import Metrics

if TYPE_CHECKING:
    from handlers.telegram.staff.room import StaffRoom

Store = dict[Any, Any]
Bot = ExtBot[None]


@dataclass(frozen=True, slots=True)
class Services:
    """What the handlers need of the other rooms."""

    assistant: Assistant
    presenter: Presenter
    follow_up: FollowUp
    retention_days: int
    metrics: Metrics = field(default_factory=Metrics)
    channel: str = "telegram"
    """Names this door in the origin of a recorded question and in the name of a conversation."""
    staff: "StaffRoom | None" = None
    """The staff's group, where there is one."""

    def conversation(self, chat_id: int) -> str:
        """The name of a chat's conversation."""
        return f"{self.channel}:{chat_id}"


class Context(CallbackContext[Bot, Store, Store, Store]):
    """The context of one update."""

    @property
    @abstractmethod
    def services(self) -> Services:
        """The services behind the door."""


def context_with(services: Services) -> type[Context]:
    """The context type of an application that has these services.

    The library makes the contexts itself, so they can only get at the services through their type.
    """

    class ServingContext(Context):
        @property
        def services(self) -> Services:
            return services

    return ServingContext


TelegramApplication = Application[Bot, Context, Store, Store, Store, None]
