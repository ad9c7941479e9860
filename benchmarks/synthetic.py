"""Knowledge bases of any size, made from the sentences of ParaKQC."""

import random
from collections.abc import Iterator, Sequence

from benchmarks.parakqc import Asked, Split

PHRASINGS_OF_AN_ENTRY = 5
_SHORTEST = 2
_VARIANTS = 10


class Synthesis:
    """Makes entries whose phrasings differ in words, not only in number.

    An entry joins two groups of paraphrases, the beginnings of the one with the ends of the other, and a name of its
    own, put together from halves of words. Its first five variants are phrasings, the others are left to be asked.
    """

    def __init__(self, groups: Sequence[Sequence[str]], seed: int = 0) -> None:
        self._draw = random.Random(seed)
        self._groups = [[text.split() for text in group] for group in groups]
        words = sorted({word for group in self._groups for words in group for word in words})
        long = [word for word in words if len(word) >= _SHORTEST]
        self._heads = [word[: len(word) // 2] for word in long]
        self._tails = [word[len(word) // 2 :] for word in long]

    def split(self, phrasings: int, asked: int) -> Split:
        """That many phrasings, five an entry, and questions to some of the entries."""
        entries = [list(self._variants()) for _ in range(phrasings // PHRASINGS_OF_AN_ENTRY)]
        known = {str(number): variants[:PHRASINGS_OF_AN_ENTRY] for number, variants in enumerate(entries)}
        chosen = self._draw.sample(range(len(entries)), min(asked, len(entries)))
        questions = [
            Asked(self._draw.choice(entries[number][PHRASINGS_OF_AN_ENTRY:]), str(number)) for number in chosen
        ]
        return Split(known, questions)

    def _variants(self) -> Iterator[str]:
        begin, end = self._draw.sample(self._groups, 2)
        name = self._draw.choice(self._heads) + self._draw.choice(self._tails)
        firsts, lasts = self._draw.sample(begin, _VARIANTS), self._draw.sample(end, _VARIANTS)
        for first, last in zip(firsts, lasts, strict=True):
            yield " ".join([*first[: (len(first) + 1) // 2], name, *last[len(last) // 2 :]])
