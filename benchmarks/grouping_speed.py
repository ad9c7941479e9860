"""How long it takes to place a question among thousands of groups."""

import random
import time
from collections.abc import Iterator

import numpy as np

from benchmarks.arrivals import Texts
from benchmarks.synthetic import Synthesis
from knowledge.grouping import GroupTexts, QuestionGrouping
from knowledge.matching.analysis import Analyzer
from knowledge.matching.likeness import Embedder

GROUPS, TEXTS, ASKED = 2_000, 10, 100


def speed(groups: Texts, analyzer: Analyzer, embedder: Embedder) -> str:
    """A sentence with the times, on texts made of those of `groups`."""
    made = list(_groups(groups))
    open_groups = [GroupTexts(tuple(texts[:TEXTS])) for texts in made]
    asked = [texts[TEXTS] for texts in random.Random(0).sample(made, ASKED)]
    grouping = QuestionGrouping(analyzer, embedder=embedder)
    cold, *warm = [_milliseconds(grouping, text, open_groups) for text in asked]
    p50, p99 = np.percentile(warm, [50, 99])
    return (
        f"A question among {GROUPS:,} groups of {TEXTS} texts: {p50:.0f} ms (p50), {p99:.0f} ms (p99); the very first, "
        f"for which all texts have to be read: {cold / 1000:.1f} s."
    )


def _groups(groups: Texts) -> Iterator[list[str]]:
    """Eleven texts a group: the ways to ask of two synthetic entries."""
    entries = Synthesis(list(groups.values())).split(GROUPS * TEXTS, GROUPS * TEXTS // 5)
    texts = [[*phrasings] for phrasings in entries.phrasings.values()]
    extra = {each.group: each.text for each in entries.asked}
    names = list(entries.phrasings)
    for first in range(0, len(texts) - 1, 2):
        yield [*texts[first], *texts[first + 1], extra[names[first]]]


def _milliseconds(grouping: QuestionGrouping, text: str, groups: list[GroupTexts]) -> float:
    started = time.perf_counter()
    grouping.place(text, groups)
    return (time.perf_counter() - started) * 1000
