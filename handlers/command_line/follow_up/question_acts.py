"""What staff do with a group of questions from a terminal; citizens are told only after a yes.

A question's number stands for its whole group.
"""

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.errors import AssistantError
from bot.records.groups import Act, Group, StaffMember
from bot.records.questions import AskerState
from bot.wording.staff.staff_acts import act_sentences
from handlers.command_line.follow_up.question_objects import group_object
from handlers.command_line.output import (
    language_of_terminal,
    staff_words,
    write_json,
)
from handlers.command_line.root import staff_member, with_follow_up
from knowledge.base import Language

if TYPE_CHECKING:
    from bot.follow_up.previews import AnswerPreview
    from bot.follow_up.service import FollowUp
    from handlers.command_line.root import CompositionRoot
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.follow_up.previews import Asked, asked_in
from handlers.command_line.output import one_line

if TYPE_CHECKING:  # importing it takes longer than `--help` may
    from bot.follow_up.service import FollowUp

AsJson = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
_Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before citizens are told; for programs.")]
Checked = Annotated[
    bool, typer.Option("--checked", help="What looks like personal information was looked at, and may be public.")
]
_Number = Annotated[int, typer.Argument(help="The number of a question; it stands for its whole group.")]
_Text = Annotated[str, typer.Argument(help="What citizens will read, letter by letter; - reads it from the input.")]


class AnswerLanguage(StrEnum):
    """What an answer can be written in."""

    KO = "ko"
    EN = "en"


def add_acts(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the commands that do something with a group."""
    _add_answers(app, root)
    _add_simple_acts(app, root)
    _add_regrouping(app, root)


def _add_answers(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def answer(
        number: _Number,
        text: _Text,
        language: Annotated[AnswerLanguage | None, typer.Option(help="The question's own without it.")] = None,
        *,
        yes: _Yes = False,
        as_json: AsJson = False,
    ) -> None:
        """Answer everyone who asked in the question's group; they are told in a minute."""
        written = _read_text(text)
        _warn(written)
        Acting(root, sure=yes).do(
            number, Act.ANSWER, lambda work: work.answer(written, language.value if language else None), as_json=as_json
        )

    @app.command()
    def link(
        number: _Number,
        entry: Annotated[str, typer.Argument(help="The entry's id.")],
        *,
        yes: _Yes = False,
        as_json: AsJson = False,
    ) -> None:
        """Answer everyone in the question's group with an entry of the knowledge base."""
        Acting(root, sure=yes).do(number, Act.LINK, lambda work: work.link(entry), as_json=as_json)

    @app.command("ask-back")
    def ask_back(number: _Number, text: _Text, *, yes: _Yes = False) -> None:
        """Ask those in the question's group who want to be told; their replies appear as notes."""
        written = _read_text(text)
        _warn(written)
        Acting(root, sure=yes).ask_back(number, written)

    @app.command()
    def approve(number: _Number, *, as_json: AsJson = False) -> None:
        """Let an answer be sent that another staff member drafted."""
        Acting(root).do(
            number, Act.APPROVE, lambda work: work.follow_up.desk.approve(work.group, work.by), as_json=as_json
        )


def _add_simple_acts(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def dismiss(
        number: _Number,
        reason: Annotated[str, typer.Option(help="Why no answer is needed; those who want to be told read it.")],
        *,
        yes: _Yes = False,
        checked: Checked = False,
        as_json: AsJson = False,
    ) -> None:
        """Close the question's group without an answer; questions like it stay closed."""
        acting = Acting(root, sure=yes, checked=checked)
        acting.do(number, Act.DISMISS, lambda work: work.dismiss(reason), as_json=as_json)

    @app.command()
    def take(number: _Number, *, as_json: AsJson = False) -> None:
        """Say that you work on the question's group."""
        Acting(root).do(number, Act.TAKE, lambda work: work.follow_up.desk.take(work.group, work.by), as_json=as_json)

    @app.command("hand-over")
    def hand_over(number: _Number, *, as_json: AsJson = False) -> None:
        """Make the question's group anybody's again."""
        Acting(root).do(
            number, Act.HAND_OVER, lambda work: work.follow_up.desk.hand_over(work.group, work.by), as_json=as_json
        )

    @app.command()
    def reopen(number: _Number, *, as_json: AsJson = False) -> None:
        """Open an answered or dismissed group again; who was told is not told anew."""
        Acting(root).do(
            number, Act.REOPEN, lambda work: work.follow_up.desk.reopen(work.group, work.by), as_json=as_json
        )

    @app.command()
    def undo(number: _Number, *, as_json: AsJson = False) -> None:
        """Take the last act on the question's group back, within a minute."""
        Acting(root).do(number, Act.UNDO, lambda work: work.follow_up.desk.undo(work.group, work.by), as_json=as_json)


def _add_regrouping(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def split(
        numbers: Annotated[list[int], typer.Argument(help="The questions that make a group of their own.")],
        *,
        as_json: AsJson = False,
    ) -> None:
        """Make a new group of some of a group's questions."""
        Acting(root).do(numbers[0], Act.SPLIT, lambda work: work.split(numbers), as_json=as_json)

    @app.command()
    def merge(
        number: _Number,
        other: Annotated[int, typer.Argument(help="A question of the group that is to go into the first one's.")],
        *,
        as_json: AsJson = False,
    ) -> None:
        """Put the questions of another group into this question's group."""
        Acting(root).do(number, Act.MERGE, lambda work: work.merge(other), as_json=as_json)


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
    sure: bool = False
    """Nobody is asked before citizens are told."""
    checked: bool = False
    """A person has looked at what looks like personal information."""

    async def answer(self, text: str, language: Language | None) -> Group:
        """Answers in that language, or in the question's own."""
        shown = await self.follow_up.desk.preview(self.group, text, language or self.language, self.by)
        return await self._send(shown)

    async def link(self, entry_id: str) -> Group:
        """Answers with an entry."""
        return await self._send(await self.follow_up.desk.preview_link(self.group, entry_id, self.by))

    async def _send(self, shown: "AnswerPreview") -> Group:
        """Sends what was shown, to the questions that were shown, once whoever works here says yes."""
        if not self.sure:
            try:
                confirm(shown.asked, shown.text, shown.waiting)
            except AssistantError:
                await self.follow_up.desk.discard_preview(shown.number)
                raise
        return await self.follow_up.desk.send(shown.number, self.by, shown.seen)

    async def dismiss(self, reason: str) -> Group:
        """Dismisses the group; who is asked whether it may be sent has looked at what looks personal in it."""
        if not self.sure:
            await confirm_group(self.follow_up, self.group, reason)
        confirmed = self.checked or not self.sure
        return await self.follow_up.desk.dismiss(self.group, reason, self.by, confirmed=confirmed)

    async def split(self, numbers: list[int]) -> Group:
        """The new group of those questions."""
        _, new = await self.follow_up.desk.split(self.group, numbers, self.by)
        return new

    async def merge(self, other: int) -> Group:
        """The group with the questions of the other question's group."""
        return await self.follow_up.desk.merge(self.group, await self.follow_up.placement.group_of(other), self.by)


class Acting:
    """Does an act and says what became of the group."""

    def __init__(self, root: "CompositionRoot", *, sure: bool = False, checked: bool = False) -> None:
        """Citizens are told without a question when it is `sure`; `checked` is as with Work."""
        self._root = root
        self._sure = sure
        self._checked = checked

    def do(self, number: int, act: Act, work: Callable[[Work], Awaitable[Group]], *, as_json: bool) -> None:
        """Does the work on the group of that question."""

        async def run(follow_up: "FollowUp") -> _Done:
            group = await work(await _work(follow_up, number, sure=self._sure, checked=self._checked))
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
            if not self._sure:
                await confirm_group(follow_up, work.group, text)
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


async def _work(follow_up: "FollowUp", number: int, *, sure: bool = False, checked: bool = False) -> Work:
    question = await follow_up.workspace.storage.questions.get(number)
    group = await follow_up.placement.group_of(number)
    return Work(follow_up, group, question.language, staff_member(), sure, checked)


def _read_text(text: str) -> str:
    """The text, or with `-` what the standard input holds."""
    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AssistantError("the input is not UTF-8 text; save it as UTF-8") from None


def _warn(text: str) -> None:
    """Says what should be thought about before it is too late to undo."""
    from bot.follow_up.staff_texts import check
    from bot.records.errors import UnsuitableTextError
    from bot.wording.staff.staff_acts import act_sentences

    try:
        cautions = check(text).cautions
    except UnsuitableTextError:
        return  # the act itself refuses it
    for caution in cautions:
        said = act_sentences(language_of_terminal()).cautions[caution]
        typer.echo(staff_words().caution.format(text=said), err=True)


class NotConfirmedError(AssistantError):
    """Whoever works at the terminal, or nobody, said that it may be sent."""


def confirm(asked: Iterable[Asked], text: str, waiting: int) -> None:
    """Shows the questions and the text, and waits for a yes; raises NotConfirmedError."""
    words = staff_words()
    typer.echo(words.goes_to, err=True)
    for each in asked:
        times = f" ×{len(each.numbers)}" if len(each.numbers) > 1 else ""
        typer.echo(f"  {each.numbers[0]}  {one_line(each.text)}{times}", err=True)
    typer.echo(f"\n{text}\n", err=True)
    if not sys.stdin.isatty():
        raise NotConfirmedError(words.needs_yes)
    if not typer.confirm(words.may_be_sent.format(count=waiting), err=True):
        raise NotConfirmedError(words.not_sent)


async def confirm_group(follow_up: "FollowUp", group: int, text: str) -> None:
    """The same for all questions of a group. Raises NotConfirmedError and StorageError."""
    waiting = await follow_up.workspace.store.askers.of_group(group, [AskerState.WAITING])
    confirm(asked_in(await follow_up.desk.questions(group), waiting), text, len(waiting))
