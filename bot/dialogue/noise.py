"""What is typed to see whether anybody answers: fingers run over the keys, letters without a word, digits alone."""

import re
from itertools import pairwise

from bot.dialogue.small_talk import Talk, listen

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {key: (row, place) for row, keys in enumerate(_ROWS) for place, key in enumerate(keys)}
_LETTERS = re.compile(r"[^\W_]")
_LONE_JAMO = re.compile("[\u3131-\u3163]+")
_ONE_LETTER = re.compile(r"(.)\1{2,}", re.IGNORECASE)
_TRIES = frozenset((Talk.APOLOGY, Talk.HEARD, Talk.NOTHING))
"""What a try such as '테스트' is taken for."""
_LEAST_RUN = 3
"""Neighbouring keys, one after the other."""
_LEAST_RUNS = 4
"""Letters in all of them; fewer may be a word."""


def is_noise(text: str) -> bool:
    """Whether the text holds no word at all, or nothing besides a courtesy or a try and digits."""
    letters = "".join(_LETTERS.findall(text)).lower()
    if not letters or letters.isdecimal() or _LONE_JAMO.fullmatch(letters) or _ONE_LETTER.fullmatch(letters):
        return True
    without_digits = re.sub(r"\d+", " ", text).strip()
    if without_digits != text.strip() and listen(without_digits).talk in _TRIES:
        return True
    return len(letters) >= _LEAST_RUNS and all(run >= _LEAST_RUN for run in _runs(letters))


def _runs(letters: str) -> list[int]:
    """How many keys each run has that goes along a row of the keyboard in one direction."""
    runs, direction = [1], 0
    for before, after in pairwise(letters):
        step = _step(before, after)
        if step and step == (direction or step):
            runs[-1] += 1
            direction = step
        else:
            runs.append(1)
            direction = 0
    return runs


def _step(before: str, after: str) -> int:
    """1 or -1 where the keys are neighbours in a row, to the right or to the left; else 0."""
    (row, place), (other, next_place) = (_PLACES.get(key, (-1, -1)) for key in (before, after))
    step = next_place - place
    return step if row == other >= 0 and abs(step) == 1 else 0
