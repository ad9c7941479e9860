"""What a row of the table of promises is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.delivery.judging import Figures
from tests.delivery.subjects import PLAIN, Subject


@dataclass(frozen=True, slots=True)
class Size:
    """How much is asked: little with each change, all of it in the long form."""

    long: bool

    def pick(self, short: int, long: int) -> int:
        """The figure of this size."""
        return long if self.long else short


SHORT = Size(long=False)
LONG = Size(long=True)

Run = Callable[[Subject, Size, int], Awaitable[Figures]]


@dataclass(frozen=True, slots=True)
class Row:
    """A promise: its name, what goes wrong in it, and the run that finds out, given a subject, a size and a seed.

    `control` is a word of the failure that the plain bot has here, which proves that the run can find one; `plain`
    is the plain bot that has it.
    """

    name: str
    fault: str
    run: Run
    control: str = ""
    plain: Subject = PLAIN
    suite: bool = True
    """Whether the short form is in the test suite, which has little time; the long form always has it."""
    seeds: int = 10
    """How many seeds the long form takes."""
