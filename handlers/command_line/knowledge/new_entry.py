"""Asks the questions that make an entry, and asks again where an answer cannot be taken."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import typer

from bot.wording.editor_words import EntriesWords
from handlers.command_line.output import language_of_terminal
from knowledge.base import LANGUAGES, Entry
from knowledge.errors import Fault, details
from knowledge.loading.entry_check import faults_of_values
from knowledge.loading.lint import dates_to_come, entries_asked
from knowledge.loading.loader import read_knowledge
from knowledge.writing.additions import new_id
from knowledge.writing.changes import Change, with_new_entries

_YES = frozenset({"", "y", "yes", "예", "네", "ㅛ"})
_NO = frozenset({"n", "no", "아니요", "아니오", "ㅜ"})


def ask_for_entry(folder: Path, words: EntriesWords, today: date) -> Change:
    """The change that adds the entry to its topic. Raises KnowledgeFaultsError when the folder has faults."""
    files = read_knowledge(folder)
    topics = [file.shape.topic for file in files.files]
    topic = _asked(words, words.topic.format(topics=", ".join(topics)), "topic", lambda text: text)
    titles = {} if topic in topics else {topic: _asked(words, words.title, "title", lambda text: text)}
    is_new = _new_ways_to_ask(words, entries_asked(files))
    english = words.english_question if "en" in files.knowledge.about.languages else None
    question = _bilingual(words, words.question, english, "question", is_new)
    phrasings = _phrasings(words, is_new)
    answer = _bilingual(words, words.answer, english, "answer")
    source = _source(words, files.sources)
    as_of = _asked(words, words.as_of, "as_of", _or_none, may_be=_has_come(words, today))
    taken = {entry.id for file in files.files for entry in file.shape.entries}
    made = new_id(str(topic), question.get("en", ""), taken)
    entry_id = _asked(words, words.entry_id, "id", lambda text: text, made)
    values = {
        "id": entry_id, "question": question, "phrasings": phrasings or None, "answer": answer,
        "source": source, "as_of": as_of,
    }  # fmt: skip
    (change,) = with_new_entries(folder, files, [(str(topic), values)], titles=titles)
    return change


def _source(words: EntriesWords, sources: Collection[str]) -> str | None:
    """One of the sources, or none; not asked for where there are none."""

    def is_known(typed: str) -> bool:
        if typed and typed not in sources:
            typer.echo(words.no_such_source.format(sources=", ".join(sources)), err=True)
            return False
        return True

    prompt = words.source.format(sources=", ".join(sources))
    return _asked(words, prompt, "source", _or_none, may_be=is_known) if sources else None


def _has_come(words: EntriesWords, today: date) -> Callable[[str], bool]:
    """Whether the date of a fact is none to come; else it is told."""

    def has_come(typed: str) -> bool:
        told = [
            Fault("", 1, 1, "future-date", details(key=key, value=value, today=today))
            for key, value in dates_to_come(typed, None, today)
        ]
        _tell(words, told)
        return not told

    return has_come


def _tell(words: EntriesWords, faults: Iterable[Fault]) -> None:
    language = language_of_terminal()
    for fault in faults:
        typer.echo(words.wrong.format(wrong=fault.wrong(language), advice=fault.advice(language)), err=True)


def _or_none(text: str) -> str | None:
    return text or None


def _new_ways_to_ask(words: EntriesWords, asked: Callable[[str], Entry | None]) -> Callable[[str], bool]:
    """Whether a text is no way to ask for an entry that is there; else it is told of which."""

    def is_new(text: str) -> bool:
        entry = asked(text)
        if entry:
            typer.echo(words.asked_already.format(entry=entry.id), err=True)
        return entry is None

    return is_new


def _asked(  # noqa: PLR0917  # what is asked, and what may be answered
    words: EntriesWords,
    prompt: str,
    key: str,
    value_of: Callable[[str], Any],
    default: str = "",
    may_be: Callable[[str], bool] = lambda _: True,
) -> Any:
    """What was typed, as a value that an entry may have under that key."""
    while True:
        typed = typer.prompt(prompt, default=default, show_default=bool(default)).strip()
        value = value_of(typed)
        faults = faults_of_values({key: value})
        if not faults and may_be(typed):
            return value
        _tell(words, faults)


def _bilingual(
    words: EntriesWords, korean: str, english: str | None, key: str, may_be: Callable[[str], bool] = lambda _: True
) -> Mapping[Any, str]:
    """The texts by language; without an `english` prompt, Korean alone."""
    texts = {
        "ko": _asked(words, korean, key, lambda text: {"ko": text}, may_be=may_be)["ko"],
        "en": typer.prompt(english, default="", show_default=False).strip() if english else "",
    }
    return {language: texts[language] for language in LANGUAGES if texts[language]}


def _phrasings(words: EntriesWords, is_new: Callable[[str], bool]) -> Mapping[Any, tuple[str, ...]]:
    lines: list[str] = []
    typer.echo(words.phrasings)
    while line := typer.prompt("-", default="", show_default=False, prompt_suffix=" ").strip():
        if is_new(line):
            lines.append(line)
    return {"ko": tuple(lines)} if lines else {}


def is_wanted(words: EntriesWords) -> bool:
    """Whether the person at the terminal wants the change, in either language and with either keyboard."""
    while True:
        typed = typer.prompt(f"{words.write_it} [Y/n]", default="", show_default=False).strip().casefold()
        if typed in _YES:
            return True
        if typed in _NO:
            return False
        typer.echo(words.yes_or_no, err=True)
