"""From text to nested dicts, lists and strings with their places, or to the reasons why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import nodes, tokens

from knowledge.errors import Fault, details
from knowledge.yaml_format.signs import in_quotes, lines_of, shortened

MAX_DEPTH = 20

type_names = {nodes.ScalarNode: "text", nodes.SequenceNode: "a list", nodes.MappingNode: "a mapping"}

_FORBIDDEN_TOKENS: dict[type[tokens.Token], str] = {
    tokens.AnchorToken: "anchor",
    tokens.AliasToken: "alias",
    tokens.TagToken: "tag",
    tokens.DirectiveToken: "directive",
}
_OPENING = (
    tokens.BlockSequenceStartToken,
    tokens.BlockMappingStartToken,
    tokens.FlowSequenceStartToken,
    tokens.FlowMappingStartToken,
)
_CLOSING = (tokens.BlockEndToken, tokens.FlowSequenceEndToken, tokens.FlowMappingEndToken)
_OPENED_BY = {
    "quoted scalar": ("open-quote", "\"'"),
    "flow sequence": ("open-bracket", "["),
    "flow mapping": ("open-bracket", "{"),
}
"""What the parser was in, and what is said when it has no end."""
_CLOSED_BY = {"quoted scalar": "", "flow sequence": "]", "flow mapping": "}"}
_BEGINNINGS = frozenset({"entry-without-dash", "entry-without-id"})
"""Faults of an entry that goes on with the next one."""
DataPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value begins; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Nodes:
    """What a text says, and where."""

    data: Any
    places: dict[DataPath, Place]
    key_places: dict[DataPath, Place]


def nodes_of(text: str, name: str, lines_before: int = 0) -> tuple[Nodes | None, list[Fault]]:
    """What the text says, with every fault; None where it cannot be read.

    So many lines stand before it in the file.
    """
    reading = _NodeReader(text, name, lines_before)
    faults = list(reading.check_tokens())
    if faults:
        return None, faults
    return reading.build()


class _NodeReader:
    """Reads one text. Depth is bounded by the token check."""

    def __init__(self, text: str, name: str, lines_before: int) -> None:
        self.text, self.name, self.lines_before = text, name, lines_before
        self.places: dict[DataPath, Place] = {}
        self.key_places: dict[DataPath, Place] = {}
        self.faults: list[Fault] = []

    def _place(self, mark: Any) -> Place:
        return Place(mark.line + 1 + self.lines_before, mark.column + 1)

    def _at(self, mark: Any, kind: str, **values: object) -> Fault:
        place = self._place(mark)
        return Fault(self.name, place.line, place.column, kind, details(**values))

    def check_tokens(self) -> Iterator[Fault]:
        """Faults that tokens show. Stops at the first one that makes going on pointless."""
        depth = 0
        try:
            for token in yaml.scan(self.text, Loader=yaml.CBaseLoader):
                kind = _FORBIDDEN_TOKENS.get(type(token))
                if kind:
                    yield self._at(token.start_mark, kind, near=self._quoted(token.start_mark))
                depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
                if depth > MAX_DEPTH:
                    yield self._at(token.start_mark, "too-deep", limit=MAX_DEPTH)
                    return
        except yaml.YAMLError as error:
            yield self._not_read(error)

    def _quoted(self, mark: Any) -> str:
        line = lines_of(self.text)[mark.line].rstrip() if self.text else ""
        return shortened(in_quotes(line[mark.column :]))

    def _not_read(self, error: yaml.YAMLError) -> Fault:
        if not isinstance(error, yaml.MarkedYAMLError):
            place = Place(1 + self.lines_before, 1)
            problem = " ".join(str(error).split())
            return Fault(self.name, place.line, place.column, "syntax", details(parser=problem))
        problem, context = error.problem or "", error.context or ""
        began = error.context_mark
        opened = next((name for name in _OPENED_BY if name in context), None)
        if opened and began:
            sign = self.text[began.index : began.index + 1]
            kind, signs_of_it = _OPENED_BY[opened]
            return self._at(
                began, kind, sign=sign if sign in signs_of_it else signs_of_it[0], closing=_CLOSED_BY[opened]
            )
        mark = error.problem_mark or began
        if not mark:
            return Fault(self.name, 1 + self.lines_before, 1, "syntax", details(parser=problem or context))
        if "mapping values are not allowed" in problem:
            return self._at(mark, "colon-in-text", near='"…: …"')
        return self._at(mark, "syntax", parser=problem or context)

    def build(self) -> tuple[Nodes | None, list[Fault]]:
        """What the text says; its tokens must have been found right."""
        try:
            root = yaml.compose(self.text, Loader=yaml.CBaseLoader)
        except yaml.YAMLError as error:
            return None, [self._not_read(error)]
        data = None if root is None else self._value(root, ())
        return Nodes(data, self.places, self.key_places), self.faults

    def _value(self, node: nodes.Node, path: DataPath) -> Any:
        self.places[path] = self._place(node.start_mark)
        if isinstance(node, nodes.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, nodes.SequenceNode):
            return [self._value(item, (*path, index)) for index, item in enumerate(node.value)]
        return node.value

    def _mapping(self, node: nodes.MappingNode, path: DataPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            if key in result:
                self._twice(key, key_node, self.key_places[(*path, key)], path)
                continue
            self.key_places[(*path, key)] = self._place(key_node.start_mark)
            result[key] = self._value(value_node, (*path, key))
        return result

    def _twice(self, key: str, node: nodes.Node, first: Place, path: DataPath) -> None:
        place = self._place(node.start_mark)
        if key == "id" and path[:1] == ("entries",):
            self.faults.append(self._at(node.start_mark, "entry-without-dash", dash=2, keys=4, near="- id: …"))
        elif any(fault.kind in _BEGINNINGS and fault.line < place.line for fault in self.faults[-1:]):
            pass  # a consequence
        elif not path and key == "topic":
            self.faults.append(self._at(node.start_mark, "second-topic", first=first.line))
        elif not path and any(fault.kind == "second-topic" for fault in self.faults):
            pass  # the rest of its head
        elif key == "question" and path[:1] == ("entries",):
            self.faults.append(self._at(node.start_mark, "entry-without-id", first=first.line))
        else:
            self.faults.append(self._at(node.start_mark, "key-twice", key=key, first=first.line))

    def _key(self, node: nodes.Node) -> str | None:
        if not isinstance(node, nodes.ScalarNode):
            self.faults.append(self._at(node.start_mark, "key-not-text", what=type_names[type(node)]))
            return None
        if node.value == "<<" and not node.style:
            self.faults.append(self._at(node.start_mark, "merge-key"))
            return None
        return str(node.value)
