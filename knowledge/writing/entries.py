"""Inserts entries into the text of a topic's file, and sources into that of `sources.yaml`."""

from collections.abc import Callable, Mapping
from functools import partial

from yaml import nodes

from knowledge.base import Language
from knowledge.writing.additions import NewEntry
from knowledge.writing.edits import Edited, entry_in_braces, entry_lines
from knowledge.writing.rendering import STEP, block_entry, flow_entry
from knowledge.writing.scalars import plain_or_quoted
from knowledge.writing.text import YamlText, mapping, sequence, value_of


def with_entry(file: YamlText, entry: NewEntry) -> YamlText:
    """The topic's file with the entry after the last one."""
    return _with(file, partial(block_entry, entry), flow_entry(entry))


def with_entry_of(file: YamlText, values: Mapping[str, Edited]) -> YamlText:
    """The same with an entry of those values by their keys; a value of None is none."""
    return _with(file, partial(entry_lines, values), entry_in_braces(values))


def _with(file: YamlText, block: Callable[[int], list[str]], flow: str) -> YamlText:
    entries = sequence(value_of(file.root, "entries"))
    if entries.value and entries.flow_style:
        return file.inserted(file.offset(entries.value[-1].end_mark), f", {flow}")
    if entries.value:
        column, line = entries.start_mark.column, file.last_line(entries)
        lines = block(column)
        return file.with_lines_after(line, ["", *lines] if _apart(file, entries) else lines)
    start, end = file.offset(entries.start_mark), file.offset(entries.end_mark)
    if mapping(file.root).flow_style:
        return file.inserted(start, f"[{flow}]", end - start)
    emptied = YamlText(file.text[:start].rstrip(" ") + file.text[end:], file.root)
    return emptied.with_lines_after(entries.end_mark.line, block(STEP))


def with_source(file: YamlText, key: str, name: Mapping[Language, str]) -> YamlText:
    """`sources.yaml` with one more source at its end."""
    named = ", ".join(f"{language}: {plain_or_quoted(text, in_flow=True)}" for language, text in name.items())
    root = mapping(file.root)
    if not root.flow_style:
        return file.with_lines_after(file.last_line(root), [f"{key}:", f"  name: {{{named}}}"])
    comma = ", " if root.value else ""
    return file.inserted(file.offset(root.end_mark) - 1, f"{comma}{key}: {{name: {{{named}}}}}")


def _apart(file: YamlText, entries: nodes.SequenceNode) -> bool:
    """Whether the file has an empty line between its entries."""
    line = entries.value[-1].start_mark.line
    return line > 0 and not file.lines()[line - 1].strip()
