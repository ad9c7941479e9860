"""What speaks for and against that two questions ask the same, as numbers that fitted weights weigh."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.grouping.context import Context, cosines
from knowledge.grouping.reading import ReadText
from knowledge.grouping.terms import Terms
from knowledge.matching.term_index import Floats

FEATURES = (
    *("word-cosine", "letter-cosine", "token-sort", "string", "names-least", "names-most"),
    *("strongest-shared-name", "strongest-lone-name", "weaker-lone-name", "length-apart", "shorter-length"),
)
_TINY = np.float32(1e-6)


def gather(context: Context, texts: Sequence[ReadText]) -> Floats:
    """The features of the context's question with each of the texts; shape (texts, FEATURES)."""
    question = context.question
    letters = Terms.of([text.grams for text in texts])
    columns = {
        **_by_words(context, texts),
        "letter-cosine": np.sqrt(cosines(question.grams, letters, context.gram_rarity)),
        **_by_strings(question, texts),
    }
    return np.column_stack([columns[name] for name in FEATURES]).astype(np.float32)


def _by_words(context: Context, texts: Sequence[ReadText]) -> dict[str, Floats]:
    words = Terms.of([text.words for text in texts])
    asked = np.zeros_like(context.rarity)
    asked[context.question.words] = 1
    named = context.rarity * context.names
    names = _shares(words.sums(named * asked), float((named * asked).sum()), words.sums(named))
    lone = np.stack([words.largest(named * (1 - asked)), _largest_missing(context, words, named)])
    return {
        "word-cosine": cosines(context.question.words, words, context.rarity),
        "names-least": names.min(axis=0),
        "names-most": names.max(axis=0),
        "strongest-shared-name": words.largest(named * asked),
        "strongest-lone-name": lone.max(axis=0),
        "weaker-lone-name": lone.min(axis=0),
    }


def _shares(shared: Floats, of_question: float, of_texts: Floats) -> Floats:
    """What both have as a share of what the question has, and of what each text has; shape (2, texts)."""
    return np.stack([shared / np.float32(of_question + _TINY), shared / (of_texts + _TINY)])


def _largest_missing(context: Context, words: Terms, values: Floats) -> Floats:
    """For each text the largest value of the question's words that it lacks."""
    question = context.question.words
    column = np.full(len(values), -1)
    column[question] = np.arange(len(question))
    columns = column[words.terms]
    lacking = np.ones((len(words.counts), len(question)), bool)
    lacking[words.owners[columns >= 0], columns[columns >= 0]] = False
    return np.asarray(np.where(lacking, values[question], 0).max(axis=1, initial=0), np.float32)


def _by_strings(question: ReadText, texts: Sequence[ReadText]) -> dict[str, Floats]:
    in_order = process.cdist(
        [question.sorted_words], [text.sorted_words for text in texts], scorer=fuzz.ratio, dtype=np.float32
    )
    unspaced = process.cdist([question.letters], [text.letters for text in texts], scorer=fuzz.ratio, dtype=np.float32)
    lengths = np.log([len(text.letters) + 3 for text in texts])
    length = np.log(len(question.letters) + 3)
    return {
        "token-sort": in_order[0] / 100,
        "string": unspaced[0] / 100,
        "length-apart": np.abs(lengths - length).astype(np.float32),
        "shorter-length": np.minimum(lengths, length).astype(np.float32),
    }
