"""Reads the questions with known outcomes that a knowledge folder may hold: `questions/<author>/*.jsonl`.

Those of `questions/staff/` are left out: they say again what entries hold as phrasings, so that `evaluate` and
`drafts write` notice when they are no longer answered. Whoever learns from them learns that everything is easy.

Faults are looked for in all of them.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from knowledge.base import KnowledgeBase, PracticeQuestion
from knowledge.errors import Fault, QuestionFileError, details
from knowledge.loading.base_files import question_files_in
from knowledge.loading.fault_messages import nearest
from knowledge.loading.question_files import AskedTurn, Case, line_at, lines_of, read_questions
from knowledge.loading.question_keys import entry_column_in_json

REGRESSION_ONLY = "staff"
"""The folder of questions that nothing is learnt from."""


def read_practice(folder: Path) -> tuple[tuple[PracticeQuestion, ...], list[Fault]]:
    """The practice questions under `folder` and the faults of their files."""
    questions: list[PracticeQuestion] = []
    faults: list[Fault] = []
    for file in practice_files(folder):
        try:
            questions += _asked(file)
        except QuestionFileError as error:
            faults += error.faults_in(folder)
    return tuple(questions), faults


def practice_files(folder: Path) -> list[Path]:
    """The files of practice questions under `folder`."""
    return [file for file in question_files_in(folder) if file.parent.name != REGRESSION_ONLY]


def read_asked(file: Path) -> tuple[PracticeQuestion, ...] | None:
    """The practice questions of one file; None where it has faults."""
    try:
        return _asked(file)
    except QuestionFileError:
        return None


def _asked(file: Path) -> tuple[PracticeQuestion, ...]:
    return tuple(
        _practice(case, turn, case.turns[:number], file.parent.name)
        for case in read_questions(file)
        for number, turn in enumerate(case.turns)
    )


def _practice(case: Case, turn: AskedTurn, before: tuple[AskedTurn, ...], author: str) -> PracticeQuestion:
    expected, labels = turn.expected, case.labels
    return PracticeQuestion(
        text=turn.question,
        entries=expected.entries,
        author=author,
        also=expected.also,
        kind=labels.get("kind", ""),
        noise=labels.get("noise", ""),
        before=tuple(earlier.question for earlier in before),
    )


def check_question_files(folder: Path, knowledge: KnowledgeBase | None) -> Iterator[Fault]:
    """The faults of `questions/*/*.jsonl` in the folder; ids are not checked where there is no knowledge base."""
    for file in question_files_in(folder):
        name = str(file.relative_to(folder))
        try:
            cases = read_questions(file)
        except QuestionFileError as error:
            yield from error.faults_in(folder)
            continue
        if knowledge:
            lines = lines_of(file)
            for case in cases:
                yield from _unknown(case, name, line_at(case.line, lines), knowledge)


def _unknown(case: Case, file: str, line: str, knowledge: KnowledgeBase) -> Iterator[Fault]:
    """A fault for each id that the case expects and no entry has."""
    named = Counter[str]()
    for entry_id in (each for turn in case.turns for each in (*turn.expected.entries, *turn.expected.also)):
        if entry_id not in knowledge.entries:
            column = entry_column_in_json(line, entry_id, named[entry_id])
            told = details(value=entry_id, near=nearest(entry_id, list(knowledge.entries)))
            yield Fault(file, case.line, column, "unknown-entry", told, line.rstrip())
        named[entry_id] += 1
