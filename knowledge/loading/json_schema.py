"""JSON Schemas of the files, by which an editor's program completes and checks while somebody types."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from knowledge.yaml_format.schema import AboutShape, FiguresShape, Slug, SourceShape, TopicShape, VocabularyShape

FOLDER = "schemas"
"""Inside of a knowledge folder."""
_SHAPES: Mapping[str, Any] = {
    "topic": TopicShape,
    "about": AboutShape,
    "sources": dict[Slug, SourceShape],
    "vocabulary": VocabularyShape,
    "figures": dict[Slug, FiguresShape],
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_files() -> dict[str, str]:
    """The text of each schema's file, by its place in the knowledge folder."""
    return {f"{FOLDER}/{name}.json": _text(shape) for name, shape in _SHAPES.items()}


def _text(shape: Any) -> str:
    schema = {"$schema": _DIALECT, **TypeAdapter(shape).json_schema(mode="validation")}
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def first_line(file: Path, folder: Path) -> str:
    """The line that tells the editor's program which schema the file has."""
    topic = file.parent.name == "entries"
    name = "topic" if topic else file.stem
    up = "../" * (len(file.relative_to(folder).parts) - 1)
    return f"# yaml-language-server: $schema={up}{FOLDER}/{name}.json"
