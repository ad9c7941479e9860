"""Drafts are tried on a copy of the knowledge base before they are written: what they change for whoever asks."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.follow_up.drafts.draft_desk import Plan
from bot.masking import mask
from bot.records.drafts import Draft
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeFaultsError, NotWrittenError
from knowledge.finding import Finder, Finding
from knowledge.loading.lint import lint
from knowledge.loading.loader import load_knowledge, read_knowledge
from knowledge.loading.practice import check_question_files
from knowledge.loading.question_files import Case
from knowledge.writing.additions import missing
from knowledge.writing.changes import STAFF, Change, changes
from knowledge.writing.differences import Difference, Side, differences, practice_cases
from knowledge.writing.publication import publish, restore, tried_out

Counted = Callable[[list[Case]], AbstractContextManager[Iterable[Case]]]
"""Gives the practice questions back one by one, so that somebody can see how far it is."""


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What drafts change: for their own questions before and after, and for practice questions."""

    questions: tuple[tuple[Draft, str, Finding, Finding], ...]
    differences: tuple[Difference, ...]
    asked: int


class DraftTrial:
    """One plan, tried on the knowledge base in `folder`; `finder` makes a finder over a knowledge base."""

    def __init__(self, folder: Path, plan: Plan, finder: Callable[[KnowledgeBase], Finder], today: date) -> None:
        self.plan = plan
        self.changed: list[Change] = changes(folder, plan.additions)
        """What would be another in the files."""
        self._folder = folder
        self._finder = finder
        self._today = today

    def run(self, counted: Counted, *, quick: bool) -> TrialResult:
        """What the drafts change; `quick` asks only the practice questions that staff answers made.

        Raises KnowledgeFaultsError when the result has an error, and NotWrittenError when it says something else.
        """
        if not self.plan.drafts:
            return TrialResult((), (), 0)
        before = load_knowledge(self._folder)
        with tried_out(self._folder, self.changed) as copy:
            after = self._checked(copy)
            wrong = missing(before, after, self.plan.additions)
            if wrong:
                raise NotWrittenError("not-as-wanted", entries=", ".join(wrong))
            cases = practice_cases(copy)
        staffs = {f"{STAFF}-{draft.number}" for draft in self.plan.drafts}
        if quick:
            cases = [case for case in cases if case.id.startswith(f"{STAFF}-")]
        return self._compared([case for case in cases if case.id not in staffs], before, after, counted)

    def publish(self) -> None:
        """Writes the files. Raises NotWrittenError."""
        publish(self._folder, self.changed)

    def restore(self) -> None:
        """Puts the files back as they were."""
        restore(self._folder, self.changed)

    def _checked(self, copy: Path) -> KnowledgeBase:
        files = read_knowledge(copy)
        faults = [*lint(files, self._today).errors, *check_question_files(copy, files.knowledge)]
        if faults:
            raise KnowledgeFaultsError(faults)
        return files.knowledge

    def _compared(
        self, cases: list[Case], before: KnowledgeBase, after: KnowledgeBase, counted: Counted
    ) -> TrialResult:
        one, other = self._side(before), self._side(after)
        with counted(cases) as asked_one_by_one:
            found = tuple(differences(asked_one_by_one, one, other))
        asked = sum(len(case.turns) for case in cases)
        questions = [(draft, text, one.ask(text, None), other.ask(text, None)) for draft, text in self.plan.questions]
        return TrialResult(tuple(questions), found, asked)

    def _side(self, knowledge: KnowledgeBase) -> Side:
        finder = self._finder(knowledge)
        return Side(knowledge, lambda question, previous: finder.find(mask(question), previous))
