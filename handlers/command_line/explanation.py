"""Why a reply is what it is: a few lines for editors, and the numbers behind it for whoever works on the matcher."""

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.dialogue.assistant import Reply
from bot.wording.editor_words import EntriesWords, entries_words
from handlers.command_line.output import language_of_terminal
from knowledge.finding import Finding, Outcome

_COMPARISON = "-over-"
"""Stands in the names of features that compare candidates: they follow from the others, and would fill the screen."""
_MOST_NEAREST = 5


def show_explanation(reply: Reply) -> None:
    """Prints a sentence that says what was done and what an editor can do, and the entries that were nearest."""
    console, words, finding = Console(highlight=False), entries_words(language_of_terminal()), reply.finding
    lines = [words.why_service] if reply.service else _lines(finding, words)
    console.print()
    for line in lines:
        console.print(Text(line), soft_wrap=True)


def _lines(finding: Finding, words: EntriesWords) -> list[str]:
    lines = [_in_a_sentence(finding, words)]
    if finding.understood:
        lines.append(words.understood.format(text=finding.understood))
    if finding.morphemes:
        lines.append(words.words_read.format(words=", ".join(each.split("/")[0] for each in finding.morphemes)))
    if finding.further:
        lines.append(words.answered_too.format(entries=", ".join(entry.id for entry in finding.further)))
    if not finding.candidates:
        return lines
    lines.append(words.nearest)
    nearest, *others = finding.candidates[:_MOST_NEAREST]
    for each in (nearest, *(other for other in others if _percent(other.confidence))):
        mark = f" ({words.known_gap})" if each.entry.known_gap else ""
        lines.append(f"  {_percent(each.confidence):>3}%  {each.entry.id}  {each.entry.question.ko}{mark}")
    return lines


def _in_a_sentence(finding: Finding, words: EntriesWords) -> str:
    """Why the reply is what it is, as an editor understands it, and what to do where it is not the right one."""
    nearest = next((each for each in finding.candidates if each.entry == finding.entry), None)
    nearest = nearest or next(iter(finding.candidates), None)
    if nearest is None:
        return words.why_nothing
    templates = {Outcome.ANSWER: words.why_answered, Outcome.SUGGESTIONS: words.why_suggested}
    template = templates.get(finding.outcome, words.why_gap if finding.entry else words.why_refused)
    percent = _percent(nearest.confidence)
    return template.format(question=nearest.entry.question.ko, entry=nearest.entry.id, percent=percent)


def _percent(confidence: float) -> int:
    return round(100 * confidence)


def show_features(finding: Finding) -> None:
    """Prints how the question was read, and what each candidate's confidence was computed from."""
    console = Console(highlight=False)
    console.print()
    console.print(f"outcome {finding.outcome}, language {finding.language}, confidence {finding.confidence:.3f}")
    kinds, morphemes = ", ".join(finding.kinds) or "-", " ".join(finding.morphemes) or "-"
    console.print(Text(f"asked: {kinds}  of: {morphemes}"), soft_wrap=True)
    if not finding.candidates:
        return
    table = Table(box=SIMPLE)
    table.add_column("", no_wrap=True)
    for candidate in finding.candidates:
        table.add_column(candidate.entry.id, overflow="fold")
    table.add_row("confidence", *(f"{candidate.confidence:.3f}" for candidate in finding.candidates), style="bold")
    names = dict.fromkeys(
        name for candidate in finding.candidates for name in candidate.features if _COMPARISON not in name
    )
    for name in names:
        values = (candidate.features.get(name) for candidate in finding.candidates)
        table.add_row(Text(name), *("" if value is None else f"{value:.3f}" for value in values))
    console.print(table)
