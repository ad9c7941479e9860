"""The composition root: wires the rooms together and starts the command line. Nobody imports it.

What is heavy to import is imported by the part that needs it, so that `--help` is there at once.
"""

from __future__ import annotations

import gc
import signal
import sys

if __name__ == "__main__":  # what follows takes a moment, in which there is nothing to finish
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if sys.argv[1:] == [] or "run" in sys.argv[1:]:  # the matcher takes longest to load, so it begins first
        from bot.matcher_process.server_process import start_ahead

        start_ahead()
        gc.disable()  # to look for garbage among what is imported, all of which stays, takes a sixth of the start

import asyncio
import logging
import secrets
import traceback
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handlers.command_line.root import Overrides, StartError, plain_errors

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from bot.access.console_access import ConsoleAccess
    from bot.diagnosis import Diagnosis
    from bot.dialogue.assistant import Assistant
    from bot.dialogue.dialogue import Dialogue
    from bot.event_loop import LastingTasks
    from bot.follow_up.drafts.trial_process import TrialProcess
    from bot.follow_up.notification import NoticeDoor
    from bot.follow_up.service import FollowUp
    from bot.matcher_process.fork_server import Programs
    from bot.matcher_process.knowledge_opener import Opening
    from bot.matcher_process.supervisor import Listener, MatcherProcess
    from bot.metrics import Levels, Metrics
    from bot.settings import Settings
    from bot.storage.storage import Storage
    from bot.transcript.kept_chats import KeptChats
    from bot.transcript.watch import TranscriptWatch
    from handlers.command_line.chat import Conversation
    from handlers.telegram.bot import Bot
    from handlers.telegram.door import Door
    from handlers.telegram.lifecycle import Receive
    from handlers.telegram.staff.authorisation import MemberLookup
    from handlers.telegram.staff.background_jobs import KnowledgeNews
    from handlers.telegram.staff.staff_group import StaffGroup
    from handlers.telegram.updates.webhook import Webhook as TelegramWebhook
    from handlers.web.entrance import Entrance
    from handlers.web.services import WebServices
    from knowledge.base import KnowledgeBase, Language
    from knowledge.finding import Finder, Limits

logger = logging.getLogger(__name__)

OPEN_TO_ALL = (
    "without TELEGRAM_BOT_TOKEN everybody who reaches the pages may do everything, so they are served on this machine "
    "alone: leave HTTP_HOST at 127.0.0.1, or set the token"
)

_WHILE_RUNNING = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Running:
    """The parts that every door of the running assistant works with."""

    storage: Storage
    finder: MatcherProcess
    assistant: Assistant
    follow_up: FollowUp
    dialogue: Dialogue
    metrics: Metrics
    chats: KeptChats
    watch: TranscriptWatch

    @property
    def problem_of_knowledge(self) -> str:
        """Why nothing can be looked up; empty where it can."""
        from bot.errors import FindingError

        try:
            _ = self.assistant.knowledge
        except FindingError as error:
            return str(error)
        return ""


class Root:
    """Builds the parts of the program from the settings; implements `CompositionRoot`."""

    def __init__(self) -> None:
        self.overrides = Overrides()
        self._settings: Settings | None = None

    def settings(self) -> Settings:
        """The settings of the environment, with what the command line overrides; read once."""
        from bot.settings import Settings

        if self._settings is None:
            overrides = self.overrides
            self._settings = Settings.read(knowledge_dir=overrides.knowledge, database_url=overrides.database)
        return self._settings

    def knowledge(self) -> KnowledgeBase:
        """The knowledge base of the settings."""
        from knowledge.loading.loader import load_knowledge

        return load_knowledge(self.settings().knowledge_dir)

    def finder(self, knowledge: KnowledgeBase) -> Finder:
        """A finder over that knowledge base."""
        from knowledge.opening import finder_over

        return finder_over(knowledge, self._limits(), self.settings().cache_dir)

    def _limits(self) -> Limits:
        from knowledge.finding import Limits

        settings = self.settings()
        return Limits(settings.wrong_answers_accepted, settings.least_useful_suggestion)

    def opened(self) -> tuple[KnowledgeBase, Finder]:
        """The knowledge base of the settings and a finder over it, prepared for the next time too."""
        from knowledge.opening import open_finder

        return open_finder(self.settings().knowledge_dir, self._limits(), self.settings().cache_dir)

    def storage(self, *, create: bool = True) -> AbstractAsyncContextManager[Storage]:
        """The database of the settings, migrated and open."""
        from bot.storage.storage import Storage

        settings = self.settings()
        return Storage.open(settings.database_url, create=create, key_file=settings.digest_key_file)

    def follow_up(self, storage: Storage) -> FollowUp:
        """What staff do with unanswered questions; the knowledge base is read when it is needed first."""
        from datetime import UTC, datetime
        from functools import cache

        return self.follow_up_over(storage, cache(self.knowledge), lambda: datetime.now(UTC))

    def assistant(self, storage: Storage | None = None, lasting: timedelta = _WHILE_RUNNING) -> Assistant:
        """The assistant; it records questions when it is given a storage.

        What conversations are about it keeps to itself, for so long.
        """
        from bot.dialogue.assistant import Assistant
        from bot.dialogue.memory import Memory, PassingConversations
        from bot.matcher_process.async_finder import InThread

        finder = InThread(*self.opened())
        memory = Memory(PassingConversations(), lasting)
        return Assistant(finder, storage.questions if storage else None, memory=memory)

    def _opening(self) -> Opening:
        """How the matcher's process opens the knowledge base of the settings."""
        from bot.matcher_process.knowledge_opener import Opening

        return Opening.usual(self._limits(), self.settings().cache_dir)

    def begin_finder(self) -> Programs:
        """Has the matcher's process load, at once and beside whatever this one does next."""
        from bot.errors import FindingError
        from bot.matcher_process.fork_server import Programs

        programs = Programs(self._opening(), self.settings().knowledge_dir)
        with suppress(FindingError):  # it is tried again, and told, when the finder is started
            programs.begin()
        return programs

    def finder_process(self, listener: Listener | None = None, programs: Programs | None = None) -> MatcherProcess:
        from bot.matcher_process.supervisor import MatcherProcess

        return MatcherProcess(self.settings().knowledge_dir, self._opening(), listener, programs=programs)

    @asynccontextmanager
    async def _followed_finder(self, listener: Listener) -> AsyncIterator[MatcherProcess]:
        """A finder over the knowledge base of the settings and whatever becomes of its files."""
        finder = self.finder_process(listener)
        await finder.start()
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
        from bot.matcher_process.supervisor import Listener
        from bot.wording.terminal import terminal_language
        from handlers.command_line.chat import TerminalConversation, show_served

        set_up_logs(self.settings().log_format, "warning")  # the terminal belongs to the conversation
        language = terminal_language(os.environ)
        listener = Listener(language, on_served=lambda text, _: show_served(text))  # the log shows the faults
        async with self.storage() as storage, self._followed_finder(listener) as finder:
            memory = Memory(PassingConversations(), timedelta(minutes=self.settings().conversation_minutes))
            assistant = Assistant(finder, storage.questions, memory=memory)
            dialogue = self.dialogue(
                assistant, self.follow_up_over(storage, lambda: assistant.knowledge, assistant.clock)
            )
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
        """Runs the assistant: on Telegram with a token, else as pages for this machine alone."""
        from bot.errors import AssistantError
        from bot.event_loop import run_until_told_to_stop, stop_at_once_when_told
        from knowledge.errors import KnowledgeError

        stop_at_once_when_told()
        token = self.settings().telegram_bot_token
        try:
            service = TelegramService(self, token.get_secret_value()) if token else LocalService(self)
            run_until_told_to_stop(service.serve())
        except (AssistantError, KnowledgeError, StartError):
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, it must not be shown as it is
            # Its message may hold the token or a password: an address is part of many.
            raise StartError(_unforeseen(error)) from None

    def dialogue(self, assistant: Assistant, follow_up: FollowUp) -> Dialogue:
        from bot.dialogue.dialogue import Dialogue
        from bot.dialogue.presenter import Presenter
        from bot.transcript.kept_chats import CHANNEL

        settings = self.settings()
        # Staff have their group, or in the local mode the console.
        staffed = bool(settings.staff_chat_id) or not settings.telegram_bot_token
        presenter = Presenter(assistant, follow_up.workspace.timezone, staffed=staffed)
        return Dialogue(assistant, presenter, follow_up, settings.retention_days, kept_here=[CHANNEL])

    def follow_up_over(
        self, storage: Storage, knowledge: Callable[[], KnowledgeBase], clock: Callable[[], datetime]
    ) -> FollowUp:
        from zoneinfo import ZoneInfo

        from bot.follow_up.service import FollowUp

        settings = self.settings()
        timezone = ZoneInfo(settings.timezone)
        return FollowUp(storage, knowledge, clock, timezone, needs_approval=settings.approval_required)


class RunningService:
    """The assistant as it runs, whatever its doors."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._settings = root.settings()
        self._programs = root.begin_finder()  # it takes longest, so it begins before the doors are even imported

    @asynccontextmanager
    async def _loading(self, listener: Listener) -> AsyncIterator[MatcherProcess]:
        """A finder that is being loaded while the doors open; `listener` hears of what becomes of edits."""
        from bot.logs import set_up_logs
        from handlers.web.server import WebStartError

        set_up_logs(self._settings.log_format, self._settings.log_level)
        finder = self._root.finder_process(listener, self._programs)
        await finder.start()
        gc.freeze()
        gc.enable()  # almost all is imported by now
        try:
            yield finder
        except WebStartError as error:
            raise StartError(str(error)) from None
        finally:
            await finder.close()

    def _running(self, storage: Storage, finder: MatcherProcess) -> Running:
        from bot.dialogue.assistant import Assistant
        from bot.dialogue.memory import Memory
        from bot.metrics import Metrics
        from bot.transcript.kept_chats import KeptChats
        from bot.transcript.watch import TranscriptWatch

        memory = Memory(storage.conversations, timedelta(minutes=self._settings.conversation_minutes))
        assistant = Assistant(finder, storage.questions, memory=memory)
        follow_up = self._root.follow_up_over(storage, lambda: assistant.knowledge, assistant.clock)
        dialogue, metrics = self._root.dialogue(assistant, follow_up), Metrics()
        chats, watch = KeptChats(dialogue, storage, metrics), TranscriptWatch(storage.transcripts)
        return Running(storage, finder, assistant, follow_up, dialogue, metrics, chats, watch)

    @asynccontextmanager
    async def _told(self) -> AsyncIterator[None]:
        """Writes into the log that the assistant begins, with what, and that it has ended."""
        from bot.version import version

        logger.info("Starting version %s with %s", version(), self._settings.shown())
        try:
            yield
        finally:
            logger.info("Stopped; what was not finished waits in the database")

    @asynccontextmanager
    async def _beside(
        self, running: Running, tasks: LastingTasks, following_up: Callable[[], Awaitable[None]]
    ) -> AsyncIterator[None]:
        """What is done beside the doors while the block lasts; the follow-up once there is knowledge."""
        from bot.errors import FindingError
        from knowledge.errors import KnowledgeError

        async def follow_up() -> None:
            try:
                await running.finder.ready()
            except (FindingError, KnowledgeError):  # whoever waits for it to serve ends the program
                return
            await following_up()

        purge = partial(running.storage.purge_regularly, self._settings.retention_days, running.assistant.clock)
        works: dict[str, Callable[[], Awaitable[None]]] = {
            "purging": purge,
            "follow-up": follow_up,
            "chats' watch": running.watch.run,
        }
        beside = [asyncio.create_task(tasks.run(name, work)) for name, work in works.items()]
        try:
            yield
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    def _notices(self, running: Running) -> dict[str, NoticeDoor]:
        """How citizens are told whose chats are kept here."""
        from bot.transcript.kept_chats import CHANNEL, KeptNotices

        return {CHANNEL: KeptNotices(running.storage.transcripts, running.follow_up.notification.call_ended)}

    async def _pages(
        self, running: Running, access: ConsoleAccess | None = None, *, is_local: bool = False
    ) -> dict[str, Any]:
        """The services of the pages that are on, by their names in `WebServices`.

        The console is on in the local mode, where it is open, and where there is `access` to it.
        """
        from handlers.web.services import ChatServices, ConsoleServices, PageServices

        def name(language: Language) -> str | None:
            known = None if running.problem_of_knowledge else running.assistant.knowledge.about.name
            return known.in_language(language) if known else None

        has_console = is_local or access is not None
        if not self._settings.serves_chat and not has_console:
            return {}
        secret = await running.storage.made_once("form-tokens", lambda: secrets.token_urlsafe(32))
        pages = PageServices(secret, name, None if is_local else self._settings.public_host, is_local)
        services: dict[str, Any] = {"pages": pages}
        if self._settings.serves_chat:
            sites = self._settings.web_chat_frame_ancestors or ""
            services["chat"] = ChatServices(running.chats, running.watch, self._settings.retention_days, sites)
        if has_console:
            follow_up, finder, assistant = running.follow_up, running.finder, running.assistant
            services["console"] = ConsoleServices(
                follow_up,
                finder,
                assistant,
                self._settings.knowledge_dir,
                access,
                self._trials(),
                finder.problem_of_files,
            )
        return services

    def _trials(self) -> TrialProcess:
        """Tries drafts by this program's own command."""
        from bot.follow_up.drafts.trial_process import TrialProcess

        command = (sys.executable, __file__, "drafts", "write", "--dry-run", "--quick", "--json")
        environment = {"DATABASE_URL": self._settings.database_url, "KNOWLEDGE_DIR": str(self._settings.knowledge_dir)}
        return TrialProcess(command, environment)


class LocalService(RunningService):
    """Pages for this machine alone, with nothing closed: the way to try everything."""

    async def serve(self) -> None:
        """Serves until it is cancelled. Raises StartError where others could reach the pages."""
        from bot.matcher_process.supervisor import Listener
        from handlers.command_line.output import language_of_terminal

        if not self._settings.is_on_this_machine:
            raise StartError(OPEN_TO_ALL)
        listener = Listener(language_of_terminal())  # the log, which is on the terminal, tells what becomes of edits
        async with self._loading(listener) as finder, self._root.storage() as storage:
            await self._serve_pages(self._running(storage, finder))

    async def _serve_pages(self, running: Running) -> None:
        """Serves the pages; whoever started the program is told where they are."""
        from bot.event_loop import LastingTasks
        from bot.matcher_process.finder_placer import FinderPlacer
        from bot.readiness import levels_of
        from handlers.command_line.output import tell_where
        from handlers.web.application import build_web
        from handlers.web.server import serve_web
        from handlers.web.services import Check, WebServices

        storage = running.storage
        placer = FinderPlacer(running.finder, running.chats.is_busy)
        work = partial(running.follow_up.place_and_tell, placer, self._notices(running))

        async def readiness() -> dict[str, Check]:
            problem = running.problem_of_knowledge
            return {"knowledge": Check(not problem, problem)}

        async def levels() -> Levels:
            running.metrics.matcher_restarts = running.finder.restarts
            running.metrics.storage_failures = storage.failures
            return await levels_of(storage, running.finder, running.assistant.clock())

        pages = await self._pages(running, is_local=True)
        app = build_web(WebServices(readiness=readiness, levels=levels, metrics=running.metrics, **pages))
        following_up = partial(storage.lead, "follow-up", work)
        async with (
            serve_web(app, self._settings.http_host, self._settings.http_port) as address,
            storage.own(),
            self._told(),
            self._beside(running, LastingTasks(), following_up),
        ):
            await running.finder.ready()
            await tell_where(address)
            await asyncio.Event().wait()


class TelegramService(RunningService):
    """Telegram, and whichever pages the settings ask for."""

    def __init__(self, root: Root, token: str) -> None:
        super().__init__(root)
        self._token = token

    async def serve(self) -> None:
        """Serves until it is cancelled. Raises StartError."""
        from bot.storage.storage import Storage
        from handlers.telegram.bot import require_token
        from handlers.telegram.errors import TelegramStartError
        from handlers.telegram.staff.background_jobs import KnowledgeNews

        news = KnowledgeNews(self._settings.staff_language)
        try:
            async with self._loading(news.listener) as finder:
                require_token(self._token)
                url, key_file = self._settings.database_url, self._settings.digest_key_file
                opening = Storage.open_when_there(url, key_file)  # a server that is away is waited for
                async with self._web() as entrance, opening as storage, storage.own(), self._told():
                    await self._serve_from(self._running(storage, finder), news, entrance)
        except TelegramStartError as error:
            raise StartError(str(error)) from None

    @asynccontextmanager
    async def _web(self) -> AsyncIterator[Entrance]:
        """The web door, which shows health from the first moment on, also while the database is waited for.

        Without webhook and pages, an address that is taken stops nobody from being answered.
        """
        from handlers.web.application import build_web
        from handlers.web.entrance import Entrance
        from handlers.web.server import WebStartError, serve_web
        from handlers.web.services import Check, WebServices

        async def readiness() -> dict[str, Check]:
            return {"database": Check(ok=False, detail="it is away, or another assistant has it; this one waits")}

        entrance = Entrance(build_web(WebServices(readiness=readiness)))
        async with AsyncExitStack() as stack:
            try:
                serving = serve_web(entrance, self._settings.http_host, self._settings.http_port)
                entrance.address = await stack.enter_async_context(serving)
            except WebStartError as error:
                if self._settings.webhook_url or self._settings.serves_chat:
                    raise
                logger.warning("No health and no metrics are shown: %s", error)
            yield entrance

    async def _serve_from(self, running: Running, news: KnowledgeNews, entrance: Entrance) -> None:
        """Opens the doors over an open database and a finder that is still loading."""
        from zoneinfo import ZoneInfo

        from bot.dialogue.interpreter import prepare
        from bot.journal import Journal
        from bot.matcher_process.finder_placer import FinderPlacer
        from handlers.telegram.bot import build_bot
        from handlers.telegram.door import Channel, Door
        from handlers.telegram.lifecycle import serve
        from handlers.telegram.staff.authorisation import MemberLookup
        from handlers.telegram.staff.background_jobs import BackgroundJobs
        from handlers.telegram.staff.staff_handlers import ConsoleDoor, StaffHandlers
        from handlers.telegram.updates.transaction import Router
        from handlers.web.application import build_web

        storage, finder = running.storage, running.finder
        bot = build_bot(self._token, self._settings.telegram_api_base_url, ZoneInfo(self._settings.timezone))
        staff = self._staff_group(bot, running.follow_up, finder)
        members = MemberLookup(staff) if staff else None
        access = self._console_access(running, members)
        console = (
            ConsoleDoor(access, f"{self._settings.public_url or entrance.address}/console/sign-in") if access else None
        )
        work = BackgroundJobs(running.follow_up, staff, other_doors=self._notices(running), news=news)
        journal = Journal.open(self._settings.journal_folder)
        channel = Channel("telegram", running.assistant.clock, staff, running.metrics, journal)
        door = Door(bot, storage, channel, work.on_end)
        placer = FinderPlacer(finder, lambda: door.is_busy() or running.chats.is_busy())

        async def router() -> Router:
            await asyncio.gather(finder.ready(), asyncio.to_thread(prepare))
            entries = len(finder.knowledge.entries)
            logger.info("Answering from %d entries of %s", entries, self._settings.knowledge_dir)
            return Router(running.dialogue, StaffHandlers(staff, members, console) if staff else None)

        webhook = await self._webhook(storage)
        following_up = partial(work.run_everywhere, storage, door.outbox, placer, door.sender.counters)
        services = replace(self._web_services(running, door, webhook), **await self._pages(running, access))
        logger.info("Web: serving at %s", entrance.address)
        with entrance.opened_to(build_web(services)):
            async with self._beside(running, door.tasks, following_up):
                await serve(door, self._receive(door, storage, webhook), router())

    def _staff_group(self, bot: Bot, follow_up: FollowUp, finder: MatcherProcess) -> StaffGroup | None:
        from handlers.telegram.staff.staff_group import StaffGroup

        chat = self._settings.staff_chat_id
        return StaffGroup(bot, follow_up, finder, chat, self._settings.staff_language) if chat else None

    def _console_access(self, running: Running, members: MemberLookup | None) -> ConsoleAccess | None:
        """The way into the console for members of the staff group, where nobody on the way can read it along."""
        from bot.access.console_access import ConsoleAccess

        if members is None:
            return None
        if not self._settings.has_safe_pages:
            logger.warning("The staff console is off: set PUBLIC_URL to the https address at which staff open it")
            return None
        return ConsoleAccess(running.storage, members, running.assistant.clock)

    async def _webhook(self, storage: Storage) -> TelegramWebhook | None:
        """The webhook of the settings; its secret is made at the first start where none is given."""
        from handlers.telegram.updates.webhook import Webhook
        from handlers.web.webhook import webhook_address

        if not self._settings.webhook_url:
            return None
        given = self._settings.webhook_secret
        made = await storage.made_once("webhook-secret", lambda: secrets.token_urlsafe(32))
        return Webhook(webhook_address(self._settings.webhook_url), given.get_secret_value() if given else made)

    def _receive(self, door: Door, storage: Storage, webhook: TelegramWebhook | None) -> Receive:
        """How updates come in: one instance at a time fetches them, or keeps Telegram bringing them to all."""
        way = partial(door.bring_by_webhook, webhook) if webhook else door.polling.run

        async def receive() -> None:
            await storage.lead("receiving", way)

        return receive

    def _web_services(self, running: Running, door: Door, webhook: TelegramWebhook | None) -> WebServices:
        from bot.readiness import Readiness, problem_of_database, problem_of_knowledge
        from handlers.web.services import Check, WebhookIntake, WebServices
        from handlers.web.webhook import webhook_prefix

        database, knowledge = (
            partial(problem_of_database, running.storage),
            partial(problem_of_knowledge, running.finder),
        )
        parts = Readiness({"database": database, "knowledge": knowledge, "telegram": door.problem})

        async def readiness() -> dict[str, Check]:
            return {name: Check(not problem, problem) for name, problem in (await parts.problems()).items()}

        async def levels() -> Levels:
            door.metrics.matcher_restarts = running.finder.restarts
            return replace(await door.levels(), matcher_memory_bytes=running.finder.memory_bytes)

        prefix = webhook_prefix(self._settings.webhook_url or "")
        taking = WebhookIntake(door.intake.take_raw, webhook.secret, prefix) if webhook else None
        return WebServices(taking, readiness, levels, door.metrics)


def _unforeseen(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return (
        f"the assistant ended over an error that nobody foresaw ({type(error).__name__}{place}); "
        "see whether the settings name the right servers, and report it"
    )


def main() -> None:
    """Does what the command line says."""
    if sys.argv[1:] in ([], ["run"]):  # to load all commands takes a fifth of the time until Telegram is asked
        try:
            with plain_errors():
                Root().serve()
        except KeyboardInterrupt:
            sys.exit(130)
        return
    from handlers.command_line.app import build_app

    build_app(Root())()


if __name__ == "__main__":
    main()
