"""Plain copies of a text: one ASCII character for each digit, hyphen or dot, however it is written.

In a copy are found the runs of digits that belong together, whatever stands between them.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Self

FOUND = "\0"
"""Stands for what is found already. Nothing else folds to it, and no number goes across it."""

_SEPARATORS = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃─━ㅡ\u1173ーｰ⁻₋", "-"),
    **dict.fromkeys("·・•‧∙⋅｡。．․ㆍ", "."),
    **dict.fromkeys("∼〜～˜", "~"),
    **dict.fromkeys("［〔【（", "("),
    **dict.fromkeys("］〕】）", ")"),
    **dict.fromkeys("、，﹐", ","),
}
_UNSEEN = {"Mn", "Me", "Cf", "Cc", "Co", "Cs"}
"""Categories of characters nobody sees as one of their own: zero-width ones, keycaps, controls."""

_READ_OUT = dict(zip("공영령일이삼사오육륙칠팔구〇零一二三四五六七八九", "000123456678900123456789", strict=True))
"""Digits as they are read out."""
_LETTERS = dict(zip("Oo\u110bIl|\u1175", "0001111", strict=True))
"""Letters that pass for digits, where they stand by themselves; of ㅇ and ㅣ what their plain copies are."""
_ALIKE = _READ_OUT | _LETTERS
_WORDS = {
    **dict(
        zip(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], "0123456789", strict=True)
    ),
    "oh": "0",
    "제로": "0",
    **dict(zip(["하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"], "123456789", strict=True)),
}
_ONES = "일이삼사오육칠팔구"
_THOUSANDS = rf"[{_ONES}]?+천(?:[{_ONES}]?+백)?+(?:[{_ONES}]?+십)?+[{_ONES}]?+(?![만억조천백십])"
"""Four digits that are said as one number."""
_SPOKEN = re.compile(
    rf"(?P<thousands>{_THOUSANDS})|(?!(?<=하)이픈|(?<=마)이너스)[{''.join(_READ_OUT)}]"
    rf"|(?<![A-Za-z])(?:[{''.join(_LETTERS)}]{{1,3}}|(?i:{'|'.join(_WORDS)})(?! ?(?:은행|카드|뱅크)))(?![A-Za-z])"
)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in _SEPARATORS:
        return _SEPARATORS[character]
    if character.isspace():
        return "\n" if character in "\n\r\u2028\u2029" else " "
    if unicodedata.category(character) in _UNSEEN:
        return ""
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


@dataclass(frozen=True, slots=True)
class PlainCopy:
    """A plain copy of a text; `offsets` says where each of its characters stands in the text, and where the text ends.

    Characters that nobody sees are left out of it.
    """

    plain: str
    offsets: list[int]

    @classmethod
    def of(cls, text: str) -> Self:
        """The plain copy of `text`."""
        folded = [_folded(character) for character in text]
        plain = "".join(folded)
        if len(plain) == len(text) and "" not in folded:
            return cls(plain, list(range(len(text) + 1)))
        return cls(plain, [*(offset for offset, character in enumerate(folded) if character), len(text)])

    def without(self, spans: list[tuple[int, int]]) -> "PlainCopy":
        """The same with those spans, which are in order, blanked out."""
        pieces, end = [], 0
        for first, last in spans:
            pieces += [self.plain[end:first], FOUND * (last - first)]
            end = last
        return PlainCopy("".join([*pieces, self.plain[end:]]), self.offsets)

    def spoken(self) -> "PlainCopy":
        """The same with digits that are read out (공일공, zero one zero) or look alike (O1O) as digits too."""
        pieces: list[str] = []
        offsets: list[int] = []
        end = 0
        for match in _SPOKEN.finditer(self.plain):
            first, last = match.span()
            said = match.group().lower()
            if match["thousands"]:
                digits = _number_said(said)
            else:
                digits = _WORDS.get(said) or "".join(_ALIKE[letter] for letter in match.group())
            pieces += [self.plain[end:first], digits]
            offsets += [*self.offsets[end:first], *self.offsets[first : first + len(digits)]]
            end = last
        pieces.append(self.plain[end:])
        return PlainCopy("".join(pieces), [*offsets, *self.offsets[end:]])


def _number_said(words: str) -> str:
    """The four digits of a number such as 오천오백육십육, or the words where they are too few to stand for four."""
    if len(words) < len("0000"):
        return words
    number, ones = 0, 0
    for letter in words:
        if letter in _TENS:
            number, ones = number + (ones or 1) * _TENS[letter], 0
        else:
            ones = _ONES.index(letter) + 1
    return f"{number + ones:04}"


_TENS = {"천": 1000, "백": 100, "십": 10}


_GROUP = re.compile(r"[0-9]+")
_LONE_JAMO = "\u1100-\u11ff"
"""Of what is typed between digits for fun, such as ㅋ."""
_MARK = rf"[{_LONE_JAMO}]|</?[A-Za-z]{{1,6}} ?/?>|&[a-z]{{2,6}};|[^\w{FOUND}]|_"
_WORD = (
    r"다시|대시|데시|하이픈|빼기|마이너스|에|의|국번?에?|점|쩜|땡|하고|이고요?|이며|그리고|그 ?다음은?|다음은?"
    r"|(?:주민(?:등록)?번호 ?)?(?:뒷자리|뒤|뒷번호|뒷부분|앞자리|끝자리|끝번호)[는은가에도]{0,2}|(?i:dash|hyphen"
    r"|minus|dot|then|and)"
)
_SEPARATOR = re.compile(rf"(?:{_MARK}){{0,12}}+(?:(?:{_WORD})(?:{_MARK}){{0,6}}){{0,2}}")
_MOST_BETWEEN = 20
_MOBILE_WITH_A_WORD = re.compile(
    rf"(?<![0-9])01[016789](?P<between>[^0-9\n{FOUND}]{{1,8}})[0-9]{{3,4}}(?P=between)[0-9]{{4}}(?![0-9])"
)
"""The same word at both places of a mobile number separates it, whatever it means."""
_GROUPED_BY_COMMAS = re.compile(r"(?<![0-9,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])")
_ADDRESS_OF_PAGE = re.compile(
    r"(?:[a-z]{3,6}://|www\.)[^\s\0]+|(?<![\w.@-])(?:[\w-]{1,40}\.){1,4}[a-z]{2,6}/[^\s\0]+", re.IGNORECASE
)
_NEAR = re.compile(rf"[0-9\n{FOUND}]")
_AROUND = 28
"""How many characters before and after a number are looked at for words."""


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring groups of a run, which may be a number."""

    digits: str
    """All digits, without what is between them."""
    parts: tuple[str, ...]
    """The digits of each group."""
    sizes: tuple[int, ...]
    """How many digits each group has."""
    separators: tuple[str, ...]
    """What stands between the groups."""
    span: tuple[int, int]
    """Where it stands in the plain copy."""
    before: str
    """What stands just before it, back to the nearest digit or line."""
    after: str
    """What stands just after it."""
    is_first: bool
    """Whether no digits of the run come before it."""
    in_page_address: bool

    @property
    def is_joined(self) -> bool:
        """Whether nothing stands between the digits."""
        return len(self.sizes) == 1

    @property
    def is_spaced_out(self) -> bool:
        """Whether every digit stands by itself."""
        return len(self.sizes) == len(self.digits)

    @property
    def is_uniform(self) -> bool:
        """Whether the same stands between all groups, however many blanks are around it."""
        return len({separator.strip() for separator in self.separators}) <= 1

    @property
    def is_of_decimals(self) -> bool:
        """Whether they are rather figures such as 0.5 1.0 1.5."""
        points, others = self.separators[::2], self.separators[1::2]
        return bool(others) and len(points) > len(others) and set(points) == {"."} and "." not in "".join(others)

    @property
    def places(self) -> list[int]:
        """Where among the digits each group begins."""
        return [0, *accumulate(self.sizes[:-1])]


class DigitRun:
    """Groups of digits of a plain copy with nothing but separators between them.

    `starts` says which group begins at a place among all digits, `ends` how many groups end at a place or before it,
    `heads` where a group begins that is not one single digit after another.
    """

    def __init__(self, text: str, spans: list[tuple[int, int]], *, in_page_address: bool, read_out: bool) -> None:
        self.text = text
        self.in_page_address = in_page_address
        self._spans = spans
        self._parts = tuple([text[first:last] for first, last in spans])
        self._separators = tuple([text[left[1] : right[0]] for left, right in pairwise(spans)])
        self._first_before: str | None = None
        self.digits = "".join(self._parts)
        self.sizes = tuple(map(len, self._parts))
        places = [0, *accumulate(self.sizes)]
        self.starts = dict(zip(places, range(len(places)), strict=True))
        # Where digits are read out, a group may end before its last digit: that may be a particle (오육칠팔이).
        early = {place - 1: number for place, number in self.starts.items() if place and self.digits[place - 1] == "2"}
        self.ends = early | self.starts if read_out else self.starts
        sizes = (0, *self.sizes)
        self.heads = [
            place for place, left, size in zip(places, sizes, self.sizes, strict=False) if left != 1 or size != 1
        ]

    def window(self, first: int, last: int) -> Window:
        """The digits from a place where a group begins to one where a group ends."""
        begin, end = self.starts[first], self.ends[last]
        stop = self._spans[end - 1][1] - (last not in self.starts)
        return Window(
            self.digits[first:last],
            self._parts[begin:end],
            self.sizes[begin:end],
            self._separators[begin : end - 1],
            (self._spans[begin][0], stop),
            self._separators[begin - 1] if begin else self._before(),
            self.text[stop : stop + _AROUND],
            begin == 0,
            self.in_page_address,
        )

    def _before(self) -> str:
        if self._first_before is None:
            first = self._spans[0][0]
            self._first_before = _NEAR.split(self.text[max(0, first - _AROUND) : first])[-1]
        return self._first_before


def runs(text: str, *, read_out: bool = False) -> Iterator[DigitRun]:
    """The runs of digits of a plain copy, some of which may be `read_out`. Sums such as 10,000,000 belong to none."""
    sums = [match.span() for match in _GROUPED_BY_COMMAS.finditer(text)] if "," in text else []
    pages = [match.span() for match in _ADDRESS_OF_PAGE.finditer(text)] if "/" in text or "www" in text else []
    worded = [match.span() for match in _MOBILE_WITH_A_WORD.finditer(text)] if "01" in text else []
    groups: list[tuple[int, int]] = []
    for match in _GROUP.finditer(text):
        first, last = match.span()
        if sums and sums[0][0] <= first:
            if last >= sums[0][1]:
                sums.pop(0)
            continue
        if groups and not (_are_connected(text, groups[-1][1], first) or _is_within(worded, groups[-1][0], last)):
            yield DigitRun(text, groups, in_page_address=_is_within(pages, groups[0][0]), read_out=read_out)
            groups = []
        groups.append((first, last))
    if groups:
        yield DigitRun(text, groups, in_page_address=_is_within(pages, groups[0][0]), read_out=read_out)


def _are_connected(text: str, last: int, first: int) -> bool:
    return first - last <= _MOST_BETWEEN and _is_separator(text[last:first])


@lru_cache(maxsize=1024)
def _is_separator(between: str) -> bool:
    return _SEPARATOR.fullmatch(between) is not None


def _is_within(spans: list[tuple[int, int]], first: int, last: int = 0) -> bool:
    """Whether what begins there, and ends there at least, is in one of these; those before it are taken away."""
    while spans and spans[0][1] <= first:
        spans.pop(0)
    return bool(spans) and spans[0][0] <= first and last <= spans[0][1]
