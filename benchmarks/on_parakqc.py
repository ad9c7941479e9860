"""Matchers on ParaKQC: as written, without spaces, with a slip, and with half of the groups unknown."""

import random
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from benchmarks.matchers import Ranker
from benchmarks.measures import Reply, rejected, reply, share
from benchmarks.parakqc import Asked, Split, split
from knowledge.base import KnowledgeBase

HEADINGS = (
    *("matcher", "right first", "in three", "no spaces: first", "in three", "wrong jamo: first", "in three"),
    "unknown rejected",
)
KEPT = 0.9
_JAMO = (range(0x1100, 0x1113), range(0x1161, 0x1176), range(0x11A8, 0x11C3))
"""The beginnings, vowels and ends of syllables."""


def row(build: Callable[[KnowledgeBase], Ranker], groups: Sequence[Sequence[str]], seeds: int) -> list[str]:
    """One matcher's line of the table: means over the seeds."""
    figures = [list(_figures(build, split(groups, seed), random.Random(seed))) for seed in range(seeds)]
    return [f"{value:.3f}" for value in np.mean(figures, axis=0)]


def _figures(build: Callable[[KnowledgeBase], Ranker], made: Split, draw: random.Random) -> Iterator[float]:
    matcher = build(made.knowledge())
    unspaced = [Asked(each.text.replace(" ", ""), each.group) for each in made.asked]
    slipped = [Asked(with_wrong_jamo(each.text, draw), each.group) for each in made.asked]
    for asked in (made.asked, unspaced, slipped):
        replies = _replies(matcher, asked)
        yield share(each.right for each in replies)
        yield share(each.right_in_three for each in replies)
    yield _unknown_rejected(build, made, draw)


def _unknown_rejected(build: Callable[[KnowledgeBase], Ranker], made: Split, draw: random.Random) -> float:
    """With half of the groups known: the share of questions to the others that are refused when 90 % are kept."""
    known = set(draw.sample(sorted(made.phrasings), len(made.phrasings) // 2))
    matcher = build(made.only(known).knowledge())
    inside = _replies(matcher, [each for each in made.asked if each.group in known])
    outside = _replies(matcher, [each for each in made.asked if each.group not in known])
    return rejected(inside, outside, KEPT)


def _replies(matcher: Ranker, asked: Iterable[Asked]) -> list[Reply]:
    return [reply(matcher.ranked(each.text), each.group.__eq__, lambda _: False) for each in asked]


def with_wrong_jamo(text: str, draw: random.Random) -> str:
    """The text with one jamo replaced by another of its kind; unchanged where it has none."""
    jamo = list(unicodedata.normalize("NFD", text))
    places = [place for place, sign in enumerate(jamo) if any(ord(sign) in kind for kind in _JAMO)]
    if not places:
        return text
    place = draw.choice(places)
    kind = next(kind for kind in _JAMO if ord(jamo[place]) in kind)
    jamo[place] = chr(draw.choice([sign for sign in kind if sign != ord(jamo[place])]))
    return unicodedata.normalize("NFC", "".join(jamo))
