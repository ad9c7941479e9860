"""Decides to which group of unanswered questions a new one belongs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.grouping.blocks import GROUPS_A_BLOCK, Block, ReadGroup
from knowledge.grouping.context import Context
from knowledge.grouping.evidence import gather
from knowledge.grouping.fitted import GroupingNumbers, load_fitted
from knowledge.grouping.linkage import linkage
from knowledge.grouping.reading import Reader
from knowledge.matching.analysis import Analyzer
from knowledge.matching.term_index import Floats
from knowledge.text.word_frequencies import WordFrequencies, word_frequencies

_LOOKED_AT = 16
"""So many groups are compared in full; the others share too little with the question."""
_SHOWN = 5
_GROUPS_REMEMBERED = 5_000
_BLOCKS_REMEMBERED = 2 * _GROUPS_REMEMBERED // GROUPS_A_BLOCK
_MOST_WORDS = 500_000
"""When so many different words were met, reading starts anew, so that memory stays within bounds."""


@dataclass(frozen=True, slots=True)
class GroupTexts:
    """A group of questions that ask the same; `texts` are those that are kept, ten at most for speed."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A group near to a question: its place among the groups given, and the probability that they ask the same."""

    group: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a question belongs.

    `group` is the place of its group among those given, None when it starts a new one. `likeness` is the probability
    (0..1) that it asks the same as the nearest group. `nearest` are the nearest groups, best first, `group` among
    them. `also` are groups that seem to be one with `group`, now that the question is in it: they may be merged.
    """

    group: int | None
    likeness: float
    nearest: tuple[Near, ...] = ()
    also: tuple[int, ...] = ()


class QuestionGrouping:
    """Places questions, one after the other, by their likeness to the texts of each group.

    Holds nothing but what it has read: the groups come with every call. Not for several threads at once.
    """

    def __init__(
        self, analyzer: Analyzer, numbers: GroupingNumbers | None = None, usual: WordFrequencies | None = None
    ) -> None:
        self._analyzer = analyzer
        self._numbers = numbers or load_fitted()
        self._usual = usual or word_frequencies()
        self._forget()

    def place(self, question: str, groups: Sequence[GroupTexts]) -> Placement:
        """The group that `question` belongs to. Never raises, whatever the texts."""
        if len(self._reader.words) > _MOST_WORDS:
            self._forget()
        context = self.context(question, groups)
        looked_at = context.nearest(_LOOKED_AT)
        alike = self._alike(context, looked_at)
        order = [int(place) for place in np.argsort(-alike, kind="stable")]
        nearest = tuple(Near(looked_at[place], self._numbers.likeness(float(alike[place]))) for place in order)
        same = context.same_text()
        if same is not None:
            others = (near for near in nearest if near.group != same)
            nearest = (Near(same, 1.0), *others)
        enough = [looked_at[place] for place in order if alike[place] >= self._numbers.enough]
        group = same if same is not None else next(iter(enough), None)
        also = self._same_as(context, group, enough) if group is not None else ()
        likeness = nearest[0].likeness if nearest else 0.0
        return Placement(group, likeness, nearest[:_SHOWN], also)

    def context(self, question: str, groups: Sequence[GroupTexts]) -> Context:
        """The question among the groups, all of them read."""
        read = [self._group(tuple(group.texts)) for group in groups]
        blocks = [
            self._block(tuple(read[first : first + GROUPS_A_BLOCK])) for first in range(0, len(read), GROUPS_A_BLOCK)
        ]
        return Context(self._reader.read(question), read, blocks, self._reader.words)

    def read_ahead(self, texts: Iterable[str]) -> None:
        """Reads texts that will be in groups: it takes about 0.6 ms each, which the first question else waits for."""
        for text in texts:
            self._reader.read(text)

    def _same_as(self, context: Context, group: int, others: Sequence[int]) -> tuple[int, ...]:
        """Which of the others seem to be one with the group: on average its texts are alike enough to them."""
        others = [other for other in others if other != group]
        if not others:
            return ()
        texts = [context.question, *context.groups[group].texts]
        alike = np.mean([self._alike(context.of_another(text), others) for text in texts], axis=0)
        return tuple(np.array(others)[alike >= self._numbers.enough_to_merge].tolist())

    def _alike(self, context: Context, looked_at: Sequence[int]) -> Floats:
        """How alike the context's question is to each of the groups."""
        texts = [text for place in looked_at for text in context.groups[place].texts]
        sizes = np.array([len(context.groups[place].texts) for place in looked_at], np.int64)
        return linkage(self._numbers.logits(gather(context, texts)), sizes)

    def _forget(self) -> None:
        self._reader = Reader(self._analyzer, self._usual)
        self._group = lru_cache(maxsize=_GROUPS_REMEMBERED)(self._read_group)
        self._block = lru_cache(maxsize=_BLOCKS_REMEMBERED)(Block.of)

    def _read_group(self, texts: tuple[str, ...]) -> ReadGroup:
        return ReadGroup.of([self._reader.read(text) for text in texts])
