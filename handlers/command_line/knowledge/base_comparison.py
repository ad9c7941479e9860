"""The command `compare`: the same questions, asked of two states of a knowledge base."""

import io
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from bot.masking import mask
from bot.wording.editor_words import EntriesWords, entries_words
from handlers.command_line.output import counted_on_a_bar, language_of_terminal, one_line
from handlers.command_line.root import CompositionRoot, StartError, with_storage
from knowledge.evaluation.verdicts import InScope, Judge, Judged, OutOfScope, Scores, scores
from knowledge.finding import Finding
from knowledge.loading.loader import load_knowledge
from knowledge.loading.question_files import Case
from knowledge.writing.differences import Difference, Side, judged_differently, practice_cases, reply_of

_SIGNS = {True: "+", False: "-"}


def compare(root: CompositionRoot, old: str, new: str, *, recorded: bool, max_wrong: float | None) -> bool:
    """Prints what is answered differently, and the scores of both; whether no more than `max_wrong` is wrong now."""
    words = entries_words(language_of_terminal())
    with ExitStack() as stack:
        before, after = (stack.enter_context(_folder(root, name)) for name in (old, new))
        one, other = _side(root, before), _side(root, after)
        cases = practice_cases(after) or practice_cases(before)
        was, now = _judged(cases, one), _judged(cases, other)
        changed = list(judged_differently(was, now))
        for difference in sorted(changed, key=lambda difference: difference.worth):
            _show(difference, words)
        if recorded:
            _show_recorded(root, one, other, words)
    _show_scores(scores(was), scores(now), words)
    typer.echo(words.compared.format(asked=len(now), changed=len(changed)))
    wrong = scores(now).share(InScope.ANSWERED_WRONG)
    return max_wrong is None or wrong is None or wrong <= max_wrong


@contextmanager
def _folder(root: CompositionRoot, name: str) -> Iterator[Path]:
    """The folder of that name, or the knowledge folder as it was at a git revision."""
    if Path(name).is_dir():
        yield Path(name)
        return
    folder = root.settings().knowledge_dir.resolve()
    git = ["git", "-C", str(folder), "archive", "--format=tar", name, "."]
    try:
        packed = subprocess.run(git, capture_output=True, check=True)  # noqa: S603  # git is looked for as usual
    except (OSError, subprocess.CalledProcessError):
        words = entries_words(language_of_terminal())
        raise StartError(words.no_such_state.format(name=name, folder=folder)) from None
    with TemporaryDirectory(prefix="knowledge-") as place:
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(place, filter="data")
        yield Path(place)


def _side(root: CompositionRoot, folder: Path) -> Side:
    knowledge = load_knowledge(folder)
    finder = root.finder(knowledge)
    return Side(knowledge, lambda question, previous: finder.find(mask(question), previous))


def _judged(cases: Sequence[Case], side: Side) -> list[Judged]:
    with counted_on_a_bar(len(cases)) as counted:
        return list(Judge(side.knowledge).judge(counted(cases), side.ask))


def _show(difference: Difference, words: EntriesWords) -> None:
    sign = _SIGNS[difference.worth > 0] if difference.worth else "="
    was, now = _said(difference.before, words), _said(difference.after, words)
    typer.echo(f"{sign} {one_line(difference.question)}\n    {was} -> {now}")


def _said(finding: Finding, words: EntriesWords) -> str:
    entries = [finding.entry.id] if finding.entry else [entry.id for entry in finding.suggestions]
    return f"{words.outcomes[finding.outcome]} {', '.join(entries)}".strip()


def _show_recorded(root: CompositionRoot, before: Side, after: Side, words: EntriesWords) -> None:
    """What citizens asked, as it is recorded: masked, and with no known outcome."""
    for question in with_storage(root, lambda storage: storage.questions.listed()):
        was, now = (side.ask(question.text, None) for side in (before, after))
        if reply_of(was) != reply_of(now):
            typer.echo(f"? {one_line(question.text)}\n    {_said(was, words)} -> {_said(now, words)}")


def _show_scores(before: Scores, after: Scores, words: EntriesWords) -> None:
    rows = [
        *((words.in_scope[each], before.share(each), after.share(each)) for each in InScope),
        *(
            (words.out_of_scope[each], before.out_of_scope_share(each), after.out_of_scope_share(each))
            for each in OutOfScope
        ),
    ]
    for said, was, now in rows:
        if was is not None and now is not None:
            typer.echo(f"{was:7.2%} -> {now:7.2%}  {now - was:+.2%}  {said}")
