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


def _as_editors_read(text: str) -> Any:
    """The file with the types that a text editor's YAML gives its values."""
    return _without_dates(YAML(typ="safe", pure=True).load(text))


def _without_dates(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_dates(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_without_dates(item) for item in data]
    return data.isoformat() if isinstance(data, date) else data
