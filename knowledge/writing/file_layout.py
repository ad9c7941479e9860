"""Puts a topic's file in order: keys in one order, one indentation; comments and what is said stay as they are."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from yaml import nodes

from knowledge.errors import KnowledgeFaultsError, NotWrittenError
from knowledge.writing.changes import Change
from knowledge.writing.edits import ORDER
from knowledge.writing.yaml_text import YamlText, value_of
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
    read, _ = nodes_of(after, name)
    if read is None or read.data != document.data or _comments(after) != _comments(text):
        raise NotWrittenError("order-loses", file=name)
    return Change(name, before, after.encode()) if after.encode() != before else None


def _in_order(text: str, name: str) -> str:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDEST
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        data = yaml.load(_with_keys_in_order(text))
        written = io.StringIO()
        yaml.dump(data, written)
    except (YAMLError, AttributeError, ValueError) as error:
        raise NotWrittenError("order-fails", file=name, reason=" ".join(str(error).split())) from None
    return written.getvalue()


def _with_keys_in_order(text: str) -> str:
    """The keys of each entry in order, each with its lines and the notes above it."""
    file = YamlText.of(text if text.endswith("\n") else f"{text}\n")
    entries = value_of(file.root, "entries")
    lines = file.lines()
    for entry in entries.value if isinstance(entries, nodes.SequenceNode) else ():
        if isinstance(entry, nodes.MappingNode) and not entry.flow_style:
            _put_in_order(file, lines, entry)
    return "".join(lines)


def _put_in_order(file: YamlText, lines: list[str], entry: nodes.MappingNode) -> None:
    """Moves the lines of the entry's keys; as many as before stand where they stood."""
    keys = [key.value for key, _ in entry.value]
    wanted = sorted(range(len(keys)), key=lambda n: ORDER.index(keys[n]) if keys[n] in ORDER else len(ORDER))
    if wanted == list(range(len(keys))):
        return
    column, first = entry.start_mark.column, entry.value[0][0].start_mark.line
    dash = lines[first][:column]
    lines[first] = " " * column + lines[first][column:]
    ends = [file.last_line(value) + 1 for _, value in entry.value]
    starts = [first, *ends[:-1]]
    parts = [lines[start:end] for start, end in zip(starts, ends, strict=True)]
    head = entry.value[wanted[0]][0].start_mark.line - starts[wanted[0]]
    parts[wanted[0]][head] = dash + parts[wanted[0]][head][column:]
    lines[first : ends[-1]] = [line for number in wanted for line in parts[number]]


def _comments(text: str) -> list[str]:
    return sorted(match[0].strip() for line in lines_of(text) if (match := _COMMENT.search(line.rstrip())))
