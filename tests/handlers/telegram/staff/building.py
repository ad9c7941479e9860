"""A staff group beside citizens, in a Telegram inside the process; time passes as the tests turn it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory

from bot.access.console_access import ConsoleAccess
from bot.follow_up.notification import OutboxDoor
from bot.follow_up.service import FollowUp
from bot.matcher_process.async_finder import InThread
from bot.records.groups import AuditRecord, Group, GroupState
from bot.storage.storage import Storage
from handlers.telegram.citizens import TelegramNotices
from handlers.telegram.door import Channel, Door
from handlers.telegram.lifecycle import running
from handlers.telegram.staff.authorisation import MemberLookup
from handlers.telegram.staff.background_jobs import BackgroundJobs
from handlers.telegram.staff.staff_group import StaffGroup
from handlers.telegram.staff.staff_handlers import ConsoleDoor, StaffHandlers
from handlers.telegram.updates.transaction import Router
from knowledge.base import About, Bilingual, Contact
from knowledge.finding import Finder
from tests.bot.dialogue.small_city import KNOWLEDGE, KNOWN
from tests.bot_api.chats import BOT
from tests.doubles import FixedMatcher
from tests.handlers.telegram.building import World, ready
from tests.local_telegram.citizen import Citizen, Seen

STAFF = -100500
SIGN_IN = "https://city.example/console/sign-in"
KIM, LEE, STRANGER = 901, 902, 999
NAMES = {KIM: "김주무관", LEE: "이팀장", STRANGER: "아무개"}
NEAR = {
    "숙박 되나요?": [
        *(("parking", 0.7), ("budget", 0.2), ("period", 0.06), ("program-9", 0.05), ("program-10", 0.02)),
    ],
    "숙박 교육은요?": [("parking", 0.7), *((f"program-{number}", 0.2 - number / 100) for number in range(1, 6))],
}
"""What is near to questions that nobody can answer; all others begin as those that ask the same do."""

CONTACT = Contact(Bilingual("인공지능산업과", "AI Industry Division"), "062-613-0000")
WITH_CONTACT = replace(KNOWLEDGE, about=About(contact=CONTACT))


class FirstWords:
    """Takes questions with the same first word for the same."""

    async def place(self, question: str, groups: Sequence[Sequence[str]]) -> int | None:
        first = question.split(maxsplit=1)[0]
        return next((index for index, texts in enumerate(groups) if texts[0].split(maxsplit=1)[0] == first), None)


@dataclass
class Office(World):
    """A world with a staff group."""

    matcher: FixedMatcher = field(default_factory=lambda: FixedMatcher(KNOWLEDGE, KNOWN | NEAR))
    now: datetime = datetime(2026, 3, 2, tzinfo=UTC)
    """Long past: what the follow-up puts into the outbox is due at once for the door, which has the real clock."""
    needs_approval: bool = False
    is_forum: bool = False
    seconds: float = 1000.0
    group_chat: StaffGroup = field(init=False)
    follow_up: FollowUp = field(init=False)
    jobs: BackgroundJobs = field(init=False)
    access: ConsoleAccess = field(init=False)
    """The way into the console."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.follow_up = FollowUp(
            self.storage, lambda: WITH_CONTACT, lambda: self.now, UTC, needs_approval=self.needs_approval
        )
        finder = InThread(KNOWLEDGE, Finder(self.matcher))
        self.group_chat = StaffGroup(self.door.bot, self.follow_up, finder, STAFF, seconds=lambda: self.seconds)
        self.jobs = BackgroundJobs(self.follow_up, self.group_chat)
        channel = Channel("telegram", self.clock, self.group_chat)
        self.door = Door(self.door.bot, self.storage, channel, self.jobs.on_end)
        members = MemberLookup(self.group_chat)
        self.access = ConsoleAccess(self.storage, members, lambda: self.now)
        console = ConsoleDoor(self.access, SIGN_IN)
        self.router = Router(self.router.dialogue, StaffHandlers(self.group_chat, members, console))
        chat = self.telegram.chats.open(STAFF, "담당자")
        chat.members.update({KIM: "member", LEE: "administrator"})
        chat.is_forum = self.is_forum

    async def work(self) -> None:
        """Does what goes on beside the handlers, until nothing is left to do; a few seconds pass each time."""
        doors = {"telegram": OutboxDoor(TelegramNotices(), self.door.outbox)}
        while True:
            self.seconds += 10
            done = await self.follow_up.placement.place_open(FirstWords()) + await self.follow_up.notification.tell_due(
                doors
            )
            done += await self.jobs.refresh(self.door.outbox)
            if not done:
                return
            await self.settled()

    async def minutes(self, minutes: float) -> None:
        """Time passes, and what is due then is done."""
        self.now += timedelta(minutes=minutes)
        self.seconds += 60 * minutes
        await self.work()

    def staff(self, user: int = KIM, chat: int = STAFF) -> Citizen:
        """Somebody in the staff group, or in another chat."""
        group = chat if chat < 0 else None
        return Citizen(self.telegram, self.settled, user, "ko", group, name=NAMES.get(user, f"Citizen {user}"))

    async def ask(self, user: int, text: str, *, told: bool = True) -> Citizen:
        """A citizen asks what nobody can answer, and may want to be told."""
        citizen = self.citizen(user)
        await citizen.type(text)
        if told:
            await citizen.press("답변이 나오면 알려 주세요")
        return citizen

    async def asked(self, *texts: str, told: bool = True, first_user: int = 10) -> int:
        """These are asked, each by another citizen, and shown to staff; the group of the last."""
        for index, text in enumerate(texts):
            await self.ask(first_user + index, text, told=told)
        await self.work()
        groups = await self.follow_up.workspace.store.groups.listed(list(GroupState))
        return groups[0].number

    def card(self, group: int) -> Seen:
        """The newest message that shows the group as its card."""
        return next(seen for seen in reversed(self.staff().screen()) if seen.text.startswith(f"#{group} · "))

    def last(self) -> Seen:
        """The newest message of the assistant in the staff group."""
        return next(seen for seen in reversed(self.staff().screen()) if not seen.own and is_ours(self, seen))

    async def group(self, number: int) -> Group:
        return await self.follow_up.desk.group(number)

    async def refusals(self) -> list[AuditRecord]:
        """What was tried and refused, newest first."""
        return [record for record in await self.follow_up.desk.audit() if record.act == "refused"]

    def calls(self, method: str) -> int:
        """How often the assistant has called the method."""
        return sum(made == method for made, _ in self.telegram.calls)


def is_ours(office: Office, seen: Seen) -> bool:
    """Whether the assistant has sent it."""
    message = office.telegram.chats.open(STAFF, "").messages[seen.message_id]
    return bool(message["from"] == BOT)


def told(citizen: Citizen) -> list[str]:
    """The notices that a citizen got."""
    return [seen.text for seen in citizen.screen() if seen.text.startswith(("문의하신", "담당자가 여쭙니다"))]


@asynccontextmanager
async def an_office(*, needs_approval: bool = False, is_forum: bool = False) -> AsyncIterator[Office]:
    """A running assistant with a staff group."""
    with TemporaryDirectory() as folder:
        async with Storage.open(f"sqlite+aiosqlite:///{folder}/assistant.db") as storage:
            office = Office(storage, needs_approval=needs_approval, is_forum=is_forum)
            async with running(office.door, office.door.polling.run, ready(office.router)):
                yield office
