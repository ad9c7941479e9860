"""The composition root: wires the rooms together and starts the command line. Nobody imports it.

What is heavy to import is imported by the part that needs it, so that `--help` is there at once.
"""

from __future__ import annotations

import signal
import sys

if __name__ == "__main__":  # what follows takes a moment, in which there is nothing to finish
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

import asyncio
import logging
import secrets
import traceback
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.command_line.app import build_app
from handlers.command_line.root import Overrides, StartError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from bot.diagnosis import Diagnosis
    from bot.dialogue.assistant import Assistant
    from bot.dialogue.dialogue import Dialogue
    from bot.follow_up.service import FollowUp
    from bot.matcher_process import Listener, MatcherProcess
    from bot.settings import Settings
    from bot.storage.storage import Storage
    from handlers.command_line.chat import Conversation
    from handlers.telegram.bot import Bot
    from handlers.telegram.door import Door
    from handlers.telegram.lifecycle import Receive
    from handlers.telegram.staff.knowledge_news import KnowledgeNews
    from handlers.telegram.staff.staff_group import StaffGroup
    from handlers.telegram.updates.webhook import Webhook as TelegramWebhook
    from handlers.web.services import WebServices
    from knowledge.base import KnowledgeBase
    from knowledge.finding import Finder, Limits

logger = logging.getLogger(__name__)

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
        from knowledge.finding import Finder
        from knowledge.matching import build_matcher

        return Finder(build_matcher(knowledge), self._limits())

    def _limits(self) -> Limits:
        from knowledge.finding import Limits

        settings = self.settings()
        return Limits(settings.wrong_answers_accepted, settings.least_useful_suggestion)

    def opened(self) -> tuple[KnowledgeBase, Finder]:
        """The knowledge base of the settings and a finder over it, prepared for the next time too."""
        from knowledge.opening import open_finder

        return open_finder(self.settings().knowledge_dir, self._limits(), self.settings().cache_dir)

    def storage(self) -> AbstractAsyncContextManager[Storage]:
        """The database of the settings, migrated and open."""
        from bot.storage.storage import Storage

        return Storage.open(self.settings().database_url)

    def follow_up(self, storage: Storage) -> FollowUp:
        """What staff do with unanswered questions; the knowledge base is read when it is needed first."""
        from datetime import UTC, datetime
        from functools import cache
        from zoneinfo import ZoneInfo

        from bot.follow_up.service import FollowUp

        settings = self.settings()
        return FollowUp(
            storage,
            cache(self.knowledge),
            lambda: datetime.now(UTC),
            ZoneInfo(settings.timezone),
            needs_approval=settings.approval_required,
        )

    def assistant(self, storage: Storage | None = None, lasting: timedelta = _WHILE_RUNNING) -> Assistant:
        """The assistant; it records questions when it is given a storage.

        What conversations are about it keeps to itself, for so long.
        """
        from bot.dialogue.assistant import Assistant
        from bot.dialogue.memory import Memory, PassingConversations
        from bot.matcher_process import InThread

        finder = InThread(*self.opened())
        memory = Memory(PassingConversations(), lasting)
        return Assistant(finder, storage.questions if storage else None, memory=memory)

    def _finder_process(self, listener: Listener | None = None) -> MatcherProcess:
        from bot.matcher_process import MatcherProcess, Opening

        settings = self.settings()
        return MatcherProcess(settings.knowledge_dir, Opening.usual(self._limits(), settings.cache_dir), listener)

    @asynccontextmanager
    async def _followed_finder(self, listener: Listener) -> AsyncIterator[MatcherProcess]:
        """A finder over the knowledge base of the settings and whatever becomes of its files."""
        finder = self._finder_process(listener)
        finder.start()
        try:
            await finder.ready()
            yield finder
        finally:
            await finder.close()

    @asynccontextmanager
    async def conversation(self) -> AsyncIterator[Conversation]:
        """A conversation with the assistant through the dialogue that citizens meet."""
        import os

        from bot.dialogue.assistant import Assistant
        from bot.dialogue.memory import Memory, PassingConversations
        from bot.logs import set_up_logs
        from bot.matcher_process import Listener
        from bot.wording.staff import terminal_language
        from handlers.command_line.chat import TerminalConversation, show_served

        set_up_logs(self.settings().log_format, "warning")  # the terminal belongs to the conversation
        language = terminal_language(os.environ)
        listener = Listener(language, on_served=lambda text, _: show_served(text))  # the log shows the faults
        async with self.storage() as storage, self._followed_finder(listener) as finder:
            memory = Memory(PassingConversations(), timedelta(minutes=self.settings().conversation_minutes))
            assistant = Assistant(finder, storage.questions, memory=memory)
            dialogue = self._dialogue(assistant, self._follow_up(assistant, storage))
            yield TerminalConversation(dialogue, storage.unit, language)

    async def inspect_telegram(self) -> list[Diagnosis]:
        """What is found at Telegram with the token of the settings."""
        from bot.diagnosis import Diagnosis, Sign
        from handlers.telegram.bot import build_bot
        from handlers.telegram.inspection import inspect
        from handlers.web.webhook import webhook_address

        settings = self.settings()
        if not settings.telegram_bot_token:
            return [Diagnosis(Sign.LOCAL_MODE)]
        bot = build_bot(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_base_url)
        webhook = webhook_address(settings.webhook_url) if settings.webhook_url else None
        return await inspect(bot, settings.staff_chat_id, webhook)

    def serve(self) -> None:
        """Runs the assistant: on Telegram with a token, else as a conversation in the terminal."""
        from bot.shutdown import run_until_told_to_stop, stop_at_once_when_told

        stop_at_once_when_told()
        token = self.settings().telegram_bot_token
        if token:
            from bot.errors import AssistantError
            from knowledge.errors import KnowledgeError

            try:
                run_until_told_to_stop(self._serve_telegram(token.get_secret_value()))
            except (AssistantError, KnowledgeError, StartError):
                raise
            except Exception as error:  # noqa: BLE001  # whatever it is, it must not be shown as it is
                # Its message may hold the token or a password: an address is part of many.
                raise StartError(_unforeseen(error)) from None
        elif sys.stdin.isatty():
            from handlers.command_line.chat import hold_conversation

            hold_conversation(self.conversation)
        else:
            raise StartError(NO_DOOR)

    async def _serve_telegram(self, token: str) -> None:
        from bot.logs import set_up_logs
        from handlers.telegram.connection import require_token
        from handlers.telegram.errors import TelegramStartError
        from handlers.telegram.staff.knowledge_news import KnowledgeNews
        from handlers.web.errors import WebStartError

        settings = self.settings()
        set_up_logs(settings.log_format, settings.log_level)
        news = KnowledgeNews(settings.staff_language)
        finder = self._finder_process(news.listener)
        finder.start()  # it takes longest, so it begins first
        try:
            require_token(token)
            async with self.storage() as storage, storage.own(), self._told():
                await self._serve_from(storage, finder, token, news)
        except (TelegramStartError, WebStartError) as error:
            raise StartError(str(error)) from None
        finally:
            await finder.close()

    @asynccontextmanager
    async def _told(self) -> AsyncIterator[None]:
        """Writes into the log that the assistant begins, with what, and that it has ended."""
        from bot.version import version

        settings = self.settings()
        logger.info("Starting version %s with %s", version(), settings.shown())
        try:
            yield
        finally:
            logger.info("Stopped; what was not finished waits in the database")

    async def _serve_from(self, storage: Storage, finder: MatcherProcess, token: str, news: KnowledgeNews) -> None:
        """Opens the doors over an open database and a finder that is still loading."""
        from zoneinfo import ZoneInfo

        from bot.dialogue.assistant import Assistant
        from bot.dialogue.memory import Memory
        from bot.errors import FindingError
        from bot.matcher_process.finder_placer import FinderPlacer
        from bot.metrics import Metrics
        from bot.retention import purge_regularly
        from handlers.telegram.bot import build_bot
        from handlers.telegram.door import Channel, Door
        from handlers.telegram.lifecycle import serve
        from handlers.telegram.staff.background_jobs import BackgroundJobs
        from handlers.telegram.staff.staff_handlers import StaffHandlers
        from handlers.telegram.updates.router import Router
        from knowledge.errors import KnowledgeError

        settings = self.settings()
        memory = Memory(storage.conversations, timedelta(minutes=settings.conversation_minutes))
        assistant = Assistant(finder, storage.questions, memory=memory)
        metrics = Metrics()
        bot = build_bot(token, settings.telegram_api_base_url, ZoneInfo(settings.timezone))
        follow_up = self._follow_up(assistant, storage)
        staff = self._staff_group(bot, follow_up, finder)
        work = BackgroundJobs(follow_up, staff, news=news)
        channel = Channel("telegram", assistant.clock, staff, metrics)
        door = Door(bot, storage, channel, work.on_end)

        async def router() -> Router:
            await finder.ready()
            entries = len(finder.knowledge.entries)
            logger.info("Answering from %d entries of %s", entries, settings.knowledge_dir)
            return Router(self._dialogue(assistant, follow_up), StaffHandlers(staff) if staff else None)

        async def following_up() -> None:
            try:
                await finder.ready()
            except (FindingError, KnowledgeError):  # the router raises it too, which ends the program
                return
            await work.run_everywhere(storage, door.outbox, FinderPlacer(finder, door.is_busy))

        webhook = await self._webhook(storage)
        purge = partial(purge_regularly, storage, settings.retention_days, assistant.clock)
        beside = [
            asyncio.create_task(door.tasks.run("purging", purge)),
            asyncio.create_task(door.tasks.run("follow-up", following_up)),
        ]
        try:
            async with self._web(door, webhook):
                await serve(door, self._receive(door, storage, webhook), router())
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    async def _webhook(self, storage: Storage) -> TelegramWebhook | None:
        """The webhook of the settings; its secret is made at the first start where none is given."""
        from handlers.telegram.updates.webhook import Webhook
        from handlers.web.webhook import webhook_address

        settings = self.settings()
        if not settings.webhook_url:
            return None
        given = settings.webhook_secret
        made = await storage.made_once("webhook-secret", lambda: secrets.token_urlsafe(32))
        return Webhook(webhook_address(settings.webhook_url), given.get_secret_value() if given else made)

    def _receive(self, door: Door, storage: Storage, webhook: TelegramWebhook | None) -> Receive:
        """How updates come in: one instance at a time fetches them, or keeps Telegram bringing them to all."""
        way = partial(door.bring_by_webhook, webhook) if webhook else door.fetch

        async def receive() -> None:
            await storage.lead("receiving", way)

        return receive

    @asynccontextmanager
    async def _web(self, door: Door, webhook: TelegramWebhook | None) -> AsyncIterator[None]:
        """The web door: health and metrics always, the webhook where there is one.

        Without a webhook, an address that is taken stops nobody from being answered.
        """
        from handlers.web.application import build_web
        from handlers.web.errors import WebStartError
        from handlers.web.serving import serve_web

        settings = self.settings()
        app = build_web(self._web_services(door, webhook))
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(serve_web(app, settings.http_host, settings.http_port))
            except WebStartError as error:
                if webhook:
                    raise
                logger.warning("No health and no metrics are shown: %s", error)
            yield

    def _web_services(self, door: Door, webhook: TelegramWebhook | None) -> WebServices:
        from handlers.web.services import Check, WebhookIntake, WebServices
        from handlers.web.webhook import webhook_prefix

        async def readiness() -> dict[str, Check]:
            return {name: Check(not problem, problem) for name, problem in (await door.problems()).items()}

        prefix = webhook_prefix(self.settings().webhook_url or "")
        taking = WebhookIntake(door.receiving.take_raw, webhook.secret, prefix) if webhook else None
        return WebServices(taking, readiness, door.levels, door.metrics)

    def _dialogue(self, assistant: Assistant, follow_up: FollowUp) -> Dialogue:
        from bot.dialogue.dialogue import Dialogue
        from bot.dialogue.presenter import Presenter

        settings = self.settings()
        # Staff have their group, or in the local mode the console.
        staffed = bool(settings.staff_chat_id) or not settings.telegram_bot_token
        presenter = Presenter(assistant, follow_up.workspace.timezone, staffed=staffed)
        return Dialogue(assistant, presenter, follow_up, settings.retention_days)

    def _follow_up(self, assistant: Assistant, storage: Storage) -> FollowUp:
        from zoneinfo import ZoneInfo

        from bot.follow_up.service import FollowUp

        settings = self.settings()
        timezone, knowledge = ZoneInfo(settings.timezone), lambda: assistant.knowledge
        return FollowUp(storage, knowledge, assistant.clock, timezone, needs_approval=settings.approval_required)

    def _staff_group(self, bot: Bot, follow_up: FollowUp, finder: MatcherProcess) -> StaffGroup | None:
        from handlers.telegram.staff.staff_group import StaffGroup

        settings = self.settings()
        chat = settings.staff_chat_id
        return StaffGroup(bot, follow_up, finder, chat, settings.staff_language) if chat else None


def _unforeseen(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return (
        f"the assistant ended over an error that nobody foresaw ({type(error).__name__}{place}); "
        "see whether the settings name the right servers, and report it"
    )


if __name__ == "__main__":
    program = build_app(Root())
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # commands are ended as usual
    program()
