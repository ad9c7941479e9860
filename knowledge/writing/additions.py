"""What can be added to a knowledge base, and whether a changed one holds just this and all that it held before."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from knowledge.base import Bilingual, Entry, KnowledgeBase, Language

Texts = Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that is to be added to its topic; `topic` is None, or of no file, for the staff's own topic."""

    id: str
    topic: str | None
    question: Mapping[Language, str]
    answer: Mapping[Language, str]
    phrasings: Texts = field(default_factory=dict)
    source: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class MorePhrasings:
    """More ways to ask for an entry that is there."""

    entry_id: str
    phrasings: Texts


@dataclass(frozen=True, slots=True)
class RegressionQuestion:
    """A question that the entry must go on to answer; `id` names it in the question file."""

    id: str
    question: str
    entry_id: str


@dataclass(frozen=True, slots=True)
class Additions:
    """Everything that is to be added at once."""

    entries: tuple[NewEntry, ...] = ()
    phrasings: tuple[MorePhrasings, ...] = ()
    regression: tuple[RegressionQuestion, ...] = ()


def new_id(topic: str, english: str, taken: Collection[str]) -> str:
    """An id that no entry has, made of the English question where there is one, else of the topic and a number."""
    words = re.findall(r"[a-z0-9]+", english.casefold().replace("'", ""))
    telling = [word for word in words if len(word) >= _TELLING][:_MOST_WORDS]
    stem = "-".join(telling)[:_LONGEST_STEM].strip("-")
    if stem and stem not in taken:
        return stem
    stem, number = stem or topic[:_LONGEST_STEM].strip("-"), 2 if stem else 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


_MOST_WORDS = 4
_TELLING = 4
"""Letters: shorter English words mostly say nothing of what is asked."""
_LONGEST_STEM = 40


def missing(before: KnowledgeBase, after: KnowledgeBase, additions: Additions) -> list[str]:
    """The ids of entries that do not say what they should after the additions; none when all is well."""
    more: dict[str, dict[Language, tuple[str, ...]]] = {}
    for each in additions.phrasings:
        ways = more.setdefault(each.entry_id, {})
        for language, texts in each.phrasings.items():
            ways[language] = (*ways.get(language, ()), *texts)
    new = {entry.id for entry in additions.entries}
    wrong = [entry.id for entry in additions.entries if not _is_there(after.entries.get(entry.id), entry)]
    wrong += list(_changed(before, after, more))
    return wrong + [entry_id for entry_id in after.entries if entry_id not in new and entry_id not in before.entries]


def _is_there(entry: Entry | None, wanted: NewEntry) -> bool:
    return (
        entry is not None
        and _says(entry.question, wanted.question)
        and _says(entry.answer, wanted.answer)
        and all(entry.phrasings.get(language, ())[: len(ways)] == ways for language, ways in wanted.phrasings.items())
    )


def _says(text: Bilingual, wanted: Mapping[Language, str]) -> bool:
    return {"ko": text.ko, "en": text.en} == {"ko": wanted.get("ko"), "en": wanted.get("en")}


def _changed(
    before: KnowledgeBase, after: KnowledgeBase, more: Mapping[str, Mapping[Language, tuple[str, ...]]]
) -> Iterator[str]:
    for entry_id, old in before.entries.items():
        new = after.entries.get(entry_id)
        ways = {
            language: (*texts, *more.get(entry_id, {}).get(language, ())) for language, texts in old.phrasings.items()
        }
        if new is None or new.phrasings != ways or _without_phrasings(new) != _without_phrasings(old):
            yield entry_id


def _without_phrasings(entry: Entry) -> tuple[object, ...]:
    source = entry.source.key if entry.source else None
    return (entry.topic_id, entry.question, entry.answer, source, entry.as_of, entry.review_by, entry.see_also)
