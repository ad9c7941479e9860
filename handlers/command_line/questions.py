"""`questions`: what citizens asked and the assistant could not answer, and what staff do with it.

A question's number stands for its whole group.
"""

import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.errors import AssistantError
from bot.questions import QuestionState
from bot.records.askers import AskerState
from bot.records.groups import Act, Group, GroupState, StaffMember
from bot.wording.staff_acts import act_sentences
from handlers.command_line.confirmation import confirm, confirm_group
from handlers.command_line.output import (
    language_of_terminal,
    reader_may_leave,
    staff_words,
    write_bytes,
    write_json,
    write_json_lines,
)
from handlers.command_line.question_objects import group_object
from handlers.command_line.root import place_recorded, staff_member, with_follow_up
from knowledge.base import Language

if TYPE_CHECKING:
    from bot.follow_up.previews import AnswerPreview
    from bot.follow_up.service import FollowUp
    from bot.questions import RecordedQuestion
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
    sure: bool = False
    """Nobody is asked before citizens are told."""

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
        """Dismisses the group."""
        if not self.sure:
            await confirm_group(self.follow_up, self.group, reason)
        return await self.follow_up.desk.dismiss(self.group, reason, self.by)

    async def split(self, numbers: list[int]) -> Group:
        """The new group of those questions."""
        _, new = await self.follow_up.desk.split(self.group, numbers, self.by)
        return new

    async def merge(self, other: int) -> Group:
        """The group with the questions of the other question's group."""
        return await self.follow_up.desk.merge(self.group, await self.follow_up.placement.group_of(other), self.by)


class Acting:
    """Does an act and says what became of the group."""

    def __init__(self, root: "CompositionRoot", *, sure: bool = False) -> None:
        """Citizens are told without a question when it is `sure`."""
        self._root = root
        self._sure = sure

    def do(self, number: int, act: Act, work: Callable[[Work], Awaitable[Group]], *, as_json: bool) -> None:
        """Does the work on the group of that question."""

        async def run(follow_up: "FollowUp") -> _Done:
            group = await work(await _work(follow_up, number, sure=self._sure))
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


async def _work(follow_up: "FollowUp", number: int, *, sure: bool = False) -> Work:
    question = await follow_up.workspace.storage.questions.get(number)
    return Work(follow_up, await follow_up.placement.group_of(number), question.language, staff_member(), sure)


_Json = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
_Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before citizens are told; for programs.")]
_Number = Annotated[int, typer.Argument(help="The number of a question; it stands for its whole group.")]
_Text = Annotated[str, typer.Argument(help="What citizens will read, letter by letter; - reads it from the input.")]


class AnswerLanguage(StrEnum):
    """What an answer can be written in."""

    KO = "ko"
    EN = "en"


def _add_answers(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def answer(
        number: _Number,
        text: _Text,
        language: Annotated[AnswerLanguage | None, typer.Option(help="The question's own without it.")] = None,
        *,
        yes: _Yes = False,
        as_json: _Json = False,
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
        as_json: _Json = False,
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
    def approve(number: _Number, *, as_json: _Json = False) -> None:
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
        as_json: _Json = False,
    ) -> None:
        """Close the question's group without an answer; questions like it stay closed."""
        Acting(root, sure=yes).do(number, Act.DISMISS, lambda work: work.dismiss(reason), as_json=as_json)

    @app.command()
    def take(number: _Number, *, as_json: _Json = False) -> None:
        """Say that you work on the question's group."""
        Acting(root).do(number, Act.TAKE, lambda work: work.follow_up.desk.take(work.group, work.by), as_json=as_json)

    @app.command("hand-over")
    def hand_over(number: _Number, *, as_json: _Json = False) -> None:
        """Make the question's group anybody's again."""
        Acting(root).do(
            number, Act.HAND_OVER, lambda work: work.follow_up.desk.hand_over(work.group, work.by), as_json=as_json
        )

    @app.command()
    def reopen(number: _Number, *, as_json: _Json = False) -> None:
        """Open an answered or dismissed group again; who was told is not told anew."""
        Acting(root).do(
            number, Act.REOPEN, lambda work: work.follow_up.desk.reopen(work.group, work.by), as_json=as_json
        )

    @app.command()
    def undo(number: _Number, *, as_json: _Json = False) -> None:
        """Take the last act on the question's group back, within a minute."""
        Acting(root).do(number, Act.UNDO, lambda work: work.follow_up.desk.undo(work.group, work.by), as_json=as_json)


def _add_regrouping(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def split(
        numbers: Annotated[list[int], typer.Argument(help="The questions that make a group of their own.")],
        *,
        as_json: _Json = False,
    ) -> None:
        """Make a new group of some of a group's questions."""
        Acting(root).do(numbers[0], Act.SPLIT, lambda work: work.split(numbers), as_json=as_json)

    @app.command()
    def merge(
        number: _Number,
        other: Annotated[int, typer.Argument(help="A question of the group that is to go into the first one's.")],
        *,
        as_json: _Json = False,
    ) -> None:
        """Put the questions of another group into this question's group."""
        Acting(root).do(number, Act.MERGE, lambda work: work.merge(other), as_json=as_json)


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
    from bot.follow_up.text_check import check
    from bot.records.errors import UnsuitableTextError
    from bot.wording.staff_acts import act_sentences

    try:
        cautions = check(text).cautions
    except UnsuitableTextError:
        return  # the act itself refuses it
    for caution in cautions:
        said = act_sentences(language_of_terminal()).cautions[caution]
        typer.echo(staff_words().caution.format(text=said), err=True)


_State = Annotated[QuestionState | None, typer.Option(help="Only questions in this state.")]
_GroupState = Annotated[GroupState | None, typer.Option(help="Only groups in this state; unfinished ones without it.")]
_Limit = Annotated[int | None, typer.Option(min=1, help="At most so many, the newest.")]
_Output = Annotated[Path | None, typer.Option(help="A file to write; the standard output without it.")]


class ExportFormat(StrEnum):
    """What recorded questions can be exported as."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def questions_app(root: "CompositionRoot") -> typer.Typer:
    """The commands on recorded questions."""
    app = typer.Typer(help="Recorded questions: what the assistant could not answer.", no_args_is_help=True)
    _add_lists(app, root)
    _add_answers(app, root)
    _add_simple_acts(app, root)
    _add_regrouping(app, root)
    _add_switch(app, root)
    _add_reports(app, root)
    return app


def _add_lists(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command("list")
    def list_questions(state: _State = None, limit: _Limit = None, *, as_json: _Json = False) -> None:
        """List recorded questions, the newest first."""
        from handlers.command_line.question_objects import question_object
        from handlers.command_line.question_views import show_questions

        questions = with_follow_up(root, lambda follow_up: follow_up.workspace.storage.questions.listed(state, limit))
        with reader_may_leave():
            if as_json:
                write_json([question_object(question) for question in questions])
            else:
                show_questions(questions, _timezone(root))

    @app.command()
    def groups(state: _GroupState = None, limit: _Limit = None, *, as_json: _Json = False) -> None:
        """List groups of questions that ask the same, the newest first, each with the number of a question in it."""
        from handlers.command_line.question_objects import group_object
        from handlers.command_line.question_views import show_groups

        async def placed(follow_up: "FollowUp") -> "list[tuple[Group, list[RecordedQuestion]]]":
            await place_recorded(root, follow_up)
            return await _with_questions(follow_up, state, limit)

        found = with_follow_up(root, placed)
        with reader_may_leave():
            if as_json:
                write_json_lines([_listed(group_object(group), questions) for group, questions in found])
            else:
                pairs = [(group, questions[0].number if questions else 0) for group, questions in found]
                show_groups(pairs, _timezone(root), datetime.now(_timezone(root)))

    @app.command()
    def show(number: Annotated[int, typer.Argument(help="The question's number.")], *, as_json: _Json = False) -> None:
        """Show one question with the entries that were near to it, and what became of its group."""
        from handlers.command_line.question_views import show_question

        show_question(root, number, as_json=as_json)


def _add_switch(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def pause() -> None:
        """Stop answering citizens, on every instance; what they ask is recorded."""
        deed = with_follow_up(root, lambda follow_up: follow_up.pause.begin(staff_member()))
        typer.echo(
            staff_words().paused.format(by=deed.by.name, at=f"{deed.at.astimezone(_timezone(root)):%m-%d %H:%M}")
        )

    @app.command()
    def resume() -> None:
        """Answer citizens again."""
        ended = with_follow_up(root, lambda follow_up: follow_up.pause.end(staff_member()))
        typer.echo(staff_words().resumed if ended else staff_words().not_paused)


def _add_reports(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def stats(
        days: Annotated[int, typer.Option(min=1, max=3660, help="How many days, today among them.")] = 30,
        *,
        as_json: _Json = False,
    ) -> None:
        """Show what was asked, answered and found helpful, by day and topic, and how long answers took."""
        from handlers.command_line.question_objects import statistics_object
        from handlers.command_line.question_views import show_statistics

        statistics = with_follow_up(root, lambda follow_up: follow_up.reports.statistics(days))
        with reader_may_leave():
            if as_json:
                write_json(statistics_object(statistics))
            else:
                show_statistics(statistics)

    @app.command()
    def audit(limit: _Limit = None, *, as_json: _Json = False) -> None:
        """List who did what and when, the newest first."""
        from handlers.command_line.question_objects import audit_object
        from handlers.command_line.question_views import show_acts

        records = with_follow_up(root, lambda follow_up: follow_up.desk.audit(limit))
        with reader_may_leave():
            if as_json:
                write_json([audit_object(record) for record in records])
            else:
                show_acts(records, _timezone(root))

    @app.command()
    def export(
        form: Annotated[ExportFormat, typer.Option("--format", help="CSV and XLSX open in any spreadsheet.")],
        output: _Output = None,
    ) -> None:
        """Export recorded questions, with what staff answered, for other programs."""
        from bot.follow_up.question_export import exported, read_rows

        content = exported(with_follow_up(root, read_rows), form.value, _timezone(root))
        if output is None:
            with reader_may_leave():
                write_bytes(content)
        else:
            _write_file(output, content)


def _listed(group: dict[str, Any], questions: "list[RecordedQuestion]") -> dict[str, Any]:
    """A group with the masked words of its questions, and their numbers."""
    texts, numbers = [question.text for question in questions], [question.number for question in questions]
    return {**group, "questions": texts, "numbers": numbers}


async def _with_questions(
    follow_up: "FollowUp", state: GroupState | None, limit: int | None
) -> "list[tuple[Group, list[RecordedQuestion]]]":
    from bot.records.groups import UNFINISHED

    found = await follow_up.desk.groups([state] if state else UNFINISHED, limit)
    return [(group, await follow_up.desk.questions(group.number)) for group in found]


def _timezone(root: "CompositionRoot") -> ZoneInfo:
    return ZoneInfo(root.settings().timezone)


_OWNER_ONLY = 0o600
"""An export holds what citizens asked."""


def _write_file(output: Path, content: bytes) -> None:
    try:
        with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY), "wb") as file:
            os.fchmod(file.fileno(), _OWNER_ONLY)
            file.write(content)
    except OSError as error:
        raise AssistantError(f"{output} cannot be written: {error.strerror}; name another file") from None
