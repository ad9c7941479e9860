"""Reads the lines of a file as an editor meant them, tells what a YAML reader would take otherwise, and mends it.

A YAML reader stops at the first thing that it cannot take, often lines after the cause, and takes some things for
what nobody meant. So the lines are looked at before it reads them, with a notion of which keys stand where: each
finding has its own place, and the mended text lets the reader go on, so that later faults are found in the same run.
On files without faults nothing is changed.
"""

import re
from dataclasses import dataclass

from knowledge.errors import Fault
from knowledge.yaml_format import contexts, signs
from knowledge.yaml_format.levels import STEP, Level, Shift
from knowledge.yaml_format.line_key import key_of
from knowledge.yaml_format.mended_lines import MendedLines, column_of
from knowledge.yaml_format.misplaced_lines import begins_entry, is_language_beside, is_lost_text, is_text_outside
from knowledge.yaml_format.signs import shortened
from knowledge.yaml_format.structure import Structure

_LEAD = re.compile(f"[ \t{signs.ODD_SPACES}]*")
_STRAY = re.compile(r"[^\w\s\"'#\[{]{1,3}\s+(?=\S)")
"""Signs before a line that somebody did not mean to type."""
_CONFLICT = re.compile(r"(<{7}|={7}|>{7})(?: |$)")
"""What git leaves where two people changed the same lines."""
_SEPARATOR = re.compile(r"-{4,}|={3,}|\*{3,}|_{3,}|~{3,}|─+|━+|═+")
"""A line that somebody drew between two parts."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What the lines say: the mended text, the faults, and the lines (from 1) that were mended."""

    text: str
    faults: list[Fault]
    mended: frozenset[int]


def scan(text: str, name: str) -> Scan:
    """Looks at the lines of the file of that name."""
    return _Scanner(text, name).scan()


class _Scanner:
    def __init__(self, text: str, name: str) -> None:
        self._page = MendedLines(text, name)
        self._structure = Structure(self._page, contexts.context_of_file(name))
        self._is_outside = False
        """Whether lines of the block were found that are not moved in."""
        self._is_theirs = False
        """Whether the lines are the second of two ways to say the same, of which only the first is read."""
        self._has_begun = False
        """Whether a line with a key or a dash was found."""

    def scan(self) -> Scan:
        page = self._page
        for line in page.each():
            self._hidden(line)
            if page.number >= page.passed:
                self._line()
        return Scan("".join(page.lines), page.faults, frozenset(number + 1 for number in page.mended))

    def _hidden(self, line: str) -> None:
        hidden, control = signs.hidden_in(line), signs.control_in(line)
        if hidden:
            self._page.fault(hidden.start(), "hidden-character", name=signs.name_of(hidden[0]))
        elif control:
            self._page.fault(control.start(), "control-character", name=signs.name_of(control[0]))
        if hidden or control:
            self._page.lines[self._page.number] = signs.without_hidden(line)

    def _line(self) -> None:
        if self._is_of_conflict():
            self._page.mend("")
            return
        self._shift()
        line = self._page.content()
        if not line.strip(f" \t{signs.ODD_SPACES}"):
            return
        lead = _LEAD.match(line)[0]  # type: ignore[index]  # it matches anything
        content = line[len(lead) :]
        if self._has_stray_signs(lead, content):
            line = self._page.content()
            lead, content = line[: column_of(line)], line.lstrip(" ")
        if self._structure.block is not None:
            if self._in_block(lead, content):
                return
            self._structure.block = None
        if content.startswith("#"):
            return
        column = self._column(lead, content)
        if self._is_drawn(column, content):
            return
        if column == 0 and re.fullmatch(r"---|\.\.\.|%.*", content):
            if content[0] != "%" and self._has_begun and self._page.next_line():
                self._page.fault(0, "document-mark", sign=content)
                self._page.mend("")
            return
        self._has_begun = True
        self._find_entry_again(column, content)
        self._read_as_meant(column, content)

    def _read_as_meant(self, column: int, content: str) -> None:
        """Reads a line that is no part of a block, as what it was meant to be."""
        if is_lost_text(self._structure.levels, column, content):
            self._leave_out(column)
        elif begins_entry(self._structure.levels, column, content):
            self._begin_entry(column, content)
        else:
            if is_language_beside(self._structure.levels.last, column, content):
                column = self._move_languages_in(column, content)
            self._structure.read(column, content)

    def _leave_out(self, column: int) -> None:
        """Leaves such a line out; of the lines below one key one fault is told."""
        level = self._structure.levels.last
        if not level.is_lost_text_told:
            self._page.fault(column, "line-without-key", key=level.key, near=level.column + STEP)
        level.is_lost_text_told = True
        self._page.mend(f"{' ' * (level.column + STEP)}…" if level.pending else "")
        level.pending = None

    def _begin_entry(self, column: int, content: str) -> None:
        """Gives an entry its dash, and moves its other lines to where they belong."""
        page = self._page
        self._structure.plain = None
        following = page.next_line()
        keys = column_of(following) if key_of(following.strip()).match else column
        dashes = self._structure.dashes
        if dashes is None:
            others = (column_of(line) for line in page.below() if re.match(r" *- +id *:", line))
            dashes = next(others, max(STEP, keys - STEP))
        told = {"dash": dashes, "keys": dashes + STEP, "near": shortened(f"- {content}")}
        tell = page.fault if self._structure.levels.last.pending is None else page.fault_unless_above
        tell(column, "entry-without-dash", **told)
        self._structure.mend_item(dashes, content)
        if keys != dashes + STEP:
            self._structure.shift = Shift(dashes + STEP - keys, min(dashes, keys - 1), dashes)

    def _move_languages_in(self, column: int, content: str) -> int:
        """Moves such a line in, and those below that belong to it; gives its new column."""
        level = self._structure.levels.last
        right = level.column + STEP
        self._page.fault_unless_above(column, "language-beside-key", key=level.key, below=content[:2], near=right)
        self._page.mend(" " * right + content)
        self._structure.shift = Shift(right - column, column, None)
        return right

    def _find_entry_again(self, column: int, content: str) -> None:
        """Where a faulty line made the levels get lost: the beginning of an entry, or one of its keys."""
        levels, dashes = self._structure.levels.all, self._structure.dashes
        if dashes is None:
            return
        is_key = column == dashes + STEP and key_of(content).written in contexts.KEYS[contexts.ENTRY]
        if not is_key and not (column == dashes and re.match(r"- +id *:", content)):
            return
        wanted = [(dashes, contexts.ENTRIES), (dashes + STEP, contexts.ENTRY)][: 1 + is_key]
        if not {(level.column, level.context) for level in levels}.issuperset(wanted):
            levels[1:] = [Level(at, context, is_list=context == contexts.ENTRIES) for at, context in wanted]
            self._structure.plain = None

    def _has_stray_signs(self, lead: str, content: str) -> bool:
        """Whether signs stand before a key or dash that is where it belongs; they are taken away."""
        match = _STRAY.match(content)
        if not match or (self._structure.block is not None and len(lead) > self._structure.block):
            return False
        rest, typed = content[match.end() :], len(lead) + match.end()
        key, levels = key_of(rest).written, self._structure.levels
        if any(level.column == len(lead) and level.knows(key) for level in levels.all[1:]):
            return not levels.expect_dash(len(lead)) and self._without_sign(lead, content, rest, len(lead))
        if content[0] in f"-*{signs.BULLETS}" and not rest.startswith("- "):
            return False
        fitting = (
            level.column
            for level in levels.all
            if level.column in (typed, typed - 1) and (rest.startswith("- ") if level.is_list else level.knows(key))
        )
        column = next(fitting, None)
        begins = levels.last.pending in contexts.LISTS and rest.startswith("- ")
        if begins and self._page.next_line().startswith(f"{' ' * typed}- "):
            column = typed
        return column is not None and self._without_sign(lead, content, rest, column)

    def _without_sign(self, lead: str, content: str, rest: str, column: int) -> bool:
        """Takes away the signs between the spaces and the rest of the line, which belongs in that column."""
        self._page.fault(len(lead), "stray-sign", sign=content.removesuffix(rest).strip(), near=shortened(rest))
        self._page.mend(" " * column + rest)
        return True

    def _is_of_conflict(self) -> bool:
        """Whether the line is a mark of what two people changed, or belongs to the second of both."""
        match = _CONFLICT.match(self._page.content())
        sign = match[1][0] if match else ""
        if sign == "<":
            self._page.fault(0, "merge-conflict")
        elif sign == "=":
            ends = (_CONFLICT.match(line) for line in self._page.below())
            self._is_theirs = any(end and end[1][0] == ">" for end in ends)
        elif sign == ">":
            self._is_theirs = False
        return bool(match) or self._is_theirs

    def _shift(self) -> None:
        """Moves a line of an entry that stands too far in or out as a whole."""
        shift, line = self._structure.shift, self._page.content()
        if not shift or not line.strip():
            return
        column = column_of(line)
        if shift.includes(column, line[column:]):
            self._page.mend(" " * max(0, column + shift.by) + line[column:])
        else:
            self._structure.shift = None

    def _in_block(self, lead: str, content: str) -> bool:
        """Whether the line belongs to the block."""
        block = self._structure.block or 0
        spaces = len(lead) - len(lead.lstrip(" "))
        inner = self._structure.inner or block + STEP
        if spaces > block or (self._structure.block == -1):
            self._structure.inner = self._structure.inner or spaces
            return True
        if len(lead) > spaces:  # a tab, or a space that is none
            self._odd_lead(lead, spaces)
            self._page.mend(" " * inner + content)
            return True
        if self._is_drawn(spaces, content):
            return True
        if is_text_outside(self._structure.levels, spaces, content):
            if not self._is_outside:
                self._page.fault(spaces, "text-not-moved-in", near=inner)
            self._is_outside = True
            self._page.mend(" " * inner + content)
            return True
        self._is_outside = False
        return False

    def _is_drawn(self, column: int, content: str) -> bool:
        """Whether somebody drew a line between two parts there; it is taken away."""
        if not _SEPARATOR.fullmatch(content):
            return False
        self._page.fault(column, "document-mark", sign=shortened(content))
        self._page.mend("")
        return True

    def _odd_lead(self, lead: str, at: int) -> None:
        if lead[at] == "\t":
            self._page.fault(at, "tab")
        else:
            self._page.fault(at, "odd-space", name=signs.name_of(lead[at]))

    def _column(self, lead: str, content: str) -> int:
        """The column of the line's first letter, mended where the space before it is no space."""
        strange = next((index for index, sign in enumerate(lead) if sign != " "), None)
        if strange is None:
            return len(lead)
        self._odd_lead(lead, strange)
        column = self._structure.levels.fitting(content, len(lead.expandtabs(STEP)))
        self._page.mend(" " * column + content)
        return column
