"""What the matcher learns from in one knowledge base, analysed once, and indexed for search.

The corpus has the entries with their ways to ask, and the practice questions among them; the index arranges them by
rows and by entries.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.base import Bilingual, Entry, KnowledgeBase, PracticeQuestion
from knowledge.matching.analysis import KINDS, Analysis, Analyzer, Rarity, kind_bits, letters_of
from knowledge.matching.comparison import Held, WeighedWords
from knowledge.matching.likeness import Embedder, Likeness, SameTexts, SemanticIndex
from knowledge.matching.term_index import Doubles, Floats, GramIndex, Ints, Lists, WordIndex
from knowledge.text.proper_names import places_in
from knowledge.text.words import word_frequencies

_KIND_PRIOR = 0.5
"""Added to each count, so that a kind that no phrasing has is unlikely, not impossible."""
_OWN_PLACE = 0.05
"""A place that so large a share of the entries names is the knowledge base's own."""
_NAMING = "NSX"
"""First letters of the Sejong tags of nouns, foreign words and numbers, and roots."""
_GIVES = {
    "when": r"\d\s*(?:시|분|일|월|년|주|개월|살|세)|요일|매일|매주|매월|평일|주말|오전|오후|연중|상시",
    "how-much": r"\d\s*(?:만|천|억|조)*\s*원|무료|유료|%|퍼센트|공짜|won",
    "how-many": r"\d",
    "where": r"층|[동로길]\s?\d|역|센터|[시구군도]청|누리집|홈페이지|앱|창구|입구|지하|옆|앞|건물|[가-힣]관|[가-힣]실",
    "who": r"사람|[시주구]민|이상|이하|대상|가구|가족|자녀|어르신|어린이|청년|시장|대표|교수|회사|담당|신청자|누구",
}
_GIVING = {KINDS.index(kind): re.compile(pattern) for kind, pattern in _GIVES.items()}


@dataclass(frozen=True, slots=True)
class AskedWay:
    """One way to ask an entry's question, analysed."""

    entry: int
    text: str
    analysis: Analysis


class EntryIndex:
    """Entries by number; the ways to ask stand in rows, those of one entry next to each other.

    `places` are the knowledge base's own: whoever names them asks about nothing else.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        ways: Sequence[AskedWay],
        answers: Sequence[Analysis],
        embedder: Embedder | None = None,
        places: frozenset[str] = frozenset(),
    ) -> None:
        self.entries = entries
        self.likeness = Likeness([way.text for way in ways])
        letters = [letters_of(way.text) for way in ways]
        self._texts = SameTexts(letters)
        self.meaning = WordIndex(way.analysis.morphemes for way in ways)
        self.spelling = GramIndex(letters)
        self.owner: Ints = np.fromiter((way.entry for way in ways), np.int64, len(ways))
        self.starts: Ints = np.searchsorted(self.owner, np.arange(len(entries)))
        self.sizes: Ints = np.bincount(self.owner, minlength=len(entries))
        """How many ways to ask each entry has."""
        self.semantic = SemanticIndex(self._thin(ways), embedder)
        self.semantic_answers = SemanticIndex(self._thin_answers(), embedder if len(self.semantic) else None)
        """Rows are entries."""
        self.known_gap = np.array([entry.known_gap for entry in entries], dtype=bool)
        self.kinds = _kind_shares(ways, len(entries))
        self.kinds_overall = self.kinds.mean(axis=0) if len(entries) else self.kinds.sum(axis=0)
        self.said = _by_entry(self.meaning.rows, self.owner, len(entries)).by_item(len(self.meaning.idf))
        """For each morpheme the entries with ways to ask that hold it, and how many do."""
        self.answers = _Answers(answers)
        self.gives = _gives(entries)
        self.numbers = _numbers(ways, answers)
        self.places = _united([way.analysis.places for way in ways], self.owner, [each.places for each in answers])
        self.names = _united([way.analysis.names for way in ways], self.owner, [each.names for each in answers])
        self.years = _years(entries, ways, answers)
        self.own_places = places | _frequent(self.places, _OWN_PLACE * max(1, len(entries)))
        self.lean = self._lean()
        self.rarity = Rarity(word_frequencies())
        self._kinds = np.fromiter((kind_bits(way.analysis) for way in ways), np.int64, len(ways))
        self._forms = [word.rsplit("/", 1)[0] for word in self.meaning.vocabulary]
        self._general = np.fromiter(map(self.rarity, self.meaning.vocabulary), np.float64, len(self._forms))
        self._names = np.fromiter((word[-1] in _NAMING for word in self.meaning.vocabulary), bool, len(self._forms))
        self._spread = 1 - np.log1p(self.said.sizes) / np.log1p(len(entries) + 1)

    def _thin(self, ways: Sequence[AskedWay]) -> dict[int, str]:
        """The texts, by row, of the entries with so few ways to ask that words alone do not find them."""
        few = self.sizes[self.owner] <= SemanticIndex.FEW
        return {row: ways[row].text for row in np.flatnonzero(few).tolist()}

    def _thin_answers(self) -> dict[int, str]:
        """Question and answer, by entry, of the same."""
        thin = np.flatnonzero((self.sizes > 0) & (self.sizes <= SemanticIndex.FEW)).tolist()
        return {number: f"{self.entries[number].question.ko} {self.entries[number].answer.ko}" for number in thin}

    def _lean(self) -> Floats:
        """For each morpheme how much more often it stands in gaps' ways to ask than in others': a log ratio."""
        of_gaps = self.known_gap[self.owner]
        everywhere = self.meaning.document_frequency
        in_gaps = self.meaning.frequency_among(of_gaps)
        gap_share = (in_gaps + 1) / (of_gaps.sum() + 2)
        answer_share = (everywhere - in_gaps + 1) / ((~of_gaps).sum() + 2)
        return np.asarray(np.log(gap_share / answer_share), np.float32)

    def asked_so(self, text: str) -> int | None:
        """The entry of which the text is a way to ask, letter by letter; None where it is of none or of several."""
        owners = np.unique(self.owner[self._texts.rows(text)])
        return int(owners[0]) if len(owners) == 1 else None

    def asked_elsewhere(self, question: Analysis, entries: Ints) -> NDArray[np.bool_]:
        """For each of the entries whether the question names a municipality, a year or a person that it does not."""
        places, years, people = question.places - self.own_places, question.years, question.people
        return np.array(
            [
                bool(places - self.places[n] or years - self.years[n] or people - self.names[n])
                for n in entries.tolist()
            ],
            bool,
        )

    def near(self, rows: Sequence[Ints]) -> Ints:
        """The entries that own one of the rows, ascending."""
        return np.unique(self.owner[np.concatenate(rows)])

    def rows_of(self, entries: Ints) -> Ints:
        """The rows of the entries, entry after entry."""
        sizes = self.sizes[entries]
        before = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(sizes) else sizes
        return np.asarray(np.arange(sizes.sum()) + np.repeat(self.starts[entries] - before, sizes), np.int64)

    def shares_with(self, morphemes: Ints, entries: Ints) -> Doubles:
        """The share of each entry's ways to ask that hold the morpheme: a row for each of these."""
        return self.said.table(morphemes, entries) / np.maximum(1.0, self.sizes[entries])

    def asked(self, morphemes: Sequence[str]) -> WeighedWords:
        """The words of a question as they are compared; those that no way to ask holds are spread over no entry."""
        numbers = np.array([self.meaning.vocabulary.get(word, -1) for word in morphemes], np.int64)
        spread = np.ones(len(numbers))
        spread[numbers >= 0] = self._spread[numbers[numbers >= 0]]
        return WeighedWords(
            [word.rsplit("/", 1)[0] for word in morphemes],
            numbers,
            np.array([self.rarity(word) for word in morphemes], np.float64),
            spread,
            np.array([word[-1] in _NAMING for word in morphemes], bool),
        )

    def held(self, rows: Ints) -> Held:
        """The words of these rows as they are compared."""
        terms, _, sizes = self.meaning.rows.chosen(rows)
        numbers, places = np.unique(terms, return_inverse=True)
        forms = [self._forms[number] for number in numbers.tolist()]
        words = WeighedWords(forms, numbers, self._general[numbers], self._spread[numbers], self._names[numbers])
        return Held(words, places, sizes, self._kinds[rows])


class _Answers:
    """Which morphemes the entries' answers hold."""

    def __init__(self, answers: Sequence[Analysis]) -> None:
        words = [sorted(set(answer.morphemes)) for answer in answers]
        self._numbers = {word: number for number, word in enumerate(sorted({word for own in words for word in own}))}
        ends = np.cumsum([0, *map(len, words)])
        items = np.array([self._numbers[word] for own in words for word in own], np.int32)
        self._entries = Lists(ends, items, np.ones(len(items), np.float32)).by_item(len(self._numbers))

    def hold(self, morphemes: Sequence[str], entries: Ints) -> NDArray[np.bool_]:
        """Whether the answer holds the morpheme: a row a morpheme, a column for each of the entries, which ascend."""
        held = np.zeros((len(morphemes), len(entries)), bool)
        known = [place for place, word in enumerate(morphemes) if word in self._numbers]
        numbers = np.array([self._numbers[morphemes[place]] for place in known], np.int64)
        held[known] = self._entries.table(numbers, entries) > 0
        return held


def _by_entry(rows: Lists, owner: Ints, size: int) -> Lists:
    """For each entry the items that its rows hold; the weight is how many do."""
    owners = np.repeat(owner, rows.sizes)
    width = int(rows.items.max(initial=0)) + 1
    pairs, counts = np.unique(owners * width + rows.items, return_counts=True)
    ends = np.searchsorted(pairs, np.arange(size + 1) * width)
    return Lists(ends, (pairs % width).astype(np.int32), counts.astype(np.float32))


def _kind_shares(ways: Sequence[AskedWay], size: int) -> Floats:
    """How the kinds of question are distributed over each entry's ways to ask; shape (entries, kinds)."""
    counts = np.full((size, len(KINDS)), _KIND_PRIOR, np.float32)
    for way in ways:
        for kind in way.analysis.kinds:
            counts[way.entry, KINDS.index(kind)] += 1
    return np.asarray(counts / counts.sum(axis=1, keepdims=True), np.float32)


def _gives(entries: Sequence[Entry]) -> Floats:
    """Whether each entry's answer holds what a kind of question asks for: 1 or -1, 0 where that shows in no words."""
    gives = np.zeros((len(entries), len(KINDS)), np.float32)
    for number, entry in enumerate(entries):
        for kind, pattern in _GIVING.items():
            gives[number, kind] = 1 if pattern.search(entry.answer.ko) else -1
    return gives


def _united(
    of_ways: Sequence[frozenset[str]], owner: Ints, of_answers: Sequence[frozenset[str]]
) -> list[frozenset[str]]:
    """What each entry's answer and ways to ask have together."""
    found = [set(own) for own in of_answers]
    for entry, named in zip(owner.tolist(), of_ways, strict=True):
        found[entry] |= named
    return [frozenset(own) for own in found]


def _numbers(ways: Sequence[AskedWay], answers: Sequence[Analysis]) -> list[frozenset[str]]:
    """The numbers that each entry's answer and ways to ask hold."""
    found = [set(answer.numbers) for answer in answers]
    for way in ways:
        found[way.entry] |= way.analysis.numbers
    return [frozenset(numbers) for numbers in found]


def _years(entries: Sequence[Entry], ways: Sequence[AskedWay], answers: Sequence[Analysis]) -> list[frozenset[int]]:
    """The years that each entry names: in its answer, its ways to ask, and as the date of its fact."""
    found = [
        {*answer.years, *([int(entry.as_of[:4])] if entry.as_of and entry.as_of[:4].isdigit() else ())}
        for entry, answer in zip(entries, answers, strict=True)
    ]
    for way in ways:
        found[way.entry] |= way.analysis.years
    return [frozenset(years) for years in found]


def _frequent(places: Sequence[frozenset[str]], least: float) -> frozenset[str]:
    """The places that more than `least` of the entries name."""
    counts: dict[str, int] = {}
    for own in places:
        for place in own:
            counts[place] = counts.get(place, 0) + 1
    return frozenset(place for place, count in counts.items() if count > least)


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
        self._answers: Sequence[Analysis] = analyzer.analyze_all(map(_said, self.entries))

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
