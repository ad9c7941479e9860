"""Reads the questions with known outcomes that a knowledge folder may hold: `questions/<author>/*.jsonl`.

Those of `questions/staff/` are left out: they say again what entries hold as phrasings, so that `evaluate` and
`drafts write` notice when they are no longer answered. Whoever learns from them learns that everything is easy.
"""

from pathlib import Path

from knowledge.base import PracticeQuestion
from knowledge.errors import Fault, QuestionFileError
from knowledge.loading.base_files import question_files_in
from knowledge.loading.question_files import AskedTurn, Case, read_questions

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
