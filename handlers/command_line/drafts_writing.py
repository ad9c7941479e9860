"""`drafts write`: tries drafts on a copy of the knowledge base, says what changes, and then writes the real files."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import Progress

from bot.follow_up.draft_desk import Plan
from bot.masking import mask
from bot.records.drafts import Draft
from handlers.command_line.drafts_view import difference_lines, draft_object, finding_object, question_lines
from handlers.command_line.output import staff_words, write_json
from handlers.command_line.questions_running import staff_member, with_follow_up
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeFaultsError
from knowledge.evaluation.checking import check_question_files
from knowledge.evaluation.question_files import Case
from knowledge.finding import Finding
from knowledge.loading.lint import lint
from knowledge.loading.loader import load_knowledge, read_knowledge
from knowledge.writing.changes import STAFF, Change, changes
from knowledge.writing.comparing import Difference, Side, differences, practice_cases
from knowledge.writing.publishing import NotWrittenError, publish, restore, tried_out
from knowledge.writing.verifying import missing

if TYPE_CHECKING:
    from handlers.command_line.root import CompositionRoot


@dataclass(frozen=True, slots=True)
class Effects:
    """What drafts change: for their own questions before and after, and for practice questions."""

    questions: tuple[tuple[Draft, str, Finding, Finding], ...]
    differences: tuple[Difference, ...]
    asked: int


class Writing:
    """One run of the command; `quick` asks only the practice questions that staff answers made."""

    def __init__(self, root: "CompositionRoot", *, quick: bool, as_json: bool) -> None:
        self._root = root
        self._quick = quick
        self._as_json = as_json
        self._folder = root.settings().knowledge_dir

    def write(self, numbers: Sequence[int] | None, *, dry_run: bool) -> None:
        """Writes the drafts of those numbers, or all new ones; with `dry_run` only says what would change.

        Raises DraftFaultsError, KnowledgeFaultsError or NotWrittenError, and then nothing was written.
        """
        plan = with_follow_up(self._root, lambda follow_up: follow_up.drafts.plan(numbers))
        changed = changes(self._folder, plan.additions)
        effects = self._try_out(plan, changed)
        if not self._as_json:
            self._say_effects(effects)
        if not dry_run:
            self._publish(plan, changed)
        self._say(plan, changed, effects, dry_run=dry_run)

    def _publish(self, plan: Plan, changed: list[Change]) -> None:
        folder, by = self._folder, staff_member()
        with_follow_up(
            self._root,
            lambda follow_up: follow_up.drafts.write(
                plan, by, publish=lambda: publish(folder, changed), undo=lambda: restore(folder, changed)
            ),
        )

    def _try_out(self, plan: Plan, changed: list[Change]) -> Effects:
        """Raises KnowledgeFaultsError when the result has an error, and NotWrittenError when it says something else."""
        if not plan.drafts:
            return Effects((), (), 0)
        before = load_knowledge(self._folder)
        with tried_out(self._folder, changed) as copy:
            after = self._checked(copy)
            wrong = missing(before, after, plan.additions)
            if wrong:
                raise NotWrittenError(
                    f"the files would not say what they should of: {', '.join(wrong)}; nothing is written"
                )
            cases = practice_cases(copy)
        staffs = {f"{STAFF}-{draft.number}" for draft in plan.drafts}
        if self._quick:
            cases = [case for case in cases if case.id.startswith(f"{STAFF}-")]
        return self._effects(plan, [case for case in cases if case.id not in staffs], before, after)

    def _checked(self, copy: Path) -> KnowledgeBase:
        files = read_knowledge(copy)
        today = datetime.now(ZoneInfo(self._root.settings().timezone)).date()
        faults = [*lint(files, today).errors, *check_question_files(copy, files.knowledge)]
        if faults:
            raise KnowledgeFaultsError(faults)
        return files.knowledge

    def _effects(self, plan: Plan, cases: list[Case], before: KnowledgeBase, after: KnowledgeBase) -> Effects:
        one, other = self._side(before), self._side(after)
        with _progress(cases) as counted:
            found = tuple(differences(counted, one, other))
        asked = sum(len(case.turns) for case in cases)
        questions = [(draft, text, one.ask(text, None), other.ask(text, None)) for draft, text in plan.questions]
        return Effects(tuple(questions), found, asked)

    def _side(self, knowledge: KnowledgeBase) -> Side:
        finder = self._root.finder(knowledge)
        return Side(knowledge, lambda question, previous: finder.find(mask(question), previous))

    def _say_effects(self, effects: Effects) -> None:
        if effects.questions:
            for line in (*question_lines(effects.questions), *difference_lines(effects.differences, effects.asked)):
                typer.echo(line)

    def _say(self, plan: Plan, changed: list[Change], effects: Effects, *, dry_run: bool) -> None:
        if self._as_json:
            write_json(_object(plan, changed, effects, written=not dry_run))
            return
        words, numbers = staff_words(), ", ".join(str(draft.number) for draft in plan.drafts)
        files = ", ".join(str(self._folder / change.file) for change in changed)
        if plan.present:
            typer.echo(words.was_written.format(drafts=", ".join(str(draft.number) for draft in plan.present)))
        if plan.drafts:
            typer.echo((words.would_write if dry_run else words.written).format(drafts=numbers, files=files))
        elif not plan.present:
            typer.echo(words.no_drafts)


def _object(plan: Plan, changed: list[Change], effects: Effects, *, written: bool) -> dict[str, Any]:
    return {
        "written": written,
        "drafts": [draft_object(draft) for draft in plan.drafts],
        "present": [draft.number for draft in plan.present],
        "files": [change.file for change in changed],
        "questions": [
            {"draft": draft.number, "question": text, "before": finding_object(one), "after": finding_object(other)}
            for draft, text, one, other in effects.questions
        ],
        "asked": effects.asked,
        "differences": [
            {
                "id": each.id,
                "question": each.question,
                "before": finding_object(each.before),
                "after": finding_object(each.after),
                "worth": each.worth,
            }
            for each in effects.differences
        ],
    }


@contextmanager
def _progress(cases: list[Case]) -> Iterator[Iterable[Case]]:
    """The cases, counted on a bar; no bar where the error output is no terminal."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("asking", total=len(cases))

        def counted() -> Iterator[Case]:
            for case in cases:
                yield case
                bar.advance(task)

        yield counted()
