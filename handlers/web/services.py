"""What this door needs of the other rooms; the composition root gives it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.access.console_access import ConsoleAccess
from bot.dialogue.assistant import Assistant
from bot.follow_up.drafts.trial_process import TrialProcess
from bot.follow_up.service import FollowUp
from bot.matcher_process.async_finder import AsyncFinder
from bot.metrics import Levels, Metrics
from bot.transcript.kept_chats import KeptChats
from bot.transcript.watch import TranscriptWatch
from knowledge.base import Language

Receive = Callable[[bytes], Awaitable[None]]
"""Stores an update, given as a JSON object. Raises StorageError when it cannot be stored now."""


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a part of the service works, and a word on it that anybody may read."""

    ok: bool
    detail: str = ""


async def _nothing_to_check() -> Mapping[str, Check]:
    return {}


async def _no_levels() -> Levels:
    return Levels()


@dataclass(frozen=True, slots=True)
class WebhookIntake:
    """Where updates go, and the secret that proves that Telegram brings them.

    `prefix` is the path of the public address, such as `/city`: what stands before the webhook's own path when the
    server in front does not take it away.
    """

    receive: Receive
    secret: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class PageServices:
    """What the frame of every page needs. `secret` is this deployment's own; forms are proved with it.

    `name` is the assistant's, where its editors gave it one. `public_host` is the name by which browsers ask for the
    pages, over https, beside those of this machine. In the local mode everything is open, and every page says so.
    """

    secret: str
    name: Callable[[Language], str | None]
    public_host: str | None = None
    is_local: bool = False

    @property
    def is_secure(self) -> bool:
        """Whether browsers come by https."""
        return self.public_host is not None


@dataclass(frozen=True, slots=True)
class ChatServices:
    """What the chat page needs. `retention_days` is for how long a browser is known.

    `frame_ancestors` are the sites that may show the page inside theirs, as the header has them; mostly none.
    """

    chats: KeptChats
    watch: TranscriptWatch
    retention_days: int
    frame_ancestors: str = ""


def _nothing_wrong(_: Language) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class ConsoleServices:
    """What the staff console works with; `knowledge_dir` has the files that drafts would change, which `trials` tries.

    `problem_of_files` says why changed files are not served, and nothing where they are. In the local mode nobody signs
    in, and there is no `access`.
    """

    follow_up: FollowUp
    finder: AsyncFinder
    assistant: Assistant
    knowledge_dir: Path
    access: ConsoleAccess | None = None
    trials: TrialProcess | None = None
    problem_of_files: Callable[[Language], str] = _nothing_wrong


@dataclass(frozen=True, slots=True)
class WebServices:
    """What this door shows and to whom it passes on. Without a webhook nobody can bring updates, without `pages` there
    are no pages; each part of them is there with its services.
    """

    webhook: WebhookIntake | None = None
    readiness: Callable[[], Awaitable[Mapping[str, Check]]] = _nothing_to_check
    levels: Callable[[], Awaitable[Levels]] = _no_levels
    metrics: Metrics = field(default_factory=Metrics)
    pages: PageServices | None = None
    chat: ChatServices | None = None
    console: ConsoleServices | None = None
