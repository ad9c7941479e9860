"""A YAML file as text in which things can be inserted, with the places of its values."""

import re
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import nodes

_LINE = re.compile("[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029]|$)")
"""What YAML takes for a line."""
_BLOCK_STYLES = ("|", ">")


@dataclass(frozen=True, slots=True)
class YamlText:
    """The text of a file, and the root of its nodes; each change gives another one."""

    text: str
    root: nodes.Node

    @classmethod
    def of(cls, text: str) -> "YamlText":
        """The text with its nodes; it must be YAML that the knowledge base's reader takes."""
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
        if root is None:
            raise TypeError("the file is empty")
        return cls(text, root)

    @property
    def line_break(self) -> str:
        """How the file ends its lines."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def inserted(self, offset: int, added: str, remove: int = 0) -> "YamlText":
        """With a text at that place, where `remove` characters are left out."""
        return YamlText.of(self.text[:offset] + added + self.text[offset + remove :])

    def with_lines_after(self, line: int, lines: list[str]) -> "YamlText":
        """With more lines after that line (counted from 0)."""
        offset = self._starts()[line + 1]
        before = self.text[:offset]
        if before and not before.endswith(("\n", "\r")):
            before += self.line_break
        added = "".join(f"{each}{self.line_break}" for each in lines)
        return YamlText.of(before + added + self.text[offset:])

    def offset(self, mark: Any) -> int:
        """The place of a mark in the text."""
        return int(self._starts()[mark.line] + mark.column)

    def lines(self) -> list[str]:
        """The lines, each with its end."""
        return [line for line in _LINE.findall(self.text) if line]

    def last_line(self, node: nodes.Node) -> int:
        """The line (counted from 0) on which the last word of the node stands."""
        if isinstance(node, nodes.MappingNode) and not node.flow_style and node.value:
            return max(map(self.last_line, node.value[-1]))
        if isinstance(node, nodes.SequenceNode) and not node.flow_style and node.value:
            return self.last_line(node.value[-1])
        if isinstance(node, nodes.ScalarNode) and node.style in _BLOCK_STYLES:
            return self._last_of_block(node)
        return int(node.end_mark.line)

    def _last_of_block(self, node: nodes.ScalarNode) -> int:
        """Blank lines and comments after a block are not its own."""
        lines, first = self.lines(), node.start_mark.line
        last = min(int(node.end_mark.line), len(lines) - 1)
        if last > first and node.end_mark.column == 0 and last == node.end_mark.line:
            last -= 1
        while last > first and not lines[last].strip():
            last -= 1
        return last

    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.lines():
            starts.append(starts[-1] + len(line))
        return [*starts, len(self.text)]


def mapping(node: nodes.Node | None) -> nodes.MappingNode:
    """The node, which the check of the file's shape found to be a mapping."""
    if not isinstance(node, nodes.MappingNode):
        raise TypeError(f"not a mapping: {node}")
    return node


def sequence(node: nodes.Node | None) -> nodes.SequenceNode:
    """The node, which the check of the file's shape found to be a list."""
    if not isinstance(node, nodes.SequenceNode):
        raise TypeError(f"not a list: {node}")
    return node


def value_of(node: nodes.Node, key: str) -> nodes.Node | None:
    """The node under that key of a mapping, if there is one."""
    return next((value for name, value in mapping(node).value if name.value == key), None)
