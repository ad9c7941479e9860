"""`questions answer, link, dismiss ...`: what staff do, with a question's number standing for its whole group."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import AssistantError
from bot.records.groups import Act
from handlers.command_line.output import language_of_terminal, staff_words

if TYPE_CHECKING:
    from handlers.command_line.questions_acting import Acting
    from handlers.command_line.root import CompositionRoot

_Json = Annotated[bool, typer.Option("--json", help="The group as JSON, for programs.")]
_Number = Annotated[int, typer.Argument(help="The number of a question; it stands for its whole group.")]
_Text = Annotated[str, typer.Argument(help="What citizens will read, letter by letter; - reads it from the input.")]


class AnswerLanguage(StrEnum):
    """What an answer can be written in."""

    KO = "ko"
    EN = "en"


def add_acts(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the commands to the app."""
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
        as_json: _Json = False,
    ) -> None:
        """Answer everyone who asked in the question's group; they are told in a minute."""
        written = _read_text(text)
        _warn(written)
        _acting(root).do(
            number, Act.ANSWER, lambda work: work.answer(written, language.value if language else None), as_json=as_json
        )

    @app.command()
    def link(
        number: _Number, entry: Annotated[str, typer.Argument(help="The entry's id.")], *, as_json: _Json = False
    ) -> None:
        """Answer everyone in the question's group with an entry of the knowledge base."""
        _acting(root).do(
            number, Act.LINK, lambda work: work.follow_up.desk.link(work.group, entry, work.by), as_json=as_json
        )

    @app.command("ask-back")
    def ask_back(number: _Number, text: _Text) -> None:
        """Ask those in the question's group who want to be told; their replies appear as notes."""
        written = _read_text(text)
        _warn(written)
        _acting(root).ask_back(number, written)

    @app.command()
    def approve(number: _Number, *, as_json: _Json = False) -> None:
        """Let an answer be sent that another staff member drafted."""
        _acting(root).do(
            number, Act.APPROVE, lambda work: work.follow_up.desk.approve(work.group, work.by), as_json=as_json
        )


def _add_simple_acts(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def dismiss(
        number: _Number,
        reason: Annotated[str, typer.Option(help="Why no answer is needed, for other staff.")],
        *,
        as_json: _Json = False,
    ) -> None:
        """Close the question's group without an answer; questions like it stay closed."""
        _acting(root).do(
            number, Act.DISMISS, lambda work: work.follow_up.desk.dismiss(work.group, reason, work.by), as_json=as_json
        )

    @app.command()
    def take(number: _Number, *, as_json: _Json = False) -> None:
        """Say that you work on the question's group."""
        _acting(root).do(number, Act.TAKE, lambda work: work.follow_up.desk.take(work.group, work.by), as_json=as_json)

    @app.command("hand-over")
    def hand_over(number: _Number, *, as_json: _Json = False) -> None:
        """Make the question's group anybody's again."""
        _acting(root).do(
            number, Act.HAND_OVER, lambda work: work.follow_up.desk.hand_over(work.group, work.by), as_json=as_json
        )

    @app.command()
    def reopen(number: _Number, *, as_json: _Json = False) -> None:
        """Open an answered or dismissed group again; who was told is not told anew."""
        _acting(root).do(
            number, Act.REOPEN, lambda work: work.follow_up.desk.reopen(work.group, work.by), as_json=as_json
        )

    @app.command()
    def undo(number: _Number, *, as_json: _Json = False) -> None:
        """Take the last act on the question's group back, within a minute."""
        _acting(root).do(number, Act.UNDO, lambda work: work.follow_up.desk.undo(work.group, work.by), as_json=as_json)


def _add_regrouping(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def split(
        numbers: Annotated[list[int], typer.Argument(help="The questions that make a group of their own.")],
        *,
        as_json: _Json = False,
    ) -> None:
        """Make a new group of some of a group's questions."""
        _acting(root).do(numbers[0], Act.SPLIT, lambda work: work.split(numbers), as_json=as_json)

    @app.command()
    def merge(
        number: _Number,
        other: Annotated[int, typer.Argument(help="A question of the group that is to go into the first one's.")],
        *,
        as_json: _Json = False,
    ) -> None:
        """Put the questions of another group into this question's group."""
        _acting(root).do(number, Act.MERGE, lambda work: work.merge(other), as_json=as_json)


def _acting(root: "CompositionRoot") -> "Acting":
    from handlers.command_line.questions_acting import Acting

    return Acting(root)


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
