"""Puts a topic's file in order: keys in one order, one indentation; comments and what is said stay as they are."""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from knowledge.errors import KnowledgeFaultsError
from knowledge.writing.changes import Change
from knowledge.writing.edits import ORDER
from knowledge.writing.publishing import NotWrittenError
from knowledge.yaml_format.signs import lines_of
from knowledge.yaml_format.yaml_nodes import nodes_of
from knowledge.yaml_format.yaml_reader import read_yaml

_WIDEST = 100_000
"""Columns: no line is broken."""
_COMMENT = re.compile(r"(?:^|\s)#.*")


def formatted(folder: Path, files: Sequence[Path]) -> list[Change]:
    """The files of `entries/` that would change, in order.

    Raises:
        KnowledgeFaultsError: when a file has faults.
        NotWrittenError: when the order cannot be made without losing something.
    """
    return [change for file in files if (change := _formatted(folder, folder / "entries" / file.name))]


def _formatted(folder: Path, file: Path) -> Change | None:
    name = str(file.relative_to(folder))
    document, faults = read_yaml(file, name)
    if faults:
        raise KnowledgeFaultsError(faults)
    before = file.read_bytes()
    text = before.decode("utf-8-sig").replace("\r\n", "\n")
    after = _in_order(text, name)
    nodes, _ = nodes_of(after, name)
    if nodes is None or nodes.data != document.data or _comments(after) != _comments(text):
        raise NotWrittenError("order-loses", file=name)
    return Change(name, before, after.encode()) if after.encode() != before else None


def _in_order(text: str, name: str) -> str:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDEST
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        data = yaml.load(text)
        for number, entry in enumerate(data.get("entries") or ()):
            if not entry.fa.flow_style():
                data["entries"][number] = _ordered(entry)
        written = io.StringIO()
        yaml.dump(data, written)
    except (YAMLError, AttributeError, ValueError) as error:
        raise NotWrittenError("order-fails", file=name, reason=" ".join(str(error).split())) from None
    return written.getvalue()


def _ordered(entry: CommentedMap) -> CommentedMap:
    """The entry with its keys in order; one that is in order is left alone, as are the empty lines behind it."""
    keys = list(entry)
    wanted = sorted(keys, key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER))
    if keys == wanted:
        return entry
    last, new_last = keys[-1], wanted[-1]
    for key in wanted:
        entry.move_to_end(key)
    comments: dict[Any, Any] = entry.ca.items
    if last != new_last and last in comments and new_last not in comments:
        comments[new_last] = comments.pop(last)  # what follows the entry hangs on its last key
    return entry


def _comments(text: str) -> list[str]:
    return sorted(match[0].strip() for line in lines_of(text) if (match := _COMMENT.search(line.rstrip())))
