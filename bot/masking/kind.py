"""What a kind of personal number is to the search."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.masking.folding import Folded

_LOOK_BACK = 24


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to write a personal number."""

    label: str
    pattern: re.Pattern[str]
    """Sees the folded text; its group named `number`, where it has one, is what is masked."""
    is_personal: Callable[[str], bool]
    """Tells personal numbers from those of the public: a city's telephone, a list of years."""
    after: re.Pattern[str] | None
    """What must stand just before, where the shape alone says too little. Looked for from the number backwards,
    because there are fewer numbers than words."""
    read_out: bool
    """Whether digits may be read out (공일공) in it."""

    def find(self, folded: Folded) -> Iterator[tuple[int, int]]:
        """Where such numbers are in the folded text."""
        text = folded.spoken if self.read_out else folded.plain
        for match in self.pattern.finditer(text):
            first, last = match.span(match.lastgroup or 0)
            if self.after and not self.after.search(text[max(0, first - _LOOK_BACK) : first]):
                continue
            if self.read_out and _is_misread(folded, first, last):
                continue
            if self.is_personal(text[first:last]):
                yield first, last


def kind(
    label: str,
    pattern: str,
    is_personal: Callable[[str], bool] = lambda _: True,
    *,
    after: str | None = None,
    read_out: bool = False,
) -> Kind:
    """A kind of that label, its patterns compiled."""
    return Kind(label, re.compile(pattern), is_personal, re.compile(f"{after}$") if after else None, read_out)


def _is_misread(folded: Folded, first: int, last: int) -> bool:
    """Whether what was taken for digits read out is rather words around a number."""
    if folded.plain[first].isdigit() and folded.plain[max(0, first - 1) : first].isdigit():
        return True
    pairs = zip(folded.plain[first:last], folded.spoken[first:last], strict=True)
    read_out = sum(plain != spoken for plain, spoken in pairs)
    return read_out < (1 if folded.spoken[first : first + 2].isdigit() else 3)
