"""Reads YAML strictly: every scalar is text, and what could surprise an editor or harm the process is refused.

PyYAML's own conversions turn 062 into 50, 22:00 into 1320 and `no` into False; its duplicate keys let the last one
win silently; aliases, merge keys and deep nesting can exhaust memory or crash libyaml. So tokens are checked first,
which costs no recursion and no expansion, and only then nodes are composed by libyaml.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml import nodes, tokens

from knowledge.errors import Fault

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

type_names = {nodes.ScalarNode: "text", nodes.SequenceNode: "a list", nodes.MappingNode: "a mapping"}

_FORBIDDEN_TOKENS: dict[type[tokens.Token], str] = {
    tokens.AnchorToken: "an anchor (&...) is not allowed; write the text out",
    tokens.AliasToken: "an alias (*...) is not allowed; write the text out, or quote it when it is text",
    tokens.TagToken: "a tag (!...) is not allowed; quote it when it is text",
    tokens.DirectiveToken: "a directive (%...) is not allowed; quote it when it is text",
}
_OPENING = (
    tokens.BlockSequenceStartToken,
    tokens.BlockMappingStartToken,
    tokens.FlowSequenceStartToken,
    tokens.FlowMappingStartToken,
)
_CLOSING = (tokens.BlockEndToken, tokens.FlowSequenceEndToken, tokens.FlowMappingEndToken)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value begins; both count from 1."""

    line: int
    column: int


START = Place(1, 1)
DataPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as nested dicts, lists and strings, and where each of them stands."""

    data: Any
    places: dict[DataPath, Place]
    key_places: dict[DataPath, Place]

    def place(self, path: DataPath) -> Place:
        """The place of the value at `path`, or of the nearest value around it that exists."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return START

    def key_place(self, path: DataPath) -> Place:
        """The place of the key that `path` ends with."""
        return self.key_places.get(path) or self.place(path)


def read_yaml(file: Path, name: str) -> tuple[Document, list[Fault]]:
    """The file's contents with places, and every fault found; `name` is how faults call the file.

    With faults that make the text unreadable, the document's data is None.
    """
    try:
        raw = _read_bytes(file)
        text = raw.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        return Document(None, {}, {}), [Fault(name, 1, 1, _plain(error))]
    faults = [Fault(name, place.line, place.column, message) for place, message in _check_tokens(text)]
    if faults:
        return Document(None, {}, {}), faults
    return _build(text, name)


def _read_bytes(file: Path) -> bytes:
    with file.open("rb") as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        message = f"the file is over {MAX_BYTES:,} bytes; split the topic into two files"
        raise ValueError(message)
    return raw


def _plain(error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"the file is not UTF-8 text (byte {error.start}); save it as UTF-8"
    if isinstance(error, OSError):
        return f"the file cannot be read: {error.strerror}"
    return str(error)


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _check_tokens(text: str) -> Iterator[tuple[Place, str]]:
    """Faults that tokens show. Stops at the first one that makes going on pointless."""
    depth = 0
    try:
        for token in yaml.scan(text, Loader=yaml.CBaseLoader):
            message = _FORBIDDEN_TOKENS.get(type(token))
            if message:
                yield _place(token.start_mark), message
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > MAX_DEPTH:
                yield _place(token.start_mark), f"nested more than {MAX_DEPTH} deep"
                return
    except yaml.MarkedYAMLError as error:
        yield _syntax_fault(error)
    except yaml.YAMLError as error:
        yield START, f"not YAML: {_one_line(error)}"


def _syntax_fault(error: yaml.MarkedYAMLError) -> tuple[Place, str]:
    mark = error.problem_mark or error.context_mark
    return (_place(mark) if mark else START), f"not YAML: {error.problem or error.context}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _build(text: str, name: str) -> tuple[Document, list[Fault]]:
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        place, message = _syntax_fault(error)
        return Document(None, {}, {}), [Fault(name, place.line, place.column, message)]
    except yaml.YAMLError as error:
        return Document(None, {}, {}), [Fault(name, 1, 1, f"not YAML: {_one_line(error)}")]
    if root is None:
        return Document(None, {}, {}), [Fault(name, 1, 1, "the file is empty")]
    builder = _Builder(name)
    data = builder.value(root, ())
    return Document(data, builder.places, builder.key_places), builder.faults


class _Builder:
    """Turns nodes into dicts, lists and strings, noting places. Depth is bounded by the token check."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[DataPath, Place] = {}
        self.key_places: dict[DataPath, Place] = {}
        self.faults: list[Fault] = []

    def value(self, node: nodes.Node, path: DataPath) -> Any:
        self.places[path] = _place(node.start_mark)
        if isinstance(node, nodes.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, nodes.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return node.value

    def _mapping(self, node: nodes.MappingNode, path: DataPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            if key in result:
                first = self.key_places[(*path, key)]
                self._fault(key_node, f"{key!r} stands twice; the first is at line {first.line}")
                continue
            self.key_places[(*path, key)] = _place(key_node.start_mark)
            result[key] = self.value(value_node, (*path, key))
        return result

    def _key(self, node: nodes.Node) -> str | None:
        if not isinstance(node, nodes.ScalarNode):
            self._fault(node, f"a key must be text, not {type_names[type(node)]}")
            return None
        if node.value == "<<" and not node.style:
            self._fault(node, "a merge key (<<) is not allowed; write the keys out")
            return None
        return str(node.value)

    def _fault(self, node: nodes.Node, message: str) -> None:
        place = _place(node.start_mark)
        self.faults.append(Fault(self.name, place.line, place.column, message))
