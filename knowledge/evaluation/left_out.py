"""Which phrasings would be answered with another entry, had nobody written them down."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge.base import Entry, KnowledgeBase, Language
from knowledge.finding import Finder, Outcome

Asked = Iterable[tuple[Entry, str]]
FOLDS = 5
"""The matcher is built once a fold, each time without a fifth of the phrasings."""


@dataclass(frozen=True, slots=True)
class ConfusedPhrasing:
    """A phrasing of an entry that another one would answer; both by their ids."""

    text: str
    entry_id: str
    other_id: str


def confused_phrasings(
    knowledge: KnowledgeBase, finder: Callable[[KnowledgeBase], Finder], counted: Callable[[Asked], Asked] = iter
) -> Iterator[ConfusedPhrasing]:
    """Each phrasing that a finder which was not told it answers with another entry.

    `counted` passes the phrasings on, one after the other, for who shows how far it is.
    """
    for fold in range(FOLDS):
        shortened, left_out = _without_fold(knowledge, fold)
        live = finder(shortened)
        for entry, phrasing in counted(left_out):
            finding = live.find(phrasing)
            found = finding.entry
            if finding.outcome is Outcome.ANSWER and found and found.id != entry.id:
                yield ConfusedPhrasing(phrasing, entry.id, found.id)


def _without_fold(knowledge: KnowledgeBase, fold: int) -> tuple[KnowledgeBase, list[tuple[Entry, str]]]:
    left_out: list[tuple[Entry, str]] = []
    topics = []
    for topic in knowledge.topics:
        entries = []
        for entry in topic.entries:
            left_out += [(entry, text) for texts in entry.phrasings.values() for text in texts[fold::FOLDS]]
            entries.append(replace(entry, phrasings=_kept(entry, fold)))
        topics.append(replace(topic, entries=tuple(entries)))
    return KnowledgeBase(tuple(topics), knowledge.vocabulary), left_out


def _kept(entry: Entry, fold: int) -> dict[Language, tuple[str, ...]]:
    return {
        language: tuple(text for index, text in enumerate(texts) if index % FOLDS != fold)
        for language, texts in entry.phrasings.items()
    }
