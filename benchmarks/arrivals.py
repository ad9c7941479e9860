"""Questions that arrive one by one, the groups that are made of them, and how right these are."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Texts = Mapping[str, Sequence[str]]
"""The texts of each group by its name."""


class Scores(NamedTuple):
    """Over all pairs of questions: of those put together, how many belong together; of those, how many were found.

    `misrouted` is the share of questions in a group most of which asks something else.
    """

    precision: float
    recall: float
    f1: float
    misrouted: float


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Texts in the order in which they arrive, and the group that each belongs to."""

    texts: tuple[str, ...]
    groups: tuple[str, ...]

    def scores(self, made: Sequence[int]) -> Scores:
        """How right it is that each text was put into the group of that number."""
        together = _pairs(Counter(made))
        belonging = _pairs(Counter(self.groups))
        right = _pairs(Counter(zip(self.groups, made, strict=True)))
        return Scores(
            right / max(1, together),
            right / max(1, belonging),
            2 * right / max(1, together + belonging),
            self._misrouted(made),
        )

    def _misrouted(self, made: Sequence[int]) -> float:
        asked = Counter(zip(made, self.groups, strict=True))
        most = {number: max(count for (own, _), count in asked.items() if own == number) for number in set(made)}
        return 1 - sum(most.values()) / max(1, len(made))


def _pairs(sizes: Counter[int] | Counter[str] | Counter[tuple[str, int]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def draw(groups: Texts, number: int | None, seed: int) -> Arrivals:
    """The texts of that many of the groups, of all without a number, shuffled."""
    chance = random.Random(seed)
    chosen = chance.sample(sorted(groups), len(groups) if number is None else number)
    arriving = [(text, name) for name in chosen for text in groups[name]]
    chance.shuffle(arriving)
    return Arrivals(tuple(text for text, _ in arriving), tuple(name for _, name in arriving))


def in_order(groups: Texts) -> Arrivals:
    """The texts of one group after those of the other."""
    arriving = [(text, name) for name, texts in groups.items() for text in texts]
    return Arrivals(tuple(text for text, _ in arriving), tuple(name for _, name in arriving))


def halves(groups: Texts) -> tuple[Texts, Texts]:
    """The groups that numbers are fitted on, and those that they are judged by: always the same."""
    fitted = {name: texts for name, texts in groups.items() if crc32(texts[0].encode()) % 2 == 0}
    return fitted, {name: texts for name, texts in groups.items() if name not in fitted}


def average_linkage(likeness: NDArray[np.floating], enough: float) -> list[int]:
    """Puts each text into the group with the greatest mean likeness, or into a new one where that is not enough.

    `likeness` has a row and a column for each text, in the order of arrival.
    """
    size = len(likeness)
    sums, counts = np.zeros((size, size)), np.zeros(size)
    made: list[int] = []
    for text in range(size):
        there = max(made, default=-1) + 1
        means = sums[:there, text] / counts[:there]
        best = int(means.argmax()) if there else 0
        group = best if there and means[best] >= enough else there
        sums[group] += likeness[text]
        counts[group] += 1
        made.append(group)
    return made


def by_text(arrivals: Arrivals) -> list[int]:
    """Groups of exactly the same text."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(text, len(numbers)) for text in arrivals.texts]


Limit = TypeVar("Limit")


def in_hindsight(arrivals: Arrivals, make: Callable[[float], Sequence[int]], limits: Sequence[float]) -> Scores:
    """The scores with the limit that turns out best for these arrivals."""
    return max((arrivals.scores(make(limit)) for limit in limits), key=lambda scores: scores.f1)
