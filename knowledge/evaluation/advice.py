"""What an added entry does to the questions that citizens ask: advice for the editor, by the live matcher."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge.base import KnowledgeBase
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
