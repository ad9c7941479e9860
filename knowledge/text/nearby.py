"""Words that are a slip or two away: a deletion index over keystrokes, whose cost does not grow with the vocabulary."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from knowledge.text.hangul import keystrokes

_LONG = 4
_LONGEST = 10


class NearbyWords:
    """Finds the words of a vocabulary by distance: one keystroke, or two for words of four and more syllables."""

    def __init__(self, words: Iterable[str]) -> None:
        self._typed = {word: keystrokes(word) for word in words if len(word) <= _LONGEST}
        index: defaultdict[str, list[str]] = defaultdict(list)
        for word, typed in self._typed.items():
            for rest in _with_deletions(typed, _slips_in(word)):
                index[rest].append(word)
        self._index = dict(index)

    def near(self, word: str) -> Iterator[str]:
        """The words that `word` may be a slip of."""
        if len(word) > _LONGEST:
            return
        typed = keystrokes(word)
        allowed = _slips_in(word)
        found = {near for rest in _with_deletions(typed, allowed) for near in self._index.get(rest, ())}
        for near in found:
            most = min(allowed, _slips_in(near))
            if OSA.distance(typed, self._typed[near], score_cutoff=most) <= most:
                yield near


def _slips_in(word: str) -> int:
    return 2 if len(word) >= _LONG else 1


def _with_deletions(typed: str, count: int) -> set[str]:
    """`typed`, and what is left of it without any one, or any two, of its letters."""
    rests = {typed}
    latest = rests
    for _ in range(count):
        latest = {rest[:place] + rest[place + 1 :] for rest in latest for place in range(len(rest))}
        rests |= latest
    return rests
