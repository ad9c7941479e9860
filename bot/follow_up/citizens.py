"""What citizens do: they ask to be told, look how it stands, withdraw, add something, and vote."""

from bot.follow_up.changing import Changing
from bot.masking import mask
from bot.questions import Nearest, NewQuestion, QuestionState
from bot.records.askers import Asker, tidy_receipt
from bot.records.errors import UnknownReceiptError
from bot.records.tallies import Counted, Tally, Vote, VoteOutcome
from knowledge.base import Language
from knowledge.finding import Outcome

MOST_OF_A_NOTE = 1000
"""Characters."""


class Citizens(Changing):
    """What the doors offer to citizens. All raise StorageError."""

    async def tell_me(self, question: int, channel: str, chat: int, message: int, *, language: Language) -> Asker:
        """The citizen is told the answer to a question that they asked with `message`; asking twice changes nothing.

        Raises UnknownQuestionError, and NotTheAskerError when the question came in another message.
        """
        now = self.clock()
        async with self.storage.unit():
            asker = await self.store.askers.add(question, channel, chat, message, language=language, now=now)
            await self.store.groups.noted(question, now)  # staff see how many want to be told
        return asker

    async def mine(self, channel: str, chat: int) -> list[Asker]:
        """The citizen's own questions that they want to be told of, the newest first."""
        return await self.store.askers.of_citizen(channel, chat)

    async def withdraw(self, receipt: str, channel: str, chat: int) -> Asker:
        """The citizen is not told any more, and where they are is destroyed; raises UnknownReceiptError."""
        now, tidied = self.clock(), tidy_receipt(receipt)
        known = next((asker for asker in await self.mine(channel, chat) if asker.receipt == tidied), None)
        if known is None:
            raise UnknownReceiptError(receipt)
        async with self.storage.unit():
            await self.store.groups.noted(known.question, now)  # the group first, as those do who tell its askers
            withdrawn = await self.store.askers.withdraw(tidied, channel, chat, now)
        return withdrawn or known

    async def forget(self, channel: str, chat: int) -> int:
        """Destroys all that says that this citizen asked, added or voted something; of how many questions that was."""
        return await self.store.askers.forget(channel, chat)

    async def asked_back_in(self, channel: str, chat: int, message: int) -> int | None:
        """The number of the citizen's question that staff asked back about in this message; None for other messages."""
        return await self.store.askers.question_asked_back_in(channel, chat, message)

    async def add_note(self, question: int, text: str) -> None:
        """Keeps, masked, what a citizen wrote when asked back, for those who answer."""
        masked = mask(text[: 2 * MOST_OF_A_NOTE])[:MOST_OF_A_NOTE]
        now = self.clock()
        async with self.storage.unit():
            await self.store.asking_back.add_note(question, masked, now)
            await self.store.groups.noted(question, now)

    async def vote(self, channel: str, chat: int, message: int, entry_id: str, *, helpful: bool) -> VoteOutcome:
        """Counts whether the answer in `message` helped; each citizen has one vote an answer, the newest counts."""
        entry = self.knowledge().entries.get(entry_id)
        vote = Vote(helpful, entry.topic_id if entry else "", entry_id, self.today())
        return await self.store.tallies.vote(channel, chat, message, vote, self.clock())

    async def missing(self, origin: str, text: str, language: Language, entry_id: str) -> int:
        """Records what the citizen missed in an answer, as an open question; its number."""
        question = NewQuestion(
            origin=origin,
            text=mask(text),
            language=language,
            outcome=Outcome.ANSWER,
            state=QuestionState.OPEN,
            nearest=(Nearest(entry_id, 1.0),),
            asked_at=self.clock(),
        )
        return await self.storage.questions.record(question)

    async def count(self, outcome: Outcome, entry_id: str | None = None) -> None:
        """Counts a question and what became of it; joins the unit it is called in."""
        entry = self.knowledge().entries.get(entry_id) if entry_id else None
        topic, day = entry.topic_id if entry else "", self.today()
        kinds = (Tally.ASKED, _TALLIES[outcome])
        await self.store.tallies.count([Counted(day, kind, topic, entry.id if entry else "", 1) for kind in kinds])


_TALLIES = {
    Outcome.ANSWER: Tally.ANSWERED,
    Outcome.SUGGESTIONS: Tally.SUGGESTED,
    Outcome.FALLBACK: Tally.REFUSED,
}
