"""What the commands need of the composition root, so that this room builds nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # each of these is heavy to import, and only some commands need it
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.dialogue.assistant import Assistant
    from bot.follow_up.service import FollowUp
    from bot.settings import Settings
    from bot.storage.storage import Storage
    from handlers.command_line.conversation import Conversation
    from knowledge.base import KnowledgeBase
    from knowledge.finding import Finder


@dataclass(slots=True)
class Overrides:
    """What was given on the command line, before or after the command; it counts before the environment."""

    knowledge: Path | None = None
    database: str | None = None


class StartError(Exception):
    """The assistant cannot start; the message says why and what to do."""


class CompositionRoot(Protocol):
    """Builds the parts of the program; each part raises the errors of its own room."""

    overrides: Overrides

    def settings(self) -> Settings:
        """The settings of the environment, with what the command line overrides."""
        ...

    def knowledge(self) -> KnowledgeBase:
        """The knowledge base of the settings."""
        ...

    def opened(self) -> tuple[KnowledgeBase, Finder]:
        """The knowledge base of the settings and a finder over it, prepared for the next time too."""
        ...

    def finder(self, knowledge: KnowledgeBase) -> Finder:
        """A finder over that knowledge base."""
        ...

    def storage(self) -> AbstractAsyncContextManager[Storage]:
        """The database of the settings, migrated and open."""
        ...

    def follow_up(self, storage: Storage) -> FollowUp:
        """What staff do with unanswered questions, over that storage; the knowledge is read when it is needed."""
        ...

    def assistant(self, storage: Storage | None = None) -> Assistant:
        """The assistant; it records questions when it is given a storage."""
        ...

    def conversation(self) -> AbstractAsyncContextManager[Conversation]:
        """A conversation with the assistant through the handlers that citizens meet."""
        ...

    def serve(self) -> None:
        """Runs the assistant until it is told to stop. Raises StartError when it cannot start."""
        ...
