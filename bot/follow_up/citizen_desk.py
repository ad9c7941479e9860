"""Citizens' side of the follow-up: they subscribe to an answer, see how it stands, add something, and withdraw.

Who asks in the same words as somebody before reads at once what staff said already. What they asked and how they judged
the answers is counted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.event_loop import aside
from bot.follow_up.drafts.proposals import topic_of
from bot.follow_up.workspace import Workspace
from bot.masking import mask
from bot.records.errors import UnknownReceiptError
from bot.records.groups import Group, GroupState, Note
from bot.records.questions import (
    Asker,
    Counted,
    CountedVote,
    Nearest,
    NewQuestion,
    QuestionState,
    Tally,
    VoteOutcome,
    tidy_receipt,
)
from bot.wording import contact_lines, sentences
from knowledge.base import About, Language
from knowledge.finding import Outcome
from knowledge.text.cleaning import letters_of

MOST_OF_A_NOTE = 1000
"""Characters."""
ANSWERED_WITHIN = timedelta(days=7)
"""After a question of staff, what the citizen writes next belongs to it."""


@dataclass(frozen=True, slots=True)
class MyQuestion:
    """A citizen's own question, and its group once it has one."""

    asker: Asker
    group: Group | None


@dataclass(frozen=True, slots=True)
class StaffReply:
    """What staff said to a question: their answer, or without `answered_at` why there is none, and whom to ask.

    `entry_id` is the entry that they linked, if they did.
    """

    group: int
    text: str
    answered_at: datetime | None = None
    entry_id: str | None = None


def reply_of(group: Group, about: About, language: Language) -> StaffReply | None:
    """What staff said to the group's questions, in that language where they wrote it; None for an unfinished group."""
    standing = group.standing
    if group.state is GroupState.DISMISSED:
        reason = standing.reason or ""
        why = sentences(language).closed_because.get(reason, reason)
        return StaffReply(group.number, f"{why}\n\n{contact_lines(about, language).replace('**', '')}")
    if group.state is not GroupState.ANSWERED or standing.answer is None or standing.answered is None:
        return None
    return StaffReply(group.number, standing.answer.in_language(language), standing.answered.at, standing.entry_id)


class CitizenDesk:
    """What the doors offer to citizens. All raise StorageError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store

    async def tell_me(self, question: int, channel: str, chat: int, message: int, *, language: Language) -> Asker:
        """The citizen is told the answer to a question that they asked with `message`; asking twice changes nothing.

        Raises UnknownQuestionError, and NotTheAskerError when the question came in another message.
        """
        now = self._workspace.clock()
        async with self._workspace.storage.unit():
            asker = await self._store.askers.add(question, channel, chat, message, language=language, now=now)
            await self._store.groups.noted(question, now)  # staff see how many want to be told
        return asker

    async def mine(self, channel: str, chat: int) -> list[Asker]:
        """The citizen's own questions that they want to be told of, the newest first."""
        return await self._store.askers.of_citizen(channel, chat)

    async def my_questions(self, channel: str, chat: int) -> list[MyQuestion]:
        """The same, each with its group as it stands."""
        mine = await self.mine(channel, chat)
        groups = {number: await self._store.groups.get(number) for number in {each.group for each in mine} if number}
        return [MyQuestion(each, groups.get(each.group or 0)) for each in mine]

    async def withdraw(self, receipt: str, channel: str, chat: int) -> Asker:
        """The citizen is not told any more, and where they are is destroyed; raises UnknownReceiptError."""
        now, tidied = self._workspace.clock(), tidy_receipt(receipt)
        known = next((asker for asker in await self.mine(channel, chat) if asker.receipt == tidied), None)
        if known is None:
            raise UnknownReceiptError(receipt)
        async with self._workspace.storage.unit():
            await self._store.groups.noted(known.question, now)  # the group first, as those do who tell its askers
            withdrawn = await self._store.askers.withdraw(tidied, channel, chat, now)
        return withdrawn or known

    async def forget(self, channel: str, chat: int) -> int:
        """Destroys all that says that this citizen asked, added or voted something; of how many questions that was."""
        now = self._workspace.clock()
        async with self._workspace.storage.unit():
            mine = await self.mine(channel, chat)
            for asker in sorted(mine, key=lambda each: each.group or 0):  # as two do at once who are in the same groups
                await self._store.groups.noted(asker.question, now)  # what they wrote leaves the cards of staff too
            return await self._store.askers.forget(channel, chat)

    async def asked_back_in(self, channel: str, chat: int, message: int) -> int | None:
        """The number of the citizen's question that staff asked back about in this message; None for other messages."""
        return await self._store.askers.question_asked_back_in(channel, chat, message)

    async def asked_back(self, channel: str, chat: int) -> int | None:
        """The number of the citizen's question that staff asked back about lately, without a note since then."""
        since = self._workspace.clock() - ANSWERED_WITHIN
        return await self._store.asking_back.unanswered(self._store.askers.citizen(channel, chat), since)

    async def last_note(self, question: int, channel: str, chat: int) -> Note | None:
        """The newest note on the citizen's own question; None where it is not theirs or has none."""
        mine = {each.question: each.group for each in await self.mine(channel, chat)}
        return await self._store.asking_back.last_note(question) if question in mine else None

    async def take_back(self, note: Note) -> None:
        """The note was meant otherwise: staff see it no more."""
        now = self._workspace.clock()
        async with self._workspace.storage.unit():
            await self._store.asking_back.remove_note(note)
            await self._store.groups.noted(note.question, now)

    async def add_note(self, question: int, text: str) -> None:
        """Keeps, masked, what a citizen wrote when asked back, for those who answer."""
        masked = (await aside(mask, text[: 2 * MOST_OF_A_NOTE]))[:MOST_OF_A_NOTE]
        now = self._workspace.clock()
        async with self._workspace.storage.unit():
            await self._store.asking_back.add_note(question, masked, now)
            await self._store.groups.noted(question, now)

    async def missing_in_reply(self, origin: str, text: str, language: Language, group: int) -> int:
        """Records what the citizen missed in staff's answer to a group, as an open question; its number.

        Raises UnknownGroupError.
        """
        title = (await self._store.groups.get(group)).title
        return await self._record_missing(origin, f"{title} - {text}", language, ())

    async def missing(self, origin: str, text: str, language: Language, entry_id: str) -> int:
        """Records what the citizen missed in an answer, as an open question; its number."""
        return await self._record_missing(origin, text, language, (Nearest(entry_id, 1.0),))

    async def _record_missing(self, origin: str, text: str, language: Language, nearest: tuple[Nearest, ...]) -> int:
        question = NewQuestion(
            origin=origin,
            text=await aside(mask, text),
            language=language,
            outcome=Outcome.ANSWER,
            state=QuestionState.OPEN,
            nearest=nearest,
            asked_at=self._workspace.clock(),
        )
        return await self._workspace.storage.questions.record(question)

    async def known_reply(self, question: str, language: Language) -> StaffReply | None:
        """What staff said to this very question, but for spaces and marks, once it may be sent; raises StorageError."""
        letters = letters_of(question)
        if not letters:
            return None
        now = self._workspace.clock()
        for number, text in await self._store.members.finished(now, len(letters)):
            if letters_of(text) == letters:
                group = await self._store.groups.get(number)
                return reply_of(group, self._workspace.knowledge().about, language)
        return None

    async def count(self, outcome: Outcome, entry_id: str | None = None) -> None:
        """Counts a question and what became of it; joins the unit it is called in."""
        entry = self._workspace.knowledge().entries.get(entry_id) if entry_id else None
        topic, day = entry.topic_id if entry else "", self._workspace.today()
        kinds = (Tally.ASKED, _TALLIES[outcome])
        await self._store.tallies.count([Counted(day, kind, topic, entry.id if entry else "", 1) for kind in kinds])

    async def vote(self, channel: str, chat: int, message: int, entry_id: str, *, helpful: bool) -> VoteOutcome:
        """Counts whether the answer in `message` helped; each citizen has one vote an answer, the newest counts."""
        entry = self._workspace.knowledge().entries.get(entry_id)
        vote = CountedVote(helpful, entry.topic_id if entry else "", entry_id, self._workspace.today())
        return await self._store.tallies.vote(channel, chat, message, vote, self._workspace.clock())

    async def vote_on_reply(self, channel: str, chat: int, message: int, group: int, *, helpful: bool) -> VoteOutcome:
        """The same of staff's answer to a group; raises UnknownGroupError."""
        topic = topic_of(await self._store.groups.get(group), self._workspace.knowledge())
        vote = CountedVote(helpful, topic or "", "", self._workspace.today())
        return await self._store.tallies.vote(channel, chat, message, vote, self._workspace.clock())


_TALLIES = {
    Outcome.ANSWER: Tally.ANSWERED,
    Outcome.SUGGESTIONS: Tally.SUGGESTED,
    Outcome.FALLBACK: Tally.REFUSED,
}
