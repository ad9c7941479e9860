"""Everything the matcher learns from in one knowledge base, analysed once and arranged for the index."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from knowledge.base import Bilingual, Entry, KnowledgeBase, PracticeQuestion
from knowledge.matching.analysis import Analysis, Analyzer
from knowledge.matching.embedder import Embedder
from knowledge.matching.entry_index import AskedWay, EntryIndex
from knowledge.text.proper_names import places_in

UNANSWERABLE = "~"
"""Begins the ids of the stand-ins for practice questions that nothing answers; no editor's id can."""
_FEW = 6
"""Ways to ask of an entry that suffice to compare others with it."""
_KINDS_OF_UNANSWERABLE = ("near", "far", "trap")


class Corpus:
    """The entries of a knowledge base with their ways to ask, and the practice questions among them.

    Practice questions that nothing answers belong to stand-in entries, one a kind, which compete as known gaps do.
    Noisy ones are left out: they are repaired before they are matched, and show no new way to ask.
    """

    def __init__(self, knowledge: KnowledgeBase, analyzer: Analyzer, embedder: Embedder | None = None) -> None:
        self._embedder = embedder
        self._places = frozenset[str]().union(*map(places_in, knowledge.about.place_names))
        stand_ins = [_stand_in(kind) for kind in _KINDS_OF_UNANSWERABLE]
        self.entries: tuple[Entry, ...] = (*knowledge.entries.values(), *stand_ins)
        self._number = {entry.id: number for number, entry in enumerate(self.entries)}
        asked = [(number, text, "") for number, entry in enumerate(self.entries) for text in _texts(entry)]
        asked += self._practised(knowledge.practice)
        analyses = analyzer.analyze_all(text for _, text, _ in asked)
        self._ways = [
            (AskedWay(number, text.lower(), analysis), author)
            for (number, text, author), analysis in zip(asked, analyses, strict=True)
        ]
        self._answers: Sequence[Analysis] = list(analyzer.analyze_all(map(_said, self.entries)))

    def index(self, keep: Callable[[AskedWay, str], bool] = lambda _way, _author: True) -> EntryIndex:
        """The index over the ways to ask that `keep` keeps, given the way and its author ('' for editors)."""
        ways = sorted((way for way, author in self._ways if keep(way, author)), key=lambda way: way.entry)
        return EntryIndex(self.entries, ways, self._answers, self._embedder, self._places)

    def thin_index(self, whole: frozenset[str], embedder: Embedder | None) -> EntryIndex:
        """The index over what editors wrote: all ways to ask of the entries with the ids in `whole`, few of others."""
        counts: Counter[int] = Counter()

        def few(way: AskedWay, author: str) -> bool:
            counts[way.entry] += not author
            return not author and (counts[way.entry] <= _FEW or self.entries[way.entry].id in whole)

        ways = sorted((way for way, author in self._ways if few(way, author)), key=lambda way: way.entry)
        return EntryIndex(self.entries, ways, self._answers, embedder, self._places)

    def editors_texts(self) -> list[str]:
        """The ways to ask that editors wrote."""
        return [way.text for way in self.editors_ways()]

    def editors_ways(self) -> list[AskedWay]:
        """The same, analysed."""
        return [way for way, author in self._ways if not author]

    def gaps(self) -> set[int]:
        """The numbers of the entries that answer nothing."""
        return {number for number, entry in enumerate(self.entries) if entry.known_gap}

    def stand_ins(self) -> frozenset[int]:
        """The numbers of the entries that only stand for practice questions that nothing answers."""
        return frozenset(number for number, entry in enumerate(self.entries) if entry.id.startswith(UNANSWERABLE))

    def _practised(self, practice: Iterable[PracticeQuestion]) -> list[tuple[int, str, str]]:
        found = []
        for question in practice:
            owner = question.entries[0] if question.entries else f"{UNANSWERABLE}{question.kind or 'near'}"
            if not question.noise and not question.before and owner in self._number:
                found.append((self._number[owner], question.text, question.author))
        return found


def _stand_in(kind: str) -> Entry:
    nothing = Bilingual("")
    return Entry(f"{UNANSWERABLE}{kind}", UNANSWERABLE, nothing, nothing, known_gap=True)


def _texts(entry: Entry) -> list[str]:
    return [text for _, text in entry.ways_to_ask() if text]


def _said(entry: Entry) -> str:
    lacks = (entry.subject.ko, entry.subject.en) if entry.subject else ()
    return " ".join(filter(None, (entry.question.ko, *lacks, entry.answer.ko, entry.answer.en)))
