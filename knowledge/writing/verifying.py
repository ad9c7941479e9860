"""Whether a changed knowledge base holds what was added, letter by letter, and all that it held before."""

from collections.abc import Iterator, Mapping

from knowledge.base import Bilingual, Entry, KnowledgeBase, Language
from knowledge.writing.additions import Additions, NewEntry


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
