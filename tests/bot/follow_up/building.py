"""What the tests of the follow-up are built from: a real storage, a clock they turn, and a small knowledge base."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.delivery import Closed, OutgoingCall, Sent
from bot.follow_up.notification import Notice, OutboxDoor
from bot.follow_up.placement import Placer
from bot.follow_up.service import FollowUp
from bot.masking import mask
from bot.records.groups import StaffMember
from bot.records.questions import Asker, Nearest, NewQuestion, QuestionState
from bot.storage.storage import Storage
from knowledge.base import Bilingual, Entry, KnowledgeBase, Language, Topic
from knowledge.finding import Outcome
from tests.bot.storage.building import NOON

KIM, LEE = StaffMember("telegram:1", "김주무관"), StaffMember("telegram:2", "이팀장")
SEOUL = ZoneInfo("Asia/Seoul")
CHANNEL = "telegram"


def _entry(entry_id: str, question: str, answer: str, **more: object) -> Entry:
    return Entry(entry_id, "cluster", Bilingual(question), Bilingual(answer), **more)  # type: ignore[arg-type]


KNOWLEDGE = KnowledgeBase(
    (
        Topic(
            "cluster",
            Bilingual("집적단지", "The cluster"),
            (
                _entry("budget", "예산이 얼마예요?", "4116억원입니다."),
                Entry("place", "cluster", Bilingual("어디예요?"), Bilingual("첨단3지구입니다.", "In Cheomdan.")),
                _entry("gap-parking", "주차 요금이 얼마예요?", "알려진 것이 없습니다.", known_gap=True),
            ),
        ),
    )
)


@dataclass(slots=True)
class Clock:
    """A clock that a test turns."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **duration: float) -> None:
        self.now += timedelta(**duration)


class FirstWords(Placer):
    """Takes questions with the same first word for the same."""

    def __init__(self) -> None:
        self.asked = 0

    async def place(self, question: str, groups: Sequence[Sequence[str]]) -> int | None:
        self.asked += 1
        first = question.split(maxsplit=1)[0]
        return next((index for index, texts in enumerate(groups) if texts[0].split(maxsplit=1)[0] == first), None)

    async def close(self, group: int, groups: Sequence[Sequence[str]]) -> list[int]:
        """Those with the same last word."""
        last = [texts[0].split()[-1] for texts in groups]
        return [index for index in range(len(groups)) if index != group and last[index] == last[group]]


class Letters:
    """Renders notices as plain letters."""

    def calls(self, asker: Asker, notice: Notice) -> Sequence[OutgoingCall]:
        text = f"{notice.kind}|{asker.text}|{notice.text}"
        return [OutgoingCall(asker.chat or 0, "sendMessage", {"text": text, "reply_to": asker.message})]


@dataclass
class Office:
    """The follow-up over a storage, with what tests do often."""

    storage: Storage
    needs_approval: bool = False
    clock: Clock = field(default_factory=Clock)
    placer: FirstWords = field(default_factory=FirstWords)

    def __post_init__(self) -> None:
        self.follow_up = FollowUp(
            self.storage, lambda: KNOWLEDGE, self.clock, SEOUL, needs_approval=self.needs_approval
        )
        self.outbox = self.storage.outbox(CHANNEL, self.follow_up.notification.listeners)
        self.doors = {CHANNEL: OutboxDoor(Letters(), self.outbox)}

    async def ask(self, text: str, chat: int, *, told: bool = True, language: Language = "ko") -> int:
        """The number of an open question of a citizen, who may want to be told."""
        origin, nearest = f"{CHANNEL}:{chat}:{chat + 7}", (Nearest("budget", 0.25), Nearest("place", 0.125))
        question = NewQuestion(
            origin, mask(text), language, Outcome.FALLBACK, QuestionState.OPEN, nearest, asked_at=self.clock()
        )
        number = await self.storage.questions.record(question)
        if told:
            await self.follow_up.citizens.tell_me(number, CHANNEL, chat, chat + 7, language=language)
        return number

    async def group(self, *texts: str, told: bool = True, first_chat: int = 100) -> int:
        """The number of the group that the last of these questions is placed in."""
        numbers = [await self.ask(text, first_chat + index, told=told) for index, text in enumerate(texts)]
        await self.follow_up.placement.place_open(self.placer)
        return await self.follow_up.placement.group_of(numbers[-1])

    async def tell(self) -> int:
        """To how many citizens what is due was put into the outbox."""
        return await self.follow_up.notification.tell_due(self.doors)

    async def deliver(self, *, blocked: Sequence[int] = ()) -> list[tuple[int, str]]:
        """Delivers everything in the outbox; the chats and texts delivered."""
        delivered: list[tuple[int, str]] = []
        ends: list[Sent | Closed] = []
        while claimed := await self.outbox.turn_over(ends, self.clock(), limit=50, newest=0):
            ends = [
                Closed(call.number, "blocked") if call.chat in blocked else Sent(call.number, 1000 + call.number)
                for call in claimed
            ]
            delivered += [(call.chat, call.arguments["text"]) for call in claimed if call.chat not in blocked]
        return delivered


async def offered(office: Office, text: str, chat: int, chosen: str | None = None) -> int:
    """A question whose suggestions were shown to the citizen, who chose one."""
    office.clock.pass_(seconds=20)
    origin = f"{CHANNEL}:{chat}:{office.clock().timestamp()}"
    question = NewQuestion(
        origin, mask(text), "ko", Outcome.SUGGESTIONS, QuestionState.OFFERED, (), asked_at=office.clock()
    )
    number = await office.storage.questions.record(question)
    if chosen:
        assert await office.storage.questions.settle(number, chosen)
    return number
