"""Inserts entries, sources and phrasings into the text of the editors' files, however these are written."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from yaml import nodes

from knowledge.base import Language
from knowledge.writing.additions import NewEntry
from knowledge.writing.edits import Edited, entry_in_braces, entry_lines
from knowledge.writing.yaml_text import (
    STEP,
    YamlText,
    block_entry,
    block_phrasings,
    flow_entry,
    flow_phrasings,
    mapping,
    plain_or_quoted,
    quoted,
    sequence,
    value_of,
)


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
    """Whether the file has an empty line between its entries, or has one entry so far and could have."""
    if len(entries.value) == 1:
        return True
    line = entries.value[-1].start_mark.line
    return line > 0 and not file.lines()[line - 1].strip()


def with_phrasings(file: YamlText, entry_id: str, language: Language, texts: Sequence[str]) -> YamlText:
    """The topic's file with more ways to ask for that entry."""
    entry = _entry(file, entry_id)
    phrasings = value_of(entry, "phrasings")
    if phrasings is None:
        return _with_key(file, entry, language, texts)
    if isinstance(phrasings, nodes.SequenceNode):
        if language == "ko":
            return _with_items(file, phrasings, texts)
        return _with_languages(file, entry, phrasings, language, texts)
    ways = value_of(phrasings, language)
    if isinstance(ways, nodes.SequenceNode):
        return _with_items(file, ways, texts)
    return _with_language(file, mapping(phrasings), language, texts)


def _entry(file: YamlText, entry_id: str) -> nodes.MappingNode:
    for entry in sequence(value_of(file.root, "entries")).value:
        named = value_of(entry, "id")
        if named is not None and named.value == entry_id:
            return mapping(entry)
    raise KeyError(entry_id)


def _with_items(file: YamlText, sequence: nodes.SequenceNode, texts: Sequence[str]) -> YamlText:
    if not sequence.flow_style:
        indent = " " * sequence.start_mark.column
        return file.with_lines_after(file.last_line(sequence), [f"{indent}- {plain_or_quoted(text)}" for text in texts])
    items = ", ".join(map(quoted, texts))
    if sequence.value:
        return file.inserted(file.offset(sequence.value[-1].end_mark), f", {items}")
    return file.inserted(file.offset(sequence.start_mark) + 1, items)


def _with_language(file: YamlText, phrasings: nodes.MappingNode, language: Language, texts: Sequence[str]) -> YamlText:
    if not phrasings.flow_style:
        lines = block_phrasings({language: tuple(texts)}, phrasings.start_mark.column)
        return file.with_lines_after(file.last_line(phrasings), lines)
    ways = f"{language}: [{', '.join(map(quoted, texts))}]"
    if phrasings.value:
        return file.inserted(file.offset(phrasings.value[-1][1].end_mark), f", {ways}")
    return file.inserted(file.offset(phrasings.start_mark) + 1, ways)


def _with_languages(
    file: YamlText, entry: nodes.Node, korean: nodes.SequenceNode, language: Language, texts: Sequence[str]
) -> YamlText:
    """A plain list stands for Korean alone; with another language, each has a list of its own."""
    if korean.flow_style:
        start, end = file.offset(korean.start_mark), file.offset(korean.end_mark)
        other = f"{language}: [{', '.join(map(quoted, texts))}]"
        return file.inserted(start, f"{{ko: {file.text[start:end]}, {other}}}", end - start)
    first, last = korean.start_mark.line, file.last_line(korean)
    column = max(korean.start_mark.column, entry.start_mark.column + STEP)
    lines = file.lines()
    moved = [" " * STEP + line if line.strip() else line for line in lines[first : last + 1]]
    heading = f"{' ' * column}ko:{file.line_break}"
    text = "".join([*lines[:first], heading, *moved, *lines[last + 1 :]])
    shifted = YamlText(text, file.root)
    return shifted.with_lines_after(last + 1, block_phrasings({language: tuple(texts)}, column))


def _with_key(file: YamlText, entry: nodes.MappingNode, language: Language, texts: Sequence[str]) -> YamlText:
    """The entry had no phrasings so far."""
    ways = {language: tuple(texts)}
    if entry.flow_style:
        return file.inserted(file.offset(entry.value[-1][1].end_mark), f", phrasings: {flow_phrasings(ways)}")
    column, line = entry.start_mark.column, file.last_line(value_of(entry, "question") or entry)
    return file.with_lines_after(line, [f"{' ' * column}phrasings:", *block_phrasings(ways, column + STEP)])
