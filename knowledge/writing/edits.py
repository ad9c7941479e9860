"""Changes what entries say, in the text of their topic's file; every letter of anything else stays as it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from yaml import nodes

from knowledge.base import LANGUAGES, Language
from knowledge.writing.yaml_text import (
    STEP,
    YamlText,
    can_be_block,
    mapping,
    plain_or_quoted,
    quoted,
    sequence,
    value_of,
)

Edited = str | tuple[str, ...] | Mapping[Language, str] | Mapping[Language, tuple[str, ...]] | None
"""A word, a list of words, texts by language, or lists of texts by language; None where nothing is left of it."""
ORDER = (
    *("id", "known_gap", "question", "phrasings", "subject", "answer", "source", "as_of", "review_by", "verified"),
    *("owner", "see_also"),
)
"""The order of an entry's keys, where one of them is added."""


_DATES = frozenset({"as_of", "review_by", "verified"})
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class EntryEdit:
    """What one key of an entry is to say from now on."""

    entry_id: str
    key: str
    value: Edited


@dataclass(frozen=True, slots=True, order=True)
class _Splice:
    """Another text in the place of what stands between two offsets."""

    start: int
    end: int
    text: str


def edited(file: YamlText, edits: Sequence[EntryEdit]) -> YamlText:
    """The topic's file with the edits. Raises KeyError for an entry that is not in it."""
    by_entry: dict[str, dict[str, Edited]] = {}
    for edit in edits:
        by_entry.setdefault(edit.entry_id, {})[edit.key] = edit.value
    entries = {str(value.value): entry for entry in _entries(file) if (value := value_of(entry, "id"))}
    splices = [
        splice
        for entry_id, values in by_entry.items()
        for splice in _EntryText(file, mapping(entries[entry_id])).splices(values)
    ]
    text = file.text
    for splice in sorted(splices, reverse=True):
        text = text[: splice.start] + splice.text + text[splice.end :]
    return YamlText.of(text)


def entry_lines(values: Mapping[str, Edited], column: int) -> list[str]:
    """The lines of a new entry of those values, its dash in that column."""
    said = [key for key in sorted(values, key=_place_of) if values[key] is not None]
    lines = [line for key in said for line in _rendered(key, values[key], column + STEP)]
    return [f"{' ' * column}- {lines[0].lstrip()}", *lines[1:]]


def entry_in_braces(values: Mapping[str, Edited]) -> str:
    """The same between braces, on one line."""
    return _flow({key: _plain(values[key]) for key in sorted(values, key=_place_of) if values[key] is not None})


def _entries(file: YamlText) -> list[nodes.Node]:
    return list(sequence(value_of(file.root, "entries")).value)


class _EntryText:
    """One entry in the text of its file."""

    def __init__(self, file: YamlText, entry: nodes.MappingNode) -> None:
        self._file, self._entry = file, entry
        self._column = entry.start_mark.column
        self._starts = _line_starts(file)

    def splices(self, values: Mapping[str, Edited]) -> Iterator[_Splice]:
        """What makes the entry say the values."""
        if self._entry.flow_style:
            yield self._whole(values)
            return
        for key in sorted(values, key=ORDER.index):
            yield from self._of_key(key, values[key])

    def _whole(self, values: Mapping[str, Edited]) -> _Splice:
        """An entry between braces is written anew."""
        data = {key.value: _data(value) for key, value in self._entry.value}
        for key, value in values.items():
            data[key] = _plain(value)
        said = {key: data[key] for key in sorted(data, key=_place_of) if data[key] is not None}
        start, end = self._file.offset(self._entry.start_mark), self._file.offset(self._entry.end_mark)
        return _Splice(start, end, _flow(said))

    def _of_key(self, key: str, value: Edited) -> Iterator[_Splice]:
        pair = next((pair for pair in self._entry.value if pair[0].value == key), None)
        if pair is None:
            if value is not None:
                yield self._added(key, value)
            return
        name, node = pair
        if value is None:
            yield self._lines(name.start_mark.line, self._file.last_line(node), [])
        elif isinstance(value, str):
            yield self._scalar(node, value, name.start_mark.column, key)
        elif isinstance(value, tuple) and isinstance(node, nodes.SequenceNode):
            yield from self._items(node, value)
        elif isinstance(value, Mapping) and (parts := self._parts(node, value)) is not None:
            yield from parts
        else:
            start = self._file.offset(name.start_mark)
            yield _Splice(start, self._end(node), "\n".join(_rendered(key, value, self._column)).lstrip())

    def _parts(self, node: nodes.Node, value: Mapping[Any, Any]) -> list[_Splice] | None:
        """The changes inside of a value whose form can stay; None when it cannot."""
        if set(value) == {"ko"} and isinstance(node, nodes.ScalarNode) and isinstance(value["ko"], str):
            return [self._scalar(node, value["ko"], self._column)]
        if set(value) == {"ko"} and isinstance(node, nodes.SequenceNode) and isinstance(value["ko"], tuple):
            return list(self._items(node, value["ko"]))
        if not isinstance(node, nodes.MappingNode):
            return None
        found = {key.value: (key, part) for key, part in node.value}
        if set(found) != set(value) or node.flow_style:
            return None if not node.flow_style else [self._flow_parts(node, value)]
        splices: list[_Splice] = []
        for language, (key, part) in found.items():
            wanted = value[language]
            if isinstance(wanted, str) and isinstance(part, nodes.ScalarNode):
                if part.value.strip() != wanted:
                    splices.append(self._scalar(part, wanted, key.start_mark.column))
            elif isinstance(wanted, tuple) and isinstance(part, nodes.SequenceNode):
                splices += self._items(part, wanted)
            else:
                return None
        return splices

    def _flow_parts(self, node: nodes.MappingNode, value: Mapping[Any, Any]) -> _Splice:
        start, end = self._file.offset(node.start_mark), self._file.offset(node.end_mark)
        said = {language: _plain(value[language]) for language in LANGUAGES if language in value}
        if any(isinstance(text, str) and "\n" in text for text in said.values()):
            lines = [
                line for language, text in said.items() for line in _text_lines(language, text, self._column + STEP)
            ]
            return _Splice(start, end, "\n" + "\n".join(lines))
        return _Splice(start, end, _flow(said))

    def _scalar(self, node: nodes.Node, text: str, column: int, key: str = "") -> _Splice:
        start = self._file.offset(node.start_mark)
        is_block = isinstance(node, nodes.ScalarNode) and node.style in ("|", ">")
        if (is_block or "\n" in text) and can_be_block(text):
            indent = " " * (column + STEP)
            lines = "".join(f"\n{indent}{line}" if line else "\n" for line in text.split("\n"))
            return _Splice(start, self._end(node), f"|{lines}")
        return _Splice(start, self._end(node), _word(key, text))

    def _items(self, node: nodes.SequenceNode, texts: Sequence[str]) -> Iterator[_Splice]:
        if node.flow_style or not node.value or not texts:
            start, end = self._file.offset(node.start_mark), self._end(node)
            yield _Splice(start, end, _flow(list(texts)))
            return
        before = [str(item.value).strip() for item in node.value]
        indent = " " * node.start_mark.column
        matcher = SequenceMatcher(None, before, list(texts), autojunk=False)
        for tag, first, last, start, end in matcher.get_opcodes():
            if tag == "equal":
                continue
            lines = [f"{indent}- {plain_or_quoted(text)}" for text in texts[start:end]]
            for item in node.value[first:last]:  # new ones stand in place of the first that goes
                yield self._lines(item.start_mark.line, self._file.last_line(item), lines)
                lines = []
            if lines and first:
                yield self._after(self._file.last_line(node.value[first - 1]), lines)
            elif lines:
                yield self._lines(node.value[0].start_mark.line, node.value[0].start_mark.line - 1, lines)

    def _added(self, key: str, value: Edited) -> _Splice:
        place = _place_of(key)
        before = [pair for pair in self._entry.value if _place_of(pair[0].value) < place] or [self._entry.value[0]]
        return self._after(max(self._file.last_line(pair[1]) for pair in before), _rendered(key, value, self._column))

    def _after(self, line: int, lines: Sequence[str]) -> _Splice:
        return self._lines(line + 1, line, lines)

    def _lines(self, first: int, last: int, lines: Sequence[str]) -> _Splice:
        """Other lines in place of those from the first to the last."""
        start, end = self._starts[first], self._starts[last + 1]
        text = "".join(f"{line}{self._file.line_break}" for line in lines)
        ended = start == 0 or self._file.text[start - 1] in "\r\n"
        return _Splice(start, end, text if ended else self._file.line_break + text)

    def _end(self, node: nodes.Node) -> int:
        """The offset behind the last letter of the node."""
        if isinstance(node, nodes.ScalarNode) and node.style not in ("|", ">"):
            return self._file.offset(node.end_mark)
        if isinstance(node, nodes.CollectionNode) and node.flow_style:
            return self._file.offset(node.end_mark)
        last = self._file.last_line(node)
        return self._starts[last] + len(self._file.text[self._starts[last] : self._starts[last + 1]].rstrip())


def _line_starts(file: YamlText) -> list[int]:
    starts = [0]
    for line in file.lines():
        starts.append(starts[-1] + len(line))
    return [*starts, starts[-1]]


def _place_of(key: str) -> int:
    return ORDER.index(key) if key in ORDER else len(ORDER)


def _rendered(key: str, value: Edited, column: int) -> list[str]:
    """The lines of a key with its value."""
    indent = " " * column
    if isinstance(value, str):
        return [f"{indent}{key}: {_word(key, value)}"]
    if isinstance(value, tuple):
        return [f"{indent}{key}: {_flow(list(value))}"]
    texts = {language: value[language] for language in LANGUAGES if value and language in value}
    if set(texts) == {"ko"}:
        return _text_lines(key, texts["ko"], column)
    lines = [line for language, text in texts.items() for line in _text_lines(language, text, column + STEP)]
    return [f"{indent}{key}:", *lines]


def _word(key: str, text: str, *, in_flow: bool = False) -> str:
    """The text as it stands behind that key: a date without quotes, as editors write it."""
    is_date = key in _DATES and _DATE.fullmatch(text)
    return text if is_date else plain_or_quoted(text, in_flow=in_flow)


def _text_lines(key: str, text: str | tuple[str, ...], column: int) -> list[str]:
    indent = " " * column
    if isinstance(text, tuple):
        return [f"{indent}{key}:", *(f"{indent}  - {plain_or_quoted(item)}" for item in text)]
    if "\n" not in text:
        return [f"{indent}{key}: {plain_or_quoted(text)}"]
    if not can_be_block(text):
        return [f"{indent}{key}: {quoted(text)}"]
    return [f"{indent}{key}: |", *(f"{indent}  {line}" if line else "" for line in text.split("\n"))]


def _data(node: nodes.Node) -> Any:
    if isinstance(node, nodes.MappingNode):
        return {key.value: _data(value) for key, value in node.value}
    if isinstance(node, nodes.SequenceNode):
        return [_data(item) for item in node.value]
    return node.value


def _plain(value: Edited) -> Any:
    """The value as lists, mappings and texts."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        said = {language: _plain(value[language]) for language in LANGUAGES if language in value}
        return said["ko"] if set(said) == {"ko"} else said
    return value


def _flow(data: Any, key: str = "") -> str:
    """The data between brackets and braces, on one line; `key` is what it stands behind."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{name}: {_flow(value, name)}" for name, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_flow, data)) + "]"
    return _word(key, data, in_flow=True)
