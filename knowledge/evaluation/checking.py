"""Whether the question files of a knowledge base can be read and ask for entries that exist."""

from collections.abc import Iterator
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.errors import Fault, QuestionFileError, details
from knowledge.loading.base_files import question_files_in
from knowledge.loading.fault_messages import nearest
from knowledge.loading.question_files import read_questions


def check_question_files(folder: Path, knowledge: KnowledgeBase | None) -> Iterator[Fault]:
    """The faults of `questions/*/*.jsonl` in the folder; ids are not checked where there is no knowledge base."""
    ids = list(knowledge.entries) if knowledge else []
    for file in question_files_in(folder):
        name = str(file.relative_to(folder))
        try:
            cases = read_questions(file)
        except QuestionFileError as error:
            yield from error.faults_in(folder)
            continue
        expected = [(case.line, turn.expected) for case in cases for turn in case.turns]
        for line, entry_id in ((line, named) for line, each in expected for named in (*each.entries, *each.also)):
            if knowledge and entry_id not in knowledge.entries:
                yield Fault(name, line, 1, "unknown-entry", details(value=entry_id, near=nearest(entry_id, ids)))
