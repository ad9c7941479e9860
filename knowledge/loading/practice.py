"""Reads the questions with known outcomes that a knowledge folder may hold: `questions/<author>/*.jsonl`."""

from pathlib import Path

from knowledge.base import PracticeQuestion
from knowledge.errors import Fault, QuestionFileError
from knowledge.evaluation.question_files import Case, Turn, read_questions


def read_practice(folder: Path) -> tuple[tuple[PracticeQuestion, ...], list[Fault]]:
    """The practice questions under `folder` and the faults of their files."""
    questions: list[PracticeQuestion] = []
    faults: list[Fault] = []
    for file in sorted((folder / "questions").glob("*/*.jsonl")):
        try:
            cases = read_questions(file)
        except QuestionFileError as error:
            faults.append(Fault(str(file.relative_to(folder)), error.line, 1, error.problem))
            continue
        questions += [
            _practice(case, turn, case.turns[:number], file.parent.name)
            for case in cases
            for number, turn in enumerate(case.turns)
        ]
    return tuple(questions), faults


def _practice(case: Case, turn: Turn, before: tuple[Turn, ...], author: str) -> PracticeQuestion:
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
