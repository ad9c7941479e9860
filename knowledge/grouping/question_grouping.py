"""Decides to which group of unanswered questions a new one belongs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.base import KnowledgeBase
from knowledge.grouping.asked_texts import AskedTexts, Meanings
from knowledge.grouping.fitted import GroupingNumbers, PairModel, load_fitted
from knowledge.grouping.group_blocks import GROUPS_A_BLOCK, AskedGroup, Block
from knowledge.grouping.neighbourhood import Neighbourhood
from knowledge.grouping.pair_features import pair_features
from knowledge.matching.analysis import Analyzer, Rarity
from knowledge.matching.likeness import Embedder
from knowledge.matching.term_index import Floats
from knowledge.text.words import WordFrequencies, word_frequencies

_LOOKED_AT = 12
"""So many groups by letters, and so many by meaning, are compared in full; the others share too little."""
_SHOWN = 5
_ASKED_ABOUT = 0.25
"""The least likeness of two groups of which staff are asked whether they ask the same."""
_BACKGROUND = 120
"""Texts, about."""
_GROUPS_REMEMBERED = 5_000
_BLOCKS_REMEMBERED = 2 * _GROUPS_REMEMBERED // GROUPS_A_BLOCK
_MOST_WORDS = 500_000
"""When so many different words were met, reading starts anew, so that memory stays within bounds."""
_MOST_IN_MEANING = 6_000
"""Texts; where there are more, none is embedded, as each takes a hundredth of a second after every start."""


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
class Placed:
    """Where a question belongs.

    `group` is the place of its group among those given, None when it starts a new one. `likeness` is the probability
    (0..1) that it asks the same as the nearest group. `nearest` are the nearest groups, best first, `group` among them.
    """

    group: int | None
    likeness: float
    nearest: tuple[Near, ...] = ()


class QuestionGrouping:
    """Places questions, one after the other, by their likeness to the texts of each group.

    Holds nothing but what it has read: the groups come with every call. Not for several threads at once. `background`
    are some of the questions that the knowledge base answers: what is said everywhere there tells little.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        background: Sequence[str] = (),
        *,
        embedder: Embedder | None = None,
        numbers: GroupingNumbers | None = None,
        usual: WordFrequencies | None = None,
    ) -> None:
        self._analyzer, self._embedder = analyzer, embedder
        self._background = tuple((text,) for text in background)
        self._numbers = numbers or load_fitted()
        self._rarity = Rarity(usual or word_frequencies())
        self._forget()

    def place(self, question: str, groups: Sequence[GroupTexts]) -> Placed:
        """The group that `question` belongs to. Never raises, whatever the texts."""
        if len(self._texts.words) > _MOST_WORDS:
            self._forget()
        around = self.neighbourhood(question, groups)
        model = self._model(around)
        looked_at = around.nearest(_LOOKED_AT)
        alike = self._alike(around, looked_at)
        order = [int(place) for place in np.argsort(-alike, kind="stable")]
        nearest = tuple(Near(looked_at[place], model.likeness(float(alike[place]))) for place in order)
        same = around.same_text()
        if same is not None:
            others = (near for near in nearest if near.group != same)
            nearest = (Near(same, 1.0), *others)
            return Placed(same, 1.0, nearest[:_SHOWN])
        if not nearest:
            return Placed(None, 0.0)
        joins = alike[order[0]] >= model.enough and around.question.words.size > 0
        return Placed(nearest[0].group if joins else None, nearest[0].likeness, nearest[:_SHOWN])

    def close(self, group: int, groups: Sequence[GroupTexts]) -> tuple[Near, ...]:
        """The groups that may ask the same as the one of that place, so that staff are asked; the likest first."""
        others = [place for place in range(len(groups)) if place != group]
        elsewhere = [groups[place] for place in others]
        texts = groups[group].texts[:_SHOWN]
        likenesses: dict[int, float] = {}
        for text in texts:
            around = self.neighbourhood(text, elsewhere)
            looked_at = around.nearest(_LOOKED_AT)
            for place, alike in zip(looked_at, self._alike(around, looked_at).tolist(), strict=True):
                likenesses[place] = likenesses.get(place, 0) + self._model(around).likeness(alike) / len(texts)
        near = [Near(others[place], likeness) for place, likeness in likenesses.items() if likeness >= _ASKED_ABOUT]
        return tuple(sorted(near, key=lambda each: -each.likeness)[:_SHOWN])

    def neighbourhood(self, question: str, groups: Sequence[GroupTexts]) -> Neighbourhood:
        """The question among the groups, all of them read."""
        meanings = self._meanings if sum(len(group.texts) for group in groups) <= _MOST_IN_MEANING else None
        read = [self._group(tuple(group.texts)) for group in groups]
        blocks = [
            self._block(tuple(part), meanings)
            for part in [*_parts(read), *_parts(list(map(self._group, self._background)))]
        ]
        return Neighbourhood(self._texts.read(question), read, blocks, self._texts.words, meanings)

    def read_ahead(self, texts: Sequence[str], most: int) -> bool:
        """Reads at most so many of the texts that will be in groups; whether all are read now.

        A text takes about a hundredth of a second, which the first question else waits for.
        """
        if not self._meanings or len(texts) > _MOST_IN_MEANING:
            return True
        plain = [self._texts.read(text).plain for text in (*texts, *(text for (text,) in self._background))]
        missing = [text for text in dict.fromkeys(plain) if text not in self._meanings]
        self._meanings.of(missing[:most])
        return len(missing) <= most

    def _alike(self, around: Neighbourhood, looked_at: Sequence[int]) -> Floats:
        """How alike the question is to each of the groups."""
        if not looked_at:
            return np.zeros(0, np.float32)
        sizes = np.array([len(around.groups[place].texts) for place in looked_at], np.int64)
        return self._model(around).by_group(pair_features(around, looked_at, self._numbers.centre), sizes)

    def _model(self, around: Neighbourhood) -> PairModel:
        return self._numbers.semantic if around.meanings else self._numbers.lexical

    def _forget(self) -> None:
        self._texts = AskedTexts(self._analyzer, self._rarity)
        self._meanings = Meanings(self._embedder) if self._embedder else None
        self._group: Callable[[tuple[str, ...]], AskedGroup] = lru_cache(maxsize=_GROUPS_REMEMBERED)(self._read_group)
        self._block = lru_cache(maxsize=_BLOCKS_REMEMBERED)(Block.of)

    def _read_group(self, texts: tuple[str, ...]) -> AskedGroup:
        return AskedGroup.of([self._texts.read(text) for text in texts])


def background_of(knowledge: KnowledgeBase) -> list[str]:
    """Some questions of entries all over the knowledge base: the same ones as long as it is the same."""
    texts = [entry.question.ko for entry in knowledge.entries.values() if entry.question.ko]
    return texts[:: 1 + len(texts) // _BACKGROUND]


def _parts(groups: Sequence[AskedGroup]) -> list[tuple[AskedGroup, ...]]:
    return [tuple(groups[first : first + GROUPS_A_BLOCK]) for first in range(0, len(groups), GROUPS_A_BLOCK)]
