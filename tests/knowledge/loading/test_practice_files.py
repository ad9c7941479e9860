"""Ids that question files expect and no entry has are told where they stand."""

from pathlib import Path

import pytest

from knowledge.loading.loader import load_knowledge
from knowledge.loading.practice import check_question_files
from tests.knowledge.loading.knowledge_folder import ENTRY, write_folder


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ('{"question": "q", "entry": "gone"}', [28]),
        ('{"question": "q", "entry": ["budget", "gone"], "also": ["gone"]}', [39, 57]),
        ('{"id": "gone", "kind":"gone", "question": "gone", "entry": "gone"}', [60]),
        ('{"turns": [{"question": "q", "entry": "gone"}, {"question": "r", "entry": ["gone"]}]}', [39, 76]),
        ('{"question": "q", "entry": "\\u0067one"}', [1]),
        ('{"question": "q",\r"entry": "gone"}', [28]),
    ],
)
def test_an_unknown_entry_is_told_where_it_is_named(tmp_path: Path, line: str, columns: list[int]) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    file = folder / "questions/kim/a.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text(f"\n{line}\n", encoding="utf-8")
    faults = list(check_question_files(folder, load_knowledge(folder)))
    assert [each.column for each in faults] == columns
    assert {(each.file, each.line, each.kind, each.text) for each in faults} == {
        ("questions/kim/a.jsonl", 2, "unknown-entry", line)
    }
