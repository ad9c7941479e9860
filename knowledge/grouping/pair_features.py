"""What speaks for and against that two questions ask the same: above all what is left over when they are compared.

Both are cut into content morphemes; what both have is taken away, and the two rests are compared: how much they tell,
how alike their letters are, and, where there is an embedder, what they mean.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.grouping.asked_texts import AskedText, Meanings
from knowledge.grouping.group_blocks import Terms
from knowledge.grouping.neighbourhood import Neighbourhood
from knowledge.matching.term_index import Floats

LEXICAL = (
    *("shared", "shared-general", "covers-least", "covers-most", "covers-least-general", "covers-most-general"),
    *("left-least", "left-most", "left-least-general", "left-most-general", "strongest-shared", "strongest-left"),
    *("weaker-left", "names-left-least", "names-left-most", "nothing-left", "letters-left"),
    *("string", "token-sort", "letter-grams", "same-kind", "other-kind", "fewer-words", "more-words"),
)
SEMANTIC = ("meaning", "meaning-centred", "left-in-meaning", "left-word-by-word")
"""Only where there is an embedder."""
Columns = dict[str, NDArray[np.floating]]
"""A number for each text, by the name of the feature."""
_TINY = np.float32(1e-6)
_LITTLE = np.float32(0.01)
"""Added to what each word tells, so that what is left over means something, however common its words are."""


def pair_features(around: Neighbourhood, places: Sequence[int], centre: Floats) -> Floats:
    """The features of a question with each text of the groups at these places; shape (texts, features).

    The features are LEXICAL, and SEMANTIC after them where the neighbourhood has meanings; `centre` is what all words
    mean on average.
    """
    compared = _Compared(around, places)
    columns = {**compared.words_left(), **compared.strings(), **compared.others()}
    names: tuple[str, ...] = LEXICAL
    if around.meanings and compared.texts:
        names = (*LEXICAL, *SEMANTIC)
        columns |= compared.in_meaning(around.meanings, centre)
    return np.column_stack([columns[name] for name in names]).astype(np.float32)


class _Compared:
    """A question's words beside those of each of some texts."""

    def __init__(self, around: Neighbourhood, places: Sequence[int]) -> None:
        self._around, self._question, self._telling = around, around.question, around.telling
        self.texts: list[AskedText] = [text for place in places for text in around.groups[place].texts]
        self._words = Terms.of([text.words for text in self.texts])
        question = self._question.words
        column = np.full(len(around.words), -1)
        column[question] = np.arange(len(question))
        columns = column[self._words.terms]
        self._left = columns < 0
        self._lacking = np.ones((len(self.texts), len(question)), bool)
        self._lacking[self._words.owners[~self._left], columns[~self._left]] = False

    def words_left(self) -> Columns:
        found: Columns = {}
        for suffix, tells in (("", self._telling.here), ("-general", self._telling.general)):
            shared, of_question, of_text = self._shared(tells), self._of_question(tells), self._of_text(tells)
            covers = np.stack([shared / (shared + of_question + _TINY), shared / (shared + of_text + _TINY)])
            left = np.stack([of_question, of_text])
            found |= {
                f"shared{suffix}": shared,
                f"covers-least{suffix}": covers.min(axis=0),
                f"covers-most{suffix}": covers.max(axis=0),
                f"left-least{suffix}": left.min(axis=0),
                f"left-most{suffix}": left.max(axis=0),
            }
        here = self._telling.here
        of_terms = here[self._words.terms]
        strongest = np.stack(
            [
                (self._lacking * here[self._question.words]).max(axis=1, initial=0),
                self._words.largest(of_terms * self._left),
            ]
        )
        names = np.stack([self._of_question(self._telling.names), self._of_text(self._telling.names)])
        nothing = [~self._lacking.any(axis=1), self._words.largest(self._left.astype(np.float32)) == 0]
        return found | {
            "strongest-shared": self._words.largest(of_terms * ~self._left),
            "strongest-left": strongest.max(axis=0),
            "weaker-left": strongest.min(axis=0),
            "names-left-least": names.min(axis=0),
            "names-left-most": names.max(axis=0),
            "nothing-left": np.sum(nothing, axis=0),
            "letters-left": self._letters_left(),
        }

    def strings(self) -> Columns:
        question, texts = self._question, self.texts
        in_order, unspaced = (
            process.cdist([one], others, scorer=fuzz.ratio, dtype=np.float32).reshape(-1) / 100
            for one, others in (
                (question.sorted_words, [text.sorted_words for text in texts]),
                (question.letters, [text.letters for text in texts]),
            )
        )
        grams = Terms.of([text.grams for text in texts])
        both = grams.sums(np.isin(grams.terms, question.grams).astype(np.float32))
        return {
            "token-sort": in_order,
            "string": unspaced,
            "letter-grams": both / np.sqrt(np.maximum(1, grams.counts * len(question.grams))),
        }

    def others(self) -> Columns:
        kinds = np.array([text.kinds for text in self.texts], np.int64)
        same = kinds & self._question.kinds > 0
        sizes = np.stack([self._words.counts, np.full(len(self.texts), len(self._question.words))])
        return {
            "same-kind": same.astype(np.float32),
            "other-kind": (~same & (kinds > 0) & (self._question.kinds > 0)).astype(np.float32),
            "fewer-words": sizes.min(axis=0),
            "more-words": sizes.max(axis=0),
        }

    def in_meaning(self, meanings: Meanings, centre: Floats) -> Columns:
        """The likeness of the whole texts, as they are and less what all texts at hand mean, and of the rests.

        Two rests are alike by the means of their words, and by each word with the likest of the other rest.
        """
        vectors, question = meanings.of([text.plain for text in self.texts]), meanings.of([self._question.plain])
        usual = self._around.usual_meaning(question[0])
        left, by_word = self._rests(meanings, centre)
        return {
            "meaning": vectors @ question[0],
            "meaning-centred": _centred(vectors, usual) @ _centred(question, usual)[0],
            "left-in-meaning": left,
            "left-word-by-word": by_word,
        }

    def _rests(self, meanings: Meanings, centre: Floats) -> tuple[Floats, Floats]:
        forms, terms = self._around.words.forms, self._words.terms
        of_question, of_terms = (
            _centred(meanings.of([forms[number] for number in numbers.tolist()]), centre)
            for numbers in (self._question.words, terms)
        )
        asked = self._lacking * (self._telling.here[self._question.words] + _LITTLE)
        held = self._left * (self._telling.here[terms] + _LITTLE)
        rests = asked @ of_question, self._words.sums(of_terms * held[:, None])
        lengths = np.linalg.norm(rests[0], axis=1) * np.linalg.norm(rests[1], axis=1)
        left = (rests[0] * rests[1]).sum(axis=1) / np.maximum(lengths, _TINY)
        alike = of_terms @ of_question.T
        from_held = np.where(self._lacking[self._words.owners], alike, -1).max(axis=1, initial=-1)
        from_asked = self._words.over_each_text(np.maximum.reduceat, np.where(self._left[:, None], alike, -1))
        weights = asked.sum(axis=1), self._words.sums(held)
        by_word = np.minimum(
            (from_asked * asked).sum(axis=1) / (weights[0] + _TINY),
            self._words.sums(from_held * held) / (weights[1] + _TINY),
        )
        sides = (weights[0] > 0).astype(int) + (weights[1] > 0)
        one_side = np.where(sides == 1, -1, 1).astype(np.float32)
        return np.where(sides == 2, left, one_side), np.where(sides == 2, by_word, one_side)  # noqa: PLR2004 - both

    def _shared(self, tells: Floats) -> Floats:
        return self._words.sums(tells[self._words.terms] * ~self._left)

    def _of_question(self, tells: Floats) -> Floats:
        """What of the question each text lacks tells, summed."""
        return np.asarray(self._lacking @ tells[self._question.words], np.float32)

    def _of_text(self, tells: Floats) -> Floats:
        """What of each text the question lacks tells, summed."""
        return self._words.sums(tells[self._words.terms] * self._left)

    def _letters_left(self) -> Floats:
        letters = self._around.words.letters
        asked = [letters[number] for number in self._question.words.tolist()]
        ends = np.cumsum(self._words.counts).tolist()
        terms, left = self._words.terms.tolist(), self._left.tolist()
        alike, start = [], 0
        for lacking, end in zip(self._lacking.tolist(), ends, strict=True):
            of_question = "".join([each for each, lacks in zip(asked, lacking, strict=True) if lacks])
            of_text = "".join([letters[terms[place]] for place in range(start, end) if left[place]])
            alike.append(fuzz.ratio(of_question, of_text) / 100)  # of two empty texts 1
            start = end
        return np.array(alike, np.float32)


def _centred(vectors: Floats, centre: Floats) -> Floats:
    moved = vectors - centre if len(vectors) else np.zeros((0, len(centre)), np.float32)
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), _TINY), np.float32)
