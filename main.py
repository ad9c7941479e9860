"""The composition root: wires the rooms together and starts the command line. Nobody imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.command_line.app import build_app
from handlers.command_line.root import Overrides

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from bot.storage.storage import Storage

    from bot.assistant import Assistant
    from bot.settings import Settings
    from handlers.command_line.conversation import Conversation
    from knowledge.base import KnowledgeBase
    from knowledge.finding import Finder


class Root:
    """Builds the parts of the program from the settings; implements `CompositionRoot`.

    What is heavy to import is imported by the part that needs it, so that `--help` is there at once.
    """

    def __init__(self) -> None:
        self.overrides = Overrides()

    def settings(self) -> Settings:
        """The settings of the environment, with what the command line overrides."""
        from bot.settings import Settings

        return Settings.read(knowledge_dir=self.overrides.knowledge, database_url=self.overrides.database)

    def knowledge(self) -> KnowledgeBase:
        """The knowledge base of the settings."""
        from knowledge.loading.loader import load_knowledge

        return load_knowledge(self.settings().knowledge_dir)

    def finder(self, knowledge: KnowledgeBase) -> Finder:
        """A finder over that knowledge base."""
        from knowledge.finding import Finder, Limits
        from knowledge.matching import build_matcher

        settings = self.settings()
        return Finder(
            build_matcher(knowledge), Limits(settings.wrong_answers_accepted, settings.least_useful_suggestion)
        )

    def storage(self) -> AbstractAsyncContextManager[Storage]:
        """The database of the settings, migrated and open."""
        raise NotImplementedError

    def assistant(self, storage: Storage | None = None) -> Assistant:
        """The assistant; it records questions when it is given a storage."""
        from bot.assistant import Assistant

        knowledge = self.knowledge()
        return Assistant(knowledge, self.finder(knowledge), storage.questions if storage else None)

    def conversation(self) -> AbstractAsyncContextManager[Conversation]:
        """A conversation with the assistant through the handlers that citizens meet."""
        raise NotImplementedError

    def serve(self) -> None:
        """Runs the assistant until it is told to stop."""
        raise NotImplementedError


if __name__ == "__main__":
    build_app(Root())()
