"""Compares two questions by what they share, and by what is left over on either side.

Both matching (a question and an entry's ways to ask) and grouping (two questions of citizens) rest on it: the frame of
a sentence, which many share, tells little; a word that only one of the two has tells most.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from knowledge.matching.analysis import letters_of
from knowledge.matching.term_index import Doubles, Floats, Ints

PAIR_FEATURES = (
    *("shared", "shared-spread", "shared-general", "left-asked", "left-asked-spread", "left-asked-general"),
    *("left-held", "left-held-spread", "left-held-general", "covers-asked", "covers-held", "covers-asked-general"),
    *("covers-held-general", "most-shared", "most-left-asked", "most-left-held", "names-left-asked"),
    *("names-left-held", "letters-left", "same-kind", "other-kind", "words-asked", "words-held"),
    *("meaning", "spelling", "string", "semantic"),
)
NO_VECTOR = -1.0
"""Stands for the semantic likeness of texts of which one has no vector: less than any cosine of texts."""
_TELLING = 0.15
_LITTLE = 1e-6


@dataclass(frozen=True, slots=True)
class WeighedWords:
    """Some words, and what each tells: an element a word in every array.

    `general` is how rare it is in Korean at large, `spread` how few of the entries (or groups) at hand say it, both in
    0..1; `names` tells nouns and names from verbs and adverbs. `numbers` are those of an index; -1 for unknown words.
    """

    forms: Sequence[str]
    numbers: Ints
    general: Doubles
    spread: Doubles
    names: NDArray[np.bool_]

    def weights(self) -> tuple[Doubles, Doubles, Doubles]:
        """What a word tells by both measures together, by spread, and by general rarity."""
        return self.general * self.spread, self.spread * np.minimum(1, 0.2 + self.general), self.general


@dataclass(frozen=True, slots=True)
class Held:
    """The words of the texts that a question is compared with, each once a text, text after text.

    `words` are the different ones, ascending by number; `places` says which of them stand in the texts, `sizes` how
    many stand in each text. `kinds` has a bit for each kind of question asked (0: none).
    """

    words: WeighedWords
    places: Ints
    sizes: Ints
    kinds: Ints


def compare(asked: WeighedWords, kinds: int, held: Held, given: dict[str, Floats]) -> Floats:
    """What speaks for and against that a question asks the same as each text; shape (texts, PAIR_FEATURES).

    `given` are the likenesses that an index knows already: `meaning`, `spelling`, `string`, `semantic`.
    """
    table = _Table(asked, held)
    columns: dict[str, NDArray[np.floating]] = {**table.weighed(), **table.counted(), **given}
    columns["letters-left"] = table.letters_left()
    columns["same-kind"] = ((held.kinds & kinds) > 0).astype(np.float64)
    columns["other-kind"] = ((held.kinds & kinds) == 0) & (held.kinds > 0) & (kinds > 0)
    return np.column_stack([columns[name] for name in PAIR_FEATURES]).astype(np.float32)


class _Table:
    """Which words of the question each text has, and the other way round."""

    def __init__(self, asked: WeighedWords, held: Held) -> None:
        self._asked, self._held = asked, held
        self._texts = len(held.sizes)
        self._owners = np.repeat(np.arange(self._texts), held.sizes)
        in_words = np.searchsorted(held.words.numbers, asked.numbers)
        known = (
            held.words.numbers.take(in_words, mode="clip") == asked.numbers if len(held.words.numbers) else in_words > 0
        )
        column = np.full(len(held.words.numbers), -1)
        column[in_words[known]] = np.flatnonzero(known)
        columns = column[held.places]
        self._left_held = columns < 0
        self._has = np.zeros((self._texts, len(asked.numbers)), bool)
        self._has[self._owners[~self._left_held], columns[~self._left_held]] = True

    def weighed(self) -> dict[str, Doubles]:
        found: dict[str, Doubles] = {}
        lacks = ~self._has
        for name, of_asked, of_words in zip(
            ("", "-spread", "-general"), self._asked.weights(), self._held.words.weights(), strict=True
        ):
            of_held = of_words[self._held.places]
            shared, left = self._has @ of_asked, self._sums(of_held * self._left_held)
            found |= {f"shared{name}": shared, f"left-asked{name}": lacks @ of_asked, f"left-held{name}": left}
            if name != "-spread":
                found[f"covers-asked{name}"] = shared / (of_asked.sum() + _LITTLE)
                found[f"covers-held{name}"] = shared / (shared + left + _LITTLE)
        of_asked, of_held = self._asked.weights()[0], self._held.words.weights()[0][self._held.places]
        return found | {
            "most-shared": (self._has * of_asked).max(axis=1, initial=0),
            "most-left-asked": (lacks * of_asked).max(axis=1, initial=0),
            "most-left-held": self._largest(of_held * self._left_held),
        }

    def counted(self) -> dict[str, Doubles]:
        words = self._held.words
        naming = (words.names & (words.general > _TELLING))[self._held.places]
        return {
            "names-left-asked": ~self._has @ (self._asked.names & (self._asked.general > _TELLING)).astype(np.float64),
            "names-left-held": self._sums((naming & self._left_held).astype(np.float64)),
            "words-asked": np.full(self._texts, float(len(self._asked.numbers))),
            "words-held": self._held.sizes.astype(np.float64),
        }

    def letters_left(self) -> Doubles:
        """How alike the letters of what is left over on both sides are; 1 when nothing is."""
        asked = [letters_of(form) for form in self._asked.forms]
        held = [letters_of(form) for form in self._held.words.forms]
        alike = np.zeros(self._texts)
        ends = np.cumsum(self._held.sizes).tolist()
        places, left = self._held.places.tolist(), self._left_held.tolist()
        start = 0
        for text, end in enumerate(ends):
            of_asked = "".join(
                [letters for letters, has in zip(asked, self._has[text].tolist(), strict=True) if not has]
            )
            of_held = "".join([held[places[place]] for place in range(start, end) if left[place]])
            start = end
            alike[text] = fuzz.ratio(of_asked, of_held) / 100  # of two empty texts 1
        return alike

    def _sums(self, values: Doubles) -> Doubles:
        return np.asarray(np.bincount(self._owners, values, minlength=self._texts), np.float64)

    def _largest(self, values: Doubles) -> Doubles:
        largest = np.zeros(self._texts)
        np.maximum.at(largest, self._owners, values)
        return largest
