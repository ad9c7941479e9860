"""Asks before anything goes to citizens: which questions it is about, and what they will read."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from bot.errors import AssistantError
from bot.follow_up.previews import Asked, asked_in
from bot.records.askers import AskerState
from handlers.command_line.output import one_line, staff_words

if TYPE_CHECKING:  # importing it takes longer than `--help` may
    from bot.follow_up.service import FollowUp


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
