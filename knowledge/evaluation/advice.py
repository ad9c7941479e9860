"""Advice for the editor, by the live matcher: what an added entry does to the questions that citizens ask.

Beside: which phrasings would be answered with another entry, had nobody written them down.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge.base import Entry, KnowledgeBase, Language
from knowledge.finding import Finder, Finding, Outcome

OVERLAPS = 2
"""Of an added entry's ways to ask that a known gap replied to before, so that both are said to be about the same."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What there is to say of one added entry; texts are as they were asked.

    `missed` are questions that it is only suggested for, and that nothing answers: phrasings that it lacks. `won` are
    questions that another entry answered before, each with that entry's id: wrong, if that answer was right. `gaps`
    are the ids of known gaps that spoke for what it answers now: to be removed or narrowed.
    """

    entry_id: str
    missed: tuple[str, ...] = ()
    won: tuple[tuple[str, str], ...] = ()
    gaps: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missed or self.won or self.gaps)


def advise(
    knowledge: KnowledgeBase, added: Iterable[str], asked: Iterable[str], finder: Callable[[KnowledgeBase], Finder]
) -> Iterator[Advice]:
    """Advice on each of the entries with the ids in `added`, in their order; none where there is nothing to say.

    `knowledge` holds the added entries already; `asked` are questions of citizens, practised or recorded. `finder`
    builds a finder over a knowledge base: with the added entries and without; both are asked everything.
    """
    ids = tuple(dict.fromkeys(added))
    if not ids:
        return
    before, after = finder(_without(knowledge, frozenset(ids))), finder(knowledge)
    changes = [(question, before.find(question), after.find(question)) for question in dict.fromkeys(asked)]
    for entry_id in ids:
        advice = Advice(
            entry_id,
            tuple(question for question, old, new in changes if _is_missed(entry_id, old, new)),
            tuple((question, lost) for question, old, new in changes if (lost := _lost(entry_id, old, new))),
            _gaps_over(knowledge, entry_id, before),
        )
        if advice:
            yield advice


def _without(knowledge: KnowledgeBase, ids: frozenset[str]) -> KnowledgeBase:
    topics = (
        replace(topic, entries=tuple(entry for entry in topic.entries if entry.id not in ids))
        for topic in knowledge.topics
    )
    practice = tuple(question for question in knowledge.practice if not ids & {*question.entries, *question.also})
    return replace(knowledge, topics=tuple(topics), practice=practice)


def _is_missed(entry_id: str, old: Finding, new: Finding) -> bool:
    """Whether the entry is the first suggestion for what nothing answered before, nor does now."""
    nothing = Outcome.ANSWER not in (old.outcome, new.outcome)
    return nothing and bool(new.suggestions) and new.suggestions[0].id == entry_id


def _lost(entry_id: str, old: Finding, new: Finding) -> str | None:
    """The entry that answered before, where the added one answers now."""
    if new.outcome is not Outcome.ANSWER or not new.entry or new.entry.id != entry_id:
        return None
    return old.entry.id if old.outcome is Outcome.ANSWER and old.entry else None


def _gaps_over(knowledge: KnowledgeBase, entry_id: str, before: Finder) -> tuple[str, ...]:
    """The known gaps that replied to several of the entry's ways to ask before it was there."""
    replies = [before.find(text).entry for _, text in knowledge.entries[entry_id].ways_to_ask() if text]
    spoke = [entry.id for entry in replies if entry and entry.known_gap]
    return tuple(gap for gap in dict.fromkeys(spoke) if spoke.count(gap) >= OVERLAPS)


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
