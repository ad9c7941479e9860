"""Does one act on the group of a question, and says what became of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from bot.records.askers import AskerState
from bot.records.groups import Act, Group, StaffMember
from bot.wording.staff_acts import act_sentences
from handlers.command_line.output import language_of_terminal, staff_words, write_json
from handlers.command_line.questions_data import group_object
from handlers.command_line.questions_running import staff_member, with_follow_up
from knowledge.base import Language

if TYPE_CHECKING:
    from bot.follow_up.service import FollowUp
    from handlers.command_line.root import CompositionRoot


@dataclass(frozen=True, slots=True)
class _Done:
    """A group after an act, and how many citizens of it wait to be told."""

    group: "Group"
    questions: tuple[int, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class Work:
    """One command's work on one group."""

    follow_up: "FollowUp"
    group: int
    language: Language
    """Of the question that was named."""
    by: StaffMember

    async def answer(self, text: str, language: Language | None) -> Group:
        """Answers in that language, or in the question's own."""
        return await self.follow_up.desk.answer(self.group, text, language or self.language, self.by)

    async def split(self, numbers: list[int]) -> Group:
        """The new group of those questions."""
        _, new = await self.follow_up.desk.split(self.group, numbers, self.by)
        return new

    async def merge(self, other: int) -> Group:
        """The group with the questions of the other question's group."""
        return await self.follow_up.desk.merge(self.group, await self.follow_up.placement.group_of(other), self.by)


class Acting:
    """Does an act and says what became of the group."""

    def __init__(self, root: "CompositionRoot") -> None:
        self._root = root

    def do(self, number: int, act: Act, work: Callable[[Work], Awaitable[Group]], *, as_json: bool) -> None:
        """Does the work on the group of that question."""

        async def run(follow_up: "FollowUp") -> _Done:
            group = await work(await _work(follow_up, number))
            members = await follow_up.desk.questions(group.number)
            waiting = (await follow_up.desk.askers(group.number)).get(AskerState.WAITING, 0)
            return _Done(group, tuple(question.number for question in members), waiting)

        done = with_follow_up(self._root, run)
        if as_json:
            self._write_json(done)
        else:
            self._say(done, number, act)

    def ask_back(self, number: int, text: str) -> None:
        """Asks the askers of the group of that question."""

        async def run(follow_up: "FollowUp") -> tuple[str, int]:
            work = await _work(follow_up, number)
            asked = await follow_up.desk.ask_back(work.group, text, work.by)
            waiting = (await follow_up.desk.askers(work.group)).get(AskerState.WAITING, 0)
            return f"{asked.send_at.astimezone(self._timezone):%H:%M:%S}", waiting

        at, count = with_follow_up(self._root, run)
        typer.echo(staff_words().asked_back.format(at=at, count=count))
        typer.echo(staff_words().undo.format(number=number))

    def _write_json(self, done: _Done) -> None:
        write_json({**group_object(done.group), "questions": list(done.questions), "waiting": done.waiting})

    def _say(self, done: _Done, number: int, act: Act) -> None:
        words, names, group = staff_words(), act_sentences(language_of_terminal()), done.group
        state = names.group_states[group.state]
        typer.echo(words.done.format(group=group.number, act=names.acts[act], state=state, count=group.count))
        send_at = group.standing.send_at
        if send_at and done.waiting:
            typer.echo(words.sent_at.format(at=f"{send_at.astimezone(self._timezone):%H:%M:%S}", count=done.waiting))
        if group.last:
            typer.echo(words.undo.format(number=number))

    @property
    def _timezone(self) -> ZoneInfo:
        return ZoneInfo(self._root.settings().timezone)


async def _work(follow_up: "FollowUp", number: int) -> Work:
    question = await follow_up.workspace.storage.questions.get(number)
    return Work(follow_up, await follow_up.placement.group_of(number), question.language, staff_member())
