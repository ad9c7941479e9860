"""The schemas are what the models say, and every file of ours keeps them and names them in its first line."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from knowledge.loading.base_files import OPTIONAL, topics_in
from knowledge.loading.json_schema import first_line, schema_files
from knowledge.writing.publication import make_base

ROOT = Path(__file__).parents[3] / "knowledge"
FILES = [*topics_in(ROOT), *(ROOT / name for name in OPTIONAL)]


def test_the_schemas_are_those_of_the_models() -> None:
    written = {name: (ROOT / name).read_text(encoding="utf-8") for name in schema_files()}
    assert written == schema_files(), "write them with: python main.py schema"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_file_keeps_the_schema_that_it_names(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    line = text.split("\n", 1)[0]
    assert line == first_line(file, ROOT)
    schema = json.loads((file.parent / line.partition("$schema=")[2]).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(_as_editors_read(text))] == []


def test_a_misspelt_key_is_none_of_the_schema() -> None:
    schema = json.loads(schema_files()["schemas/topic.json"])
    data = {"topic": "a", "entries": [{"id": "a", "question": "q", "anwser": "a"}]}
    assert list(Draft202012Validator(schema).iter_errors(data))


@pytest.mark.parametrize(
    ("key", "value", "is_right"),
    [
        *(("as_of", "2026.11.20", False), ("as_of", 2026, True), ("as_of", "2026-11", True), ("as_of", 26, False)),
        *(("review_by", "2027-12-31", True), ("review_by", "2027", False), ("verified", "27년", False)),
    ],
)
def test_a_date_of_another_form_is_seen_while_it_is_typed(key: str, value: str | int, is_right: bool) -> None:
    schema = json.loads(schema_files()["schemas/topic.json"])
    data = {"topic": "a", "entries": [{"id": "a", "question": "q", "answer": "a", key: value}]}
    assert Draft202012Validator(schema).is_valid(data) is is_right


def test_a_new_base_keeps_the_schemas_that_it_names(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    make_base(folder)
    files = [*topics_in(folder), *(folder / name for name in OPTIONAL if (folder / name).exists())]
    assert len(files) == 3
    for file in files:
        text = file.read_text(encoding="utf-8")
        schema = json.loads((file.parent / text.split("\n", 1)[0].partition("$schema=")[2]).read_text(encoding="utf-8"))
        assert Draft202012Validator(schema).is_valid(_as_editors_read(text))


def _as_editors_read(text: str) -> Any:
    """The file with the types that a text editor's YAML gives its values."""
    return _without_dates(YAML(typ="safe", pure=True).load(text))


def _without_dates(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_dates(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_without_dates(item) for item in data]
    return data.isoformat() if isinstance(data, date) else data
