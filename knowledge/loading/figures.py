"""Whether the figures that answers state are those that their source holds, as `figures.yaml` lists them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.yaml_format.schema import FigureShape

_NUMBERED = re.compile(r"(?m)^[ \t]*\d{1,2}[.)](?=\s)")
"""The number of a line in a list states nothing."""
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class StrangeFigure:
    """A figure that no source holds; or one that it holds of something else, with the words that belong to it."""

    text: str
    beside: tuple[str, ...] = ()


def strange_figures(text: str, known: Sequence[FigureShape], question: str = "") -> Iterator[StrangeFigure]:
    """The figures in the text that are none of the known, and known ones that stand beside nothing of theirs.

    A figure is whatever has a digit: a sum, a year, a count with its unit. Its words may stand in the question too.
    """
    rest = _NUMBERED.sub(" ", text)
    if not any(letter.isdigit() for letter in rest):
        return
    around = f"{text} {question}"
    words: dict[str, list[str]] = {}
    for figure in known:
        words.setdefault(figure.text, []).extend(figure.beside)
    for stated, beside in sorted(words.items(), key=lambda each: -len(each[0])):
        rest, found = re.subn(rf"(?<![\d.,]){re.escape(stated)}(?![\d%]|[.,]\d)", "_", rest)
        if found and beside and not any(word in around for word in beside):
            yield StrangeFigure(stated, tuple(beside))
    for strange in re.findall(r"\S*\d\S*", rest):
        yield StrangeFigure(strange.strip("_.,()[]'\"‘’“”*")[:_LONGEST_SHOWN])
