"""The composition root: wires the rooms together and starts the command line. Nobody imports it.

What is heavy to import is imported by the part that needs it, so that `--help` is there at once.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.command_line.app import build_app
from handlers.command_line.root import Overrides, StartError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from bot.assistant import Assistant
    from bot.conversations import Conversations, Memory
    from bot.settings import Settings
    from bot.storage.storage import Storage
    from handlers.command_line.conversation import Conversation
    from handlers.telegram.context import Services
    from knowledge.base import KnowledgeBase
    from knowledge.finding import Finder

NO_DOOR = (
    "TELEGRAM_BOT_TOKEN is not set, and there is no terminal to talk in. "
    "Set the token, or ask a question with: python main.py ask QUESTION"
)

_WHILE_RUNNING = timedelta(days=365)


class Root:
    """Builds the parts of the program from the settings; implements `CompositionRoot`."""

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
        limits = Limits(settings.wrong_answers_accepted, settings.least_useful_suggestion)
        return Finder(build_matcher(knowledge), limits)

    def storage(self) -> AbstractAsyncContextManager[Storage]:
        """The database of the settings, migrated and open."""
        from bot.storage.storage import Storage

        return Storage.open(self.settings().database_url)

    def assistant(self, storage: Storage | None = None, memory: Memory | None = None) -> Assistant:
        """The assistant; it records questions when it is given a storage.

        Without a memory it has one of its own, which lasts as long as `ask` reads lines.
        """
        from bot.assistant import Assistant
        from bot.conversations import Memory, PassingConversations
        from bot.finding import InThread

        knowledge = self.knowledge()
        return Assistant(
            InThread(knowledge, self.finder(knowledge)),
            storage.questions if storage else None,
            memory=memory or Memory(PassingConversations(), _WHILE_RUNNING),
        )

    @asynccontextmanager
    async def conversation(self) -> AsyncIterator[Conversation]:
        """A conversation with the assistant through the handlers that citizens meet."""
        import logging
        import os

        from bot.conversations import PassingConversations
        from bot.logs import set_up_logs
        from bot.wording.staff import terminal_language
        from handlers.command_line.conversation import ShownButton, ShownMessage
        from handlers.telegram.local.conversation import converse

        language = terminal_language(os.environ)
        set_up_logs(self.settings().log_format, logging.WARNING)  # the terminal belongs to the conversation
        async with self.storage() as storage:
            services = self._services(storage, PassingConversations(), "chat")
            async with converse(services, ShownMessage, ShownButton, language) as conversation:
                yield conversation

    def serve(self) -> None:
        """Runs the assistant: on Telegram with a token, else as a conversation in the terminal."""
        token = self.settings().telegram_bot_token
        if token:
            # Until the loop runs and stops in good order, there is nothing to finish.
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            asyncio.run(self._serve_telegram(token.get_secret_value()))
        elif sys.stdin.isatty():
            from handlers.command_line.talking import hold_conversation

            hold_conversation(self)
        else:
            raise StartError(NO_DOOR)

    async def _serve_telegram(self, token: str) -> None:
        from zoneinfo import ZoneInfo

        from bot.logs import set_up_logs
        from bot.retention import purge_regularly
        from handlers.telegram.application import build_application
        from handlers.telegram.errors import TelegramStartError
        from handlers.telegram.running import serve

        settings = self.settings()
        set_up_logs(settings.log_format)
        async with self.storage() as storage:
            services = self._services(storage, storage.conversations, "telegram")
            application = build_application(
                token, services, settings.telegram_api_base_url, ZoneInfo(settings.timezone)
            )
            purging = asyncio.create_task(purge_regularly(storage, settings.retention_days, services.assistant.clock))
            try:
                await serve(application)
            except TelegramStartError as error:
                raise StartError(str(error)) from None
            finally:
                purging.cancel()

    def _services(self, storage: Storage, conversations: Conversations, channel: str) -> Services:
        from zoneinfo import ZoneInfo

        from bot.conversations import Memory
        from bot.presenting import Presenter
        from handlers.telegram.context import Services

        settings = self.settings()
        memory = Memory(conversations, timedelta(minutes=settings.conversation_minutes))
        assistant = self.assistant(storage, memory)
        presenter = Presenter(assistant, ZoneInfo(settings.timezone))
        return Services(assistant, presenter, settings.retention_days, channel)


if __name__ == "__main__":
    build_app(Root())()
