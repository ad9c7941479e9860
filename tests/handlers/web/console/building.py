"""A served console over a real database: citizens' questions, members of the staff, and a clock that tests turn."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.access.console_access import ConsoleAccess
from bot.dialogue.assistant import Assistant
from bot.follow_up.drafts.trial_process import TrialProcess
from bot.matcher_process.async_finder import InThread
from bot.metrics import Metrics
from bot.records.groups import StaffMember
from bot.records.staff_sessions import Membership
from bot.storage.storage import Storage
from handlers.web.application import build_web
from handlers.web.server import serve_web
from handlers.web.services import ConsoleServices, WebServices
from knowledge.base import Language
from knowledge.finding import Finder
from tests.bot.follow_up.building import KIM, KNOWLEDGE, Office
from tests.doubles import FixedMatcher
from tests.handlers.web.pages.small_site import PAGES

KNOWN = {"어디예요?": [("place", 0.9)], "가까이": [("place", 0.2)]}
"""What is found for questions; nothing for any other."""

TRIAL = """
import json, os, sys
if os.environ["ENDS_WITH"]:
    sys.exit(os.environ["ENDS_WITH"])
before, after = {"outcome": "fallback", "entry_id": None}, {"outcome": "answer", "entry_id": "budget"}
question = {"question": f"초안 {sys.argv[1]}의 질문", "before": before, "after": after}
print(json.dumps({"questions": [question], "differences": [{**question, "question": "다른 질문"}], "asked": 7}))
"""
"""A program that says what the command that tries drafts would."""


@dataclass
class Roll:
    """Who is staff, as a test has it."""

    members: dict[str, Membership] = field(default_factory=dict)

    async def membership(self, member: StaffMember) -> Membership:
        return self.members.get(member.id, Membership.MEMBER)


@dataclass
class ServedConsole:
    """The console at an address, and the office whose work it shows."""

    office: Office
    address: str
    access: ConsoleAccess
    roll: Roll
    knowledge_dir: Path
    metrics: Metrics

    async def code(self, member: StaffMember = KIM) -> str:
        """A code that lets the member in once."""
        return await self.access.code(member)

    async def key(self, member: StaffMember = KIM) -> str:
        """The key of a session of the member."""
        return await self.access.enter(await self.code(member))


def write_knowledge(folder: Path) -> Path:
    """The files of the small knowledge base."""
    (folder / "entries").mkdir(parents=True)
    lines = ["topic: cluster", "title: {ko: 집적단지, en: The cluster}", "entries:"]
    for entry in KNOWLEDGE.entries.values():
        lines += [f"  - id: {entry.id}", f"    question: {entry.question.ko}", f"    answer: {entry.answer.ko}"]
        lines += ["    known_gap: true"] if entry.known_gap else []
    (folder / "entries" / "cluster.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@asynccontextmanager
async def served_console(
    *,
    is_local: bool = False,
    needs_approval: bool = False,
    public_host: str | None = None,
    trial_ends_with: str = "",
    problem_of_files: Callable[[Language], str] = lambda _: "",
) -> AsyncIterator[ServedConsole]:
    """A console with nothing asked yet; to be signed in to, but for the local mode."""
    with TemporaryDirectory() as folder:
        async with Storage.open(f"sqlite+aiosqlite:///{folder}/assistant.db") as storage:
            office, roll = Office(storage, needs_approval=needs_approval), Roll()
            access = ConsoleAccess(storage, roll, office.clock)
            finder = InThread(KNOWLEDGE, Finder(FixedMatcher(KNOWLEDGE, KNOWN)))
            assistant = Assistant(finder, clock=office.clock)
            knowledge = write_knowledge(Path(folder) / "knowledge")
            trials = TrialProcess([sys.executable, "-c", TRIAL], {"ENDS_WITH": trial_ends_with})
            open_or = None if is_local else access
            console = ConsoleServices(office.follow_up, finder, assistant, knowledge, open_or, trials, problem_of_files)
            pages = replace(PAGES, is_local=is_local, public_host=public_host)
            services = WebServices(pages=pages, console=console)
            async with serve_web(build_web(services), "127.0.0.1", 0) as address:
                yield ServedConsole(office, address, access, roll, knowledge, services.metrics)
