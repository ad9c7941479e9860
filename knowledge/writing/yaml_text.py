"""A YAML file as text in which things can be inserted, and values as the text that stands for them.

A text is plain where every reader takes it for just this text, quoted or a block where not; entries and phrasings are
lines, or stand between braces where the file is written so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from yaml import nodes

from knowledge.base import LANGUAGES, Language
from knowledge.writing.additions import NewEntry, Texts

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


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_TWO_DIGITS, _FOUR_DIGITS = 0x100, 0x10000


def plain_or_quoted(text: str, *, in_flow: bool = False) -> str:
    """The text on one line, without quotes where YAML reads it so; `in_flow`: between brackets or braces."""
    return text if text.isprintable() and _reads_as_itself(text, in_flow=in_flow) else quoted(text)


def quoted(text: str) -> str:
    """The text in double quotes, with everything escaped that is not printable."""
    return '"' + "".join(map(_escaped, text)) + '"'


def can_be_block(text: str) -> bool:
    """Whether the text can stand letter by letter under a `|`, but for line breaks after it."""
    lines = text.split("\n")
    good = all(line.isprintable() and line == line.rstrip() for line in lines)
    return good and bool(lines[0]) and not lines[0].startswith(" ") and bool(lines[-1])


def _reads_as_itself(text: str, *, in_flow: bool) -> bool:
    """Whether readers that know of numbers, dates, `no` and `~` too take it for a text, and for this one."""
    document = f"[{text}]" if in_flow else f"- {text}"
    try:
        return bool(yaml.safe_load(document) == [text])
    except (yaml.YAMLError, ValueError):  # ValueError: a day that is in no calendar
        return False


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code < _TWO_DIGITS:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _FOUR_DIGITS else f"\\U{code:08x}"


STEP = 2
"""Columns that what belongs to something is moved in."""
_Value = TypeVar("_Value")


def block_entry(entry: NewEntry, column: int) -> list[str]:
    """The lines of an entry whose dash stands in that column."""
    inner = " " * (column + STEP)
    lines = [f"{' ' * column}- id: {entry.id}", f"{inner}question:"]
    lines += [f"{inner}  {language}: {plain_or_quoted(text)}" for language, text in _ordered(entry.question)]
    if any(entry.phrasings.values()):
        lines += [f"{inner}phrasings:", *block_phrasings(entry.phrasings, column + 2 * STEP)]
    lines.append(f"{inner}answer:")
    for language, text in _ordered(entry.answer):
        lines += _block_text(language, text, column + 2 * STEP)
    more = {"source": entry.source, "as_of": entry.as_of}
    return lines + [f"{inner}{key}: {value}" for key, value in more.items() if value]


def block_phrasings(phrasings: Texts, column: int) -> list[str]:
    """The lines of the phrasings, each language's key in that column."""
    indent, lines = " " * column, []
    for language, texts in _ordered(phrasings):
        if texts:
            lines += [f"{indent}{language}:", *(f"{indent}  - {plain_or_quoted(text)}" for text in texts)]
    return lines


def _block_text(language: Language, text: str, column: int) -> list[str]:
    indent = " " * column
    if not can_be_block(text):
        return [f"{indent}{language}: {quoted(text)}"]
    lines = (f"{indent}  {line}" if line else "" for line in text.split("\n"))
    return [f"{indent}{language}: |", *lines]


def flow_entry(entry: NewEntry) -> str:
    """The entry between braces, on one line."""
    parts = [
        f"id: {entry.id}",
        f"question: {_flow_texts(entry.question)}",
        f"phrasings: {flow_phrasings(entry.phrasings)}",
        f"answer: {_flow_texts(entry.answer)}",
    ]
    parts += [f"source: {entry.source}"] * bool(entry.source) + [f"as_of: {entry.as_of}"] * bool(entry.as_of)
    return f"{{{', '.join(parts)}}}"


def _flow_texts(texts: Mapping[Language, str]) -> str:
    return "{" + ", ".join(f"{language}: {quoted(text)}" for language, text in _ordered(texts)) + "}"


def flow_phrasings(phrasings: Texts) -> str:
    """The phrasings between braces, on one line."""
    ways = (f"{language}: [{', '.join(map(quoted, texts))}]" for language, texts in _ordered(phrasings) if texts)
    return "{" + ", ".join(ways) + "}"


def _ordered(texts: Mapping[Language, _Value]) -> list[tuple[Language, _Value]]:
    return [(language, texts[language]) for language in LANGUAGES if language in texts]
