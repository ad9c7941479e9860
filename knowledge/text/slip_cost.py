"""How likely one word is a slip of the hand for another: look-alikes and neighbouring keys cost least."""

from functools import cache

from knowledge.text.hangul import keystrokes

_ALIKE = (
    "ㅐㅔㅒㅖ",
    "ㅓㅕ",
    "ㅑㅕ",
    "ㅏㅑ",
    "ㅏㅓ",
    "ㅗㅛ",
    "ㅜㅠ",
    "ㄱㄲㅋ",
    "ㄷㄸㅌ",
    "ㅂㅃㅍ",
    "ㅅㅆ",
    "ㅈㅉㅊ",
    "ㄱㅂ",
    "ㅣㅟㅢ",
)
_KEY_ROWS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
_COST_ALIKE = 0.5
_COST_NEIGHBOUR = 0.75
_COST_HALF_VOWEL = 0.75
_SHIFTED = str.maketrans("ㅃㅉㄸㄲㅆㅒㅖ", "ㅂㅈㄷㄱㅅㅐㅔ")


def slip_cost(typed: str, meant: str) -> float:
    """The cheapest way from `meant` to `typed` in keystrokes; 1 for a slip that nothing explains."""
    return _distance(keystrokes(typed), keystrokes(meant))


def _distance(typed: str, meant: str) -> float:
    above: list[float] = []
    row = [float(place) for place in range(len(meant) + 1)]
    for down, letter in enumerate(typed, start=1):
        before, above, row = above, row, [float(down)]
        for across, other in enumerate(meant, start=1):
            best = min(
                row[-1] + _omission(other),
                above[across] + _omission(letter),
                above[across - 1] + _exchange(letter, other),
            )
            if down > 1 < across and letter == meant[across - 2] and other == typed[down - 2]:
                best = min(best, before[across - 2] + 1)
            row.append(best)
    return row[-1]


def _omission(letter: str) -> float:
    """Half a double vowel is easily left out: 위언회 is 위원회."""
    return _COST_HALF_VOWEL if letter in "ㅗㅜㅡ" else 1.0


@cache
def _exchange(letter: str, other: str) -> float:
    if letter == other:
        return 0.0
    if any(letter in group and other in group for group in _ALIKE):
        return _COST_ALIKE
    return _COST_NEIGHBOUR if _are_neighbours(letter.translate(_SHIFTED), other.translate(_SHIFTED)) else 1.0


def _are_neighbours(letter: str, other: str) -> bool:
    if letter == other:
        return True
    places = [(row, keys.index(key)) for key in (letter, other) for row, keys in enumerate(_KEY_ROWS) if key in keys]
    (row, column), (other_row, other_column) = (*places, (9, 9), (0, 0))[:2]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1
