"""Whether the question files of a knowledge base can be read and ask for entries that exist."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.errors import Fault, QuestionFileError, details
from knowledge.loading.base_files import question_files_in
from knowledge.loading.fault_messages import nearest
from knowledge.loading.question_files import Case, read_questions
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
            lines = file.read_text(encoding="utf-8-sig").split("\n")
            yield from (replace(each, file=name) for case in cases for each in _unknown(case, lines, knowledge))


def _unknown(case: Case, lines: list[str], knowledge: KnowledgeBase) -> Iterator[Fault]:
    """A fault for each id that the case expects and no entry has."""
    text, named = lines[case.line - 1], Counter[str]()
    for entry_id in (each for turn in case.turns for each in (*turn.expected.entries, *turn.expected.also)):
        if entry_id not in knowledge.entries:
            column = entry_column_in_json(text, entry_id, named[entry_id])
            told = details(value=entry_id, near=nearest(entry_id, list(knowledge.entries)))
            yield Fault("", case.line, column, "unknown-entry", told, text.rstrip())
        named[entry_id] += 1
