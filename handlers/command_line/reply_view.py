"""A reply as a person reads it in a terminal."""

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.dialogue.messages import ChooseSuggestion, Message, ShowEntry
from knowledge.finding import Finding

_COMPARISON = "-over-"
"""Stands in the names of features that compare candidates: they follow from the others, and would fill the screen."""


def show_reply(message: Message) -> None:
    """Prints a message, and the questions that its buttons lead to."""
    console = Console(highlight=False)
    console.print(styled(message.text), soft_wrap=True)
    for button in message.buttons:
        if isinstance(button.action, ChooseSuggestion | ShowEntry):
            console.print(Text.assemble("- ", button.label, (f"  ({button.action.entry_id})", "dim")), soft_wrap=True)


def styled(text: str) -> Text:
    """The text with `**bold**` shown as bold."""
    parts = text.split("**")
    return Text.assemble(*((part, "bold" if index % 2 else "") for index, part in enumerate(parts)))


def show_explanation(finding: Finding) -> None:
    """Prints how the question was read, and what each candidate's confidence was computed from."""
    console = Console(highlight=False)
    console.print()
    console.print(f"outcome {finding.outcome}, language {finding.language}, confidence {finding.confidence:.3f}")
    if finding.understood:
        console.print(Text(f"understood as: {finding.understood}"), soft_wrap=True)
    console.print(
        Text(f"asked: {', '.join(finding.kinds) or '-'}  of: {' '.join(finding.morphemes) or '-'}"), soft_wrap=True
    )
    if finding.further:
        console.print(f"answered too: {', '.join(entry.id for entry in finding.further)}")
    table = Table(box=SIMPLE)
    for heading in ("", *(candidate.entry.id for candidate in finding.candidates)):
        table.add_column(heading, overflow="fold")
    table.add_row("confidence", *(f"{candidate.confidence:.3f}" for candidate in finding.candidates), style="bold")
    names = dict.fromkeys(
        name for candidate in finding.candidates for name in candidate.features if _COMPARISON not in name
    )
    for name in names:
        values = (candidate.features.get(name) for candidate in finding.candidates)
        table.add_row(Text(name), *("" if value is None else f"{value:.3f}" for value in values))
    console.print(table)
