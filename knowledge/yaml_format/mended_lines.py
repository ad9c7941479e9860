"""The lines of a file as they are mended, one after the other, and the faults that were found on the way."""

from collections.abc import Iterator

from knowledge.errors import Fault, details
from knowledge.yaml_format import contexts, signs

_FOLLOWING = frozenset({"indentation", "strange-line"})
"""Faults that the lines below a faulty one seem to have."""
_ENDS = "\r\n\x85\u2028\u2029"


class MendedLines:
    """The lines, and the one that is looked at now: `number`, from 0."""

    def __init__(self, text: str, name: str) -> None:
        self.lines = signs.lines_of(text)
        self.number = 0
        self.faults: list[Fault] = []
        self.mended: set[int] = set()
        """The numbers of lines with faults, from 0."""
        self.passed = 0
        """The lines before this one belong to something that was looked at as a whole."""
        self._name = name

    def each(self) -> Iterator[str]:
        """The lines as they are at first, each of them being the one that is looked at."""
        for number, line in enumerate(self.lines):
            self.number = number
            yield line

    def fault(self, column: int, kind: str, **values: object) -> None:
        """Notes a fault of this line, at a column from 0; some are not told below a line with a fault."""
        if kind in _FOLLOWING:
            self.fault_unless_above(column, kind, **values)
        else:
            self.mended.add(self.number)
            self.faults.append(Fault(self._name, self.number + 1, column + 1, kind, details(**values)))

    def fault_unless_above(self, column: int, kind: str, **values: object) -> None:
        """The same, of a fault that may well follow from one of the line above and is not told then."""
        above = next((number for number in range(self.number - 1, -1, -1) if self.content(number).strip()), -1)
        self.mended.add(self.number)
        if above not in self.mended:
            self.faults.append(Fault(self._name, self.number + 1, column + 1, kind, details(**values)))

    def content(self, number: int | None = None) -> str:
        """A line, or this one, without spaces at its end."""
        return self.lines[self.number if number is None else number].rstrip(_ENDS + " ")

    def mend(self, content: str) -> None:
        """Puts something in place of this line."""
        line = self.lines[self.number]
        self.lines[self.number] = content + line[len(line.rstrip(_ENDS)) :]

    def put(self, column: int, text: str) -> None:
        """Puts something in place of what stands in this line from the column on."""
        self.mend(self.content()[:column] + text)

    def below(self) -> Iterator[str]:
        """The lines below this one."""
        return (self.content(number) for number in range(self.number + 1, len(self.lines)))

    def next_line(self) -> str:
        """The next line that says something; empty at the end."""
        return next((line for line in self.below() if line.strip() and not line.lstrip().startswith("#")), "")

    def has_more(self, parent: int, role: str) -> bool:
        """Whether the next line that says something belongs to a key in that column, or to a dash."""
        line = self.next_line()
        column = column_of(line)
        same = column == parent and role in contexts.LISTS and line.lstrip().startswith("-")
        return bool(line) and (column > parent or same)

    def following(self, parent: int) -> list[str]:
        """The lines below that are moved in further than the column."""
        following = []
        for line in self.below():
            if line.strip() and column_of(line) <= parent:
                break
            following.append(line)
        return following


def column_of(line: str) -> int:
    """How many spaces the line begins with."""
    return len(line) - len(line.lstrip(" "))
