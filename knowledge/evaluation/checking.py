"""Whether the question files of a knowledge base can be read and ask for entries that exist."""

from collections.abc import Iterator
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.errors import Fault, QuestionFileError
from knowledge.evaluation.question_files import read_questions


def check_question_files(folder: Path, knowledge: KnowledgeBase | None) -> Iterator[Fault]:
    """The faults of `questions/*/*.jsonl` in the folder; ids are not checked where there is no knowledge base."""
    for file in sorted((folder / "questions").glob("*/*.jsonl")):
        name = str(file.relative_to(folder))
        try:
            cases = read_questions(file)
        except QuestionFileError as error:
            yield Fault(name, error.line, 1, error.problem)
            continue
        named = ((case.line, entry_id) for case in cases for turn in case.turns for entry_id in turn.expected.entries)
        for line, entry_id in named:
            if knowledge and entry_id not in knowledge.entries:
                yield Fault(name, line, 1, f"no entry has the id {entry_id!r}")
