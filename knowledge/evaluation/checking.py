"""Whether the question files of a knowledge base can be read and ask for entries that exist."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.errors import Fault, QuestionFileError, details
from knowledge.loading.base_files import question_files_in
from knowledge.loading.fault_messages import nearest
from knowledge.loading.question_files import Case, line_at, lines_of, read_questions
from knowledge.loading.question_keys import entry_column_in_json


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
