"""Entries, phrasings and texts as lines of YAML, or between braces where the file is written so."""

from collections.abc import Mapping
from typing import TypeVar

from knowledge.base import LANGUAGES, Language
from knowledge.writing.additions import NewEntry, Texts
from knowledge.writing.scalars import can_be_block, plain_or_quoted, quoted

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
