"""Reads the lines of a file as an editor meant them, tells what a YAML reader would take otherwise, and mends it.

A YAML reader stops at the first thing that it cannot take, often lines after the cause, and takes some things for
what nobody meant. So the lines are looked at before it reads them, with a notion of which keys stand where: each
finding has its own place, and the mended text lets the reader go on, so that later faults are found in the same run.
On files without faults nothing is changed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.errors import Fault
from knowledge.yaml_format import contexts, signs
from knowledge.yaml_format.contexts import behind, item_of
from knowledge.yaml_format.mended_lines import MendedLines, column_of
from knowledge.yaml_format.signs import shortened
from knowledge.yaml_format.values import Below, Value, Values

_LEAD = re.compile(f"[ \t{signs.ODD_SPACES}]*")
_KEY = re.compile(
    r"""(?P<key>"[^"]*"|'[^']*'|[^\s\-?:,\[\]{}#&*!|>'"%@`：“‘][^:：#"]*?)(?P<gap>[ ]*)(?P<colon>[:：])(?P<after>.?)"""
)
_WORD = re.compile(r"[A-Za-z_가-힣]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|[①-⑳]|[가-하][.)])\s*")
_STRAY = re.compile(r"[^\w\s\"'#\[{]{1,3}\s+(?=\S)")
"""Signs before a line that somebody did not mean to type."""
_CONFLICT = re.compile(r"(<{7}|={7}|>{7})(?: |$)")
"""What git leaves where two people changed the same lines."""
_OF_LANGUAGES = re.compile(r"(?:ko|en) *[:：]|- ")
_SEPARATOR = re.compile(r"-{4,}|={3,}|\*{3,}|_{3,}|~{3,}|─+|━+|═+")
"""A line that somebody drew between two parts."""
_LISTS_OF_TEXTS = frozenset({contexts.TEXTS, contexts.PHRASINGS, contexts.WORDS})
_STEP = 2


@dataclass(frozen=True, slots=True)
class Scan:
    """What the lines say: the mended text, the faults, and the lines (from 1) that were mended."""

    text: str
    faults: list[Fault]
    mended: frozenset[int]


@dataclass(slots=True)
class _Level:
    """A mapping whose keys begin in that column, or a list whose dashes do."""

    column: int
    context: str
    is_list: bool = False
    pending: str | None = None
    """What belongs behind the last key when nothing stands behind it on its line."""
    has_id: bool = False
    key: str = ""
    """The key of the last line."""
    is_lost_text_told: bool = False
    """Whether a line was found that was meant to go on with that key's text."""


@dataclass(slots=True)
class _Shift:
    """Lines that stand further in or out than what they belong to says, all of them by so much."""

    by: int
    below: int
    """A line that is not moved in further ends it."""
    dashes: int | None
    """The column in which other entries begin; None where languages were shifted, and not an entry."""

    def includes(self, column: int, content: str) -> bool:
        """Whether the line belongs to what is shifted."""
        if self.dashes is None:
            return column > self.below or (column == self.below and bool(_OF_LANGUAGES.match(content)))
        # Where all of an entry stands at the margin, its phrasings have the dashes of other entries.
        dash = r"- +[a-z_]+ *[:：]" if self.by > _STEP else "- "
        begins = column == self.dashes and bool(re.match(dash, content))
        margin = column == 0 and bool(re.match(r"(?:topic|title|entries) *:", content))
        return column > self.below and not begins and not margin and not re.match(r"(?:- *)?id *[:：]", content)


@dataclass(slots=True)
class _State:
    levels: list[_Level] = field(default_factory=list)
    block: int | None = None
    """The column that the lines of a block are moved in from."""
    inner: int | None = None
    """The column of the block's own lines."""
    plain: int | None = None
    """The column that the further lines of a plain text are moved in from."""
    outside: bool = False
    """Whether lines of the block were found that are not moved in."""
    shift: _Shift | None = None
    theirs: bool = False
    """Whether the lines are the second of two ways to say the same, of which only the first is read."""
    dashes: int | None = None
    """The column in which entries begin."""
    begun: bool = False
    """Whether a line with a key or a dash was found."""


def scan(text: str, name: str) -> Scan:
    """Looks at the lines of the file of that name."""
    return _Scanner(text, name).scan()


class _Scanner:
    def __init__(self, text: str, name: str) -> None:
        self._page = MendedLines(text, name)
        self._values = Values(self._page)
        context = contexts.context_of_file(name)
        self.state = _State([_Level(0, context, pending=context if context in contexts.LISTS else None)])

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

    # One line

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
        if self.state.block is not None:
            if self._in_block(lead, content):
                return
            self.state.block = None
        if content.startswith("#"):
            return
        column = self._column(lead, content)
        if _SEPARATOR.fullmatch(content):
            self._page.fault(column, "document-mark", sign=shortened(content))
            self._page.mend("")
            return
        if column == 0 and re.fullmatch(r"---|\.\.\.|%.*", content):
            if content[0] != "%" and self.state.begun and self._page.next_line():
                self._page.fault(0, "document-mark", sign=content)
                self._page.mend("")
            return
        self.state.begun = True
        self._find_entry_again(column, content)
        self._read_as_meant(column, content)

    def _read_as_meant(self, column: int, content: str) -> None:
        """Reads a line that is no part of a block, as what it was meant to be."""
        if self._is_lost_text(column, content):
            self._leave_out(column)
        elif self._begins_entry(column, content):
            self._begin_entry(column, content)
        else:
            if self._are_languages_beside(column, content):
                column = self._move_languages_in(column, content)
            self._structure(column, content)

    def _is_lost_text(self, column: int, content: str) -> bool:
        """Whether the line was meant to go on with the text of the key above, and is not moved in."""
        level = self.state.levels[-1]
        if column > level.column or (column < level.column and level.context == contexts.QUESTION):
            return False  # it is inside, or another question
        if level.is_list or contexts.behind(level.context, level.key) != contexts.TEXT:
            return False
        may_be_key = level.pending is None and (column > 0 or level.column == 0)
        return bool(level.key) and self._is_text(column, content, may_be_key=may_be_key)

    def _leave_out(self, column: int) -> None:
        """Leaves such a line out; of the lines below one key one fault is told."""
        level = self.state.levels[-1]
        if not level.is_lost_text_told:
            self._page.fault(column, "line-without-key", key=level.key, near=level.column + _STEP)
        level.is_lost_text_told = True
        self._page.mend(f"{' ' * (level.column + _STEP)}…" if level.pending else "")
        level.pending = None

    def _is_text(self, column: int, content: str, *, may_be_key: bool) -> bool:
        """Whether the line begins with no dash, no key, nor with what may be one."""
        if content.startswith("-") or content[0] in signs.BULLETS:
            is_item = re.match(r"-(?: *[\[{]|$)", content) or self._list_expected(column)
            return not is_item and not _KEY.match(content.lstrip("- "))
        match, word = _KEY.match(content), _first_word(content)
        key = match["key"] if match else word
        if self._is_known(key) or self._is_known(word):
            return False
        if (match and contexts.meant_key(key)) or self._is_known(_meant(content) or ""):
            return False
        is_key = bool(match) and match["after"] in ("", " ")  # type: ignore[index]  # it is a match
        return not is_key or (not may_be_key and bool(re.search("[가-힣]", key)))

    def _begins_entry(self, column: int, content: str) -> bool:
        """Whether an entry begins without its dash."""
        match = _KEY.match(content)
        key, last = match["key"] if match else _first_word(content), self.state.levels[-1]
        if last.pending == contexts.ENTRIES and not last.is_list:
            known = contexts.KEYS[contexts.ENTRY] - contexts.KEYS[contexts.TOPIC]
            return key == "id" or content[0] == "{" or (key in known and column > last.column)
        return key == "id" and any(level.context == contexts.ENTRY and level.has_id for level in self.state.levels)

    def _begin_entry(self, column: int, content: str) -> None:
        """Gives an entry its dash, and moves its other lines to where they belong."""
        page = self._page
        self.state.plain = None
        following = page.next_line()
        keys = column_of(following) if _KEY.match(following.strip()) else column
        dashes = self.state.dashes
        if dashes is None:
            others = (column_of(line) for line in page.below() if re.match(r" *- +id *:", line))
            dashes = next(others, max(_STEP, keys - _STEP))
        told = {"dash": dashes, "keys": dashes + _STEP, "near": shortened(f"- {content}")}
        tell = page.fault if self.state.levels[-1].pending is None else page.fault_unless_above
        tell(column, "entry-without-dash", **told)
        self._mend_item(dashes, content)
        if keys != dashes + _STEP:
            self.state.shift = _Shift(dashes + _STEP - keys, min(dashes, keys - 1), dashes)

    def _mend_item(self, column: int, content: str) -> None:
        """Puts a dash in that column before the content, and reads the line; of a line one fault is told."""
        told = len(self._page.faults)
        self._page.mend(f"{' ' * column}- {content}")
        self._structure(column, f"- {content}")
        del self._page.faults[told:]

    def _are_languages_beside(self, column: int, content: str) -> bool:
        """Whether the line has a language's key beside the key that it belongs below."""
        level, match = self.state.levels[-1], _OF_LANGUAGES.match(content)
        waits = not level.is_list and level.pending in contexts.SENTENCES and column <= level.column
        return waits and bool(match) and content[:2] not in ("- ", *contexts.KEYS.get(level.context, ()))

    def _move_languages_in(self, column: int, content: str) -> int:
        """Moves such a line in, and those below that belong to it; gives its new column."""
        level = self.state.levels[-1]
        right = level.column + _STEP
        self._page.fault_unless_above(column, "language-beside-key", key=level.key, below=content[:2], near=right)
        self._page.mend(" " * right + content)
        self.state.shift = _Shift(right - column, column, None)
        return right

    def _find_entry_again(self, column: int, content: str) -> None:
        """Where a faulty line made the levels get lost: the beginning of an entry, or one of its keys."""
        levels, dashes = self.state.levels, self.state.dashes
        if dashes is None:
            return
        key = _KEY.match(content)
        is_key = column == dashes + _STEP and bool(key) and key["key"] in contexts.KEYS[contexts.ENTRY]  # type: ignore[index]  # it is a match
        if not is_key and not (column == dashes and re.match(r"- +id *:", content)):
            return
        wanted = [(dashes, contexts.ENTRIES), (dashes + _STEP, contexts.ENTRY)][: 1 + is_key]
        if not {(level.column, level.context) for level in levels}.issuperset(wanted):
            levels[1:] = [_Level(at, context, is_list=context == contexts.ENTRIES) for at, context in wanted]
            self.state.plain = None

    def _has_stray_signs(self, lead: str, content: str) -> bool:
        """Whether signs stand before a key or dash that is where it belongs; they are taken away."""
        match = _STRAY.match(content)
        if not match or (self.state.block is not None and len(lead) > self.state.block):
            return False
        rest, typed = content[match.end() :], len(lead) + match.end()
        key = _KEY.match(rest)
        word = key["key"] if key else ""
        keys = (level for level in self.state.levels[1:] if level.column == len(lead) and not level.is_list)
        if any(word in contexts.KEYS.get(level.context, ()) for level in keys):
            return not self._list_expected(len(lead)) and self._without_sign(lead, content, rest, len(lead))
        if content[0] in f"-*{signs.BULLETS}" and not rest.startswith("- "):
            return False
        fitting = (
            level.column
            for level in self.state.levels
            if level.column in (typed, typed - 1)
            and (rest.startswith("- ") if level.is_list else word in contexts.KEYS.get(level.context, ()))
        )
        column = next(fitting, None)
        begins = self.state.levels[-1].pending in contexts.LISTS and rest.startswith("- ")
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
            self.state.theirs = any(end and end[1][0] == ">" for end in ends)
        elif sign == ">":
            self.state.theirs = False
        return bool(match) or self.state.theirs

    def _shift(self) -> None:
        """Moves a line of an entry that stands too far in or out as a whole."""
        shift, line = self.state.shift, self._page.content()
        if not shift or not line.strip():
            return
        column = column_of(line)
        if shift.includes(column, line[column:]):
            self._page.mend(" " * max(0, column + shift.by) + line[column:])
        else:
            self.state.shift = None

    def _in_block(self, lead: str, content: str) -> bool:
        """Whether the line belongs to the block."""
        block = self.state.block or 0
        spaces = len(lead) - len(lead.lstrip(" "))
        inner = self.state.inner or block + _STEP
        if spaces > block or (self.state.block == -1):
            self.state.inner = self.state.inner or spaces
            return True
        if len(lead) > spaces:  # a tab, or a space that is none
            self._odd_lead(lead, spaces)
            self._page.mend(" " * inner + content)
            return True
        if self._is_text_outside(spaces, content):
            if not self.state.outside:
                self._page.fault(spaces, "text-not-moved-in", near=inner)
            self.state.outside = True
            self._page.mend(" " * inner + content)
            return True
        self.state.outside = False
        return False

    def _is_text_outside(self, column: int, content: str) -> bool:
        """Whether such a line below a | is no key, no item and no note, and so was meant to be text."""
        if content.startswith("#"):
            return False
        if content.startswith("-") or content[0] in signs.BULLETS:
            return not self._list_expected(column) and not _KEY.match(content.lstrip("- "))
        match = _KEY.match(content)
        key = match["key"] if match else ""
        if self._is_known(_first_word(content) or key) or contexts.meant_key(key):
            return False
        return not match or bool(re.search("[가-힣 ]", match["key"])) or match["after"] not in ("", " ")

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
        column = self._fitting(content, len(lead.expandtabs(_STEP)))
        self._page.mend(" " * column + content)
        return column

    def _fitting(self, content: str, otherwise: int, left: Sequence[_Level] = ()) -> int:
        """The column at which such a line belongs, as far as the levels tell that are open, or were just left."""
        inside_out = [*left, *reversed(self.state.levels)]
        if content.startswith("-") or content[:1] in signs.BULLETS:
            for level in inside_out:
                if level.is_list and (level.context != contexts.ENTRIES or re.match(r"- *id\b", content)):
                    return level.column
                if level.pending in contexts.LISTS:
                    return level.column + _STEP
            return otherwise
        word = _WORD.match(content)
        for level in inside_out:
            if level.is_list:
                continue
            if level.pending and word and word[0] in contexts.KEYS.get(level.pending, ()):
                return level.column + _STEP
            if word and word[0] in contexts.KEYS.get(level.context, ()):
                return level.column
        return otherwise

    # Dashes and keys

    def _structure(self, column: int, content: str) -> None:
        written = column
        if content[0] in signs.BULLETS:
            column = self._fitting(content, column)
        if self._continues(column, content):
            return
        self.state.plain = None
        told = len(self._page.faults)
        dash = self._dash(column, content, written)
        popped = self._pop(column, dash=dash is not None)
        if dash is None:
            self._key_line(column, content, popped)
        else:
            told = len(self._page.faults) if len(self._page.faults) > told else -1
            self._item(column, content, dash, popped)
            if told >= 0:
                del self._page.faults[told:]  # of a line one fault is told

    def _dash(self, column: int, content: str, written: int) -> int | None:
        """How many letters the dash of a list takes, mended where it is another sign; None when there is none."""
        if content == "-" or content.startswith("- "):
            return len(content) - len(content[1:].lstrip(" ")) if len(content) > 1 else 1
        sign, rest = content[0], content[1:].strip(f" \t{signs.ODD_SPACES}")
        if re.match("-- ", content):
            rest = rest.lstrip("- ")
        listed = self._list_expected(column)
        if sign == "-" and listed and not content.startswith("---") and rest:
            kind = "odd-space" if content[1] in signs.ODD_SPACES else "tab" if content[1] == "\t" else ""
            if kind == "odd-space":
                self._page.fault(column + 1, kind, name=signs.name_of(content[1]))
            elif not kind:
                self._page.fault(column, "missing-dash-space", near=shortened(f"- {rest}"))
        elif (sign in signs.BULLETS or content.startswith("* ")) and listed and rest:
            self._page.fault(written, "bullet", sign=sign, near=shortened(f"- {rest}"))
        elif listed and self._lacks_dash(column, content):
            rest = _NUMBERED.sub("", content, count=1)
            self._page.fault(column, "missing-dash", near=shortened(f"- {rest}"))
        else:
            return None
        self._page.mend(f"{' ' * column}- {rest}")
        return 2

    def _lacks_dash(self, column: int, content: str) -> bool:
        """Whether it is one more line of a list of texts or words, but for its dash."""
        level = next((level for level in reversed(self.state.levels) if level.column <= column), None)
        if not level:
            return False
        expected: str | None = level.context
        begun = level.column == column
        if not level.is_list:
            expected, begun = level.pending, True
        if expected not in _LISTS_OF_TEXTS or not begun:
            return False
        match = _KEY.match(content)
        is_key = bool(match) and match["after"] in ("", " ")  # type: ignore[index]  # it is a match
        written = {_first_word(content), match["key"] if match else ""}
        return not is_key and not any(map(self._is_known, written)) and not _meant(content)

    def _list_expected(self, column: int) -> bool:
        for level in reversed(self.state.levels):
            if level.is_list:
                if level.column == column:
                    return True
            elif level.column <= column:
                return level.pending in contexts.LISTS
        return False

    def _pop(self, column: int, *, dash: bool) -> list[_Level]:
        """Leaves the levels that the line is no part of."""
        levels, popped = self.state.levels, []
        while len(levels) > 1 and (
            levels[-1].column > column
            or (levels[-1].column == column and levels[-1].is_list and not dash)
            or (levels[-1].column == column and dash and not levels[-1].is_list and self._list_below(column))
        ):
            popped.append(levels.pop())
        return popped

    def _list_below(self, column: int) -> bool:
        """Whether a list, and not a key that waits for one, has its dashes in that column."""
        last = self.state.levels[-1]
        waits = last.pending in contexts.LISTS
        return not waits and any(level.is_list and level.column == column for level in self.state.levels[:-1])

    def _item(self, column: int, content: str, dash: int, popped: list[_Level]) -> None:
        levels = self.state.levels
        of_text = self._column_of_text(content, popped) if levels[-1].context not in _LISTS_OF_TEXTS else None
        if of_text is not None or not levels[-1].is_list or levels[-1].column != column:
            right = self._column_of_list(column, popped) if of_text is None else of_text
            if right is not None:
                self._page.fault(column, "indentation", now=column, near=right)
                self._page.mend(" " * right + content)
                if levels[-1].column < right or not levels[-1].is_list:
                    levels.extend(level for level in reversed(popped) if level.column <= right)
                if not levels[-1].is_list:
                    levels.append(_Level(right, levels[-1].pending or contexts.ANYTHING, is_list=True))
                if column_of(self._page.next_line()) == column + dash and of_text is None:
                    self.state.shift = _Shift(right - column, column, right)
                column = right
            else:
                column = self._column_of_first(column, content)
                levels.append(_Level(column, levels[-1].pending or contexts.ANYTHING, is_list=True))
                if levels[-1].context == contexts.ENTRIES:
                    self.state.dashes = column
        self._behind_dash(column, column + dash)

    def _behind_dash(self, column: int, inner: int) -> None:
        """Looks at what stands behind the dash in that column; `inner` is the column where it begins."""
        levels = self.state.levels
        rest = self._page.content()[inner:]
        item = item_of(levels[-1].context)
        if not rest or (rest.startswith("#") and (item not in contexts.SENTENCES or self._page.has_more(column, item))):
            levels.append(_Level(inner, item, pending=item))
        elif rest.startswith("- ") and item in (contexts.WORDS, contexts.ANYTHING):
            levels[-1].pending = None
            self._structure(inner, rest) if item == contexts.WORDS else None
        elif self._is_key(rest, item):
            levels.append(_Level(inner, item))
            self._keyed(inner, rest, levels[-1])
        elif item == contexts.QUESTION and not re.match(r"[{\[&*!]", rest):
            self._page.fault(inner, "question-without-key", near=shortened(f"- question: {rest}"))
            levels.append(_Level(inner, item))
            self._go_on(inner, f"question: {rest}", levels[-1])
        else:
            self._value(Value(inner, rest, item, column, "- "))

    def _column_of_first(self, column: int, content: str) -> int:
        """Where the dashes are of the list that this one begins: the next one may tell that it stands wrong."""
        following, last = self._page.next_line(), self.state.levels[-1]
        right = column_of(following)
        if last.pending not in _LISTS_OF_TEXTS or right in {column, last.column} or right < last.column:
            return column
        if not following.lstrip().startswith("- ") or right != last.column + _STEP:
            return column
        self._page.fault(column, "indentation", now=column, near=right)
        self._page.mend(" " * right + content)
        return right

    @staticmethod
    def _column_of_text(content: str, popped: Sequence[_Level]) -> int | None:
        """Where the dashes are of the list of texts that was just left, or expected, if the item can only be of it."""
        if re.match(r"- *[a-z_]+ *[:：]|- *[\[{]|-$", content):
            return None
        for level in popped:
            if level.context in _LISTS_OF_TEXTS and level.is_list:
                return level.column
            if level.pending in _LISTS_OF_TEXTS and not level.is_list:
                return level.column + _STEP
        return None

    def _column_of_list(self, column: int, popped: list[_Level]) -> int | None:
        """Where the dashes are of the list that such an item belongs to, if it is one that is open already."""
        last = self.state.levels[-1]
        if last.is_list:
            return last.column if last.context == contexts.ENTRIES and last.column < column else None
        lists = (level for level in popped if level.is_list)
        return next((level.column for level in lists if last.pending in (None, level.context)), None)

    def _is_key(self, rest: str, context: str) -> bool:
        match = _KEY.match(rest)
        known = contexts.KEYS.get(context, frozenset())
        if context in (contexts.ENTRY, contexts.QUESTION, contexts.ANYTHING):
            return bool(match) or (_first_word(rest) in known)
        return bool(match) and match["key"] in known  # type: ignore[index]  # it is a match

    def _key_line(self, column: int, content: str, popped: list[_Level]) -> None:
        level = self.state.levels[-1]
        if level.is_list or level.column != column:
            begun = any(each.is_list and each.context == level.pending for each in popped)
            if level.pending is not None and column > level.column and not begun:
                if not self._is_nested(content, level.pending):
                    self._value(Value(column, self._page.content()[column:], level.pending, level.column, ""))
                    level.pending = None
                    return
                context, level.pending = level.pending, None
                level = _Level(column, context)
                self.state.levels.append(level)
            else:
                right = self._fitting(content, -1, popped)
                if right in {-1, column}:
                    self._strange(column, content, popped)
                    return
                self._page.fault(column, "indentation", now=column, near=right)
                self._page.mend(" " * right + content)
                self.state.levels.extend(each for each in reversed(popped) if each.column <= right)
                self._pop(right, dash=False)
                column, level = right, self.state.levels[-1]
        if level.context == contexts.QUESTIONS and not _KEY.match(content):
            self._page.fault(column, "question-without-key", near=shortened(f"- question: {content}"))
            self._mend_item(column, f"question: {content}")
            return
        if popped and level.context == contexts.TOPIC and self._is_lost(content):
            self._strange(column, content, popped)
            return
        level.pending = None
        inner = self._inner(content, level, popped)
        if inner is not None:
            self._page.fault(column, "indentation", now=column, near=inner)
            self._page.mend(" " * inner + content)
            self.state.levels.extend(each for each in reversed(popped) if each.column <= inner)
            column, level = inner, self.state.levels[-1]
        outer = self._outer(content, level)
        if outer is not None:
            self._page.fault(column, "indentation", now=column, near=outer)
            self._page.mend(" " * outer + content)
            self._pop(outer, dash=False)
            column, level = outer, self.state.levels[-1]
        self._keyed(column, self._page.content()[column:], level)

    def _strange(self, column: int, content: str, popped: Sequence[_Level]) -> None:
        """Nothing is known of such a line: it is left out, and what was open before it goes on."""
        if any(level.context == contexts.ANYTHING for level in self.state.levels):
            return  # the reader will say what it thinks
        self._page.fault(column, "strange-line", near=shortened(content))
        self._page.mend("")
        self.state.levels.extend(reversed(popped))

    def _is_lost(self, content: str) -> bool:
        """Whether a line at the margin is none of a topic's keys nor an entry's, and the lines below are moved in."""
        match = _KEY.match(content)
        word = match["key"] if match else _first_word(content)
        known = contexts.KEYS[contexts.TOPIC] | contexts.KEYS[contexts.ENTRY]
        if word in known or contexts.meant_key(word):
            return False
        return not match or column_of(self._page.next_line()) > 0

    @staticmethod
    def _strange_key(content: str, level: _Level) -> str | None:
        """The key that a line begins with, if the level does not know it and knows others."""
        match = _KEY.match(content)
        known = contexts.KEYS.get(level.context)
        if not match or match["after"] not in ("", " ") or known is None or match["key"] in known:
            return None
        return match["key"]

    def _inner(self, content: str, level: _Level, popped: Sequence[_Level]) -> int | None:
        """The column of the entry that was just left, where a key belongs to it and not to this level."""
        key = self._strange_key(content, level)
        left = (each for each in popped if each.context == contexts.ENTRY and not each.is_list)
        return next((each.column for each in left if key in contexts.KEYS[contexts.ENTRY]), None)

    def _outer(self, content: str, level: _Level) -> int | None:
        """The column of the level around this one that a key belongs to, which this level does not know."""
        key = self._strange_key(content, level)
        right = self._level_of_key(key) if key else None
        return right if right is not None and right < level.column else None

    def _is_nested(self, content: str, pending: str) -> bool:
        """Whether a line below a key begins a mapping, and is not the key's text."""
        if pending in contexts.SENTENCES:
            match, known = _KEY.match(content), contexts.KEYS[pending]
            if match:
                return match["key"].strip("\"'") in known or bool(match["after"] in (" ", "") and match["colon"] == ":")
            return _first_word(content) == "ko"
        return True

    def _value(self, value: Value, level: _Level | None = None) -> None:
        """Looks at a value; `level` is that of its key, if it has one."""
        outcome = self._values.look(value)
        if outcome is Below.PENDING and level:
            level.pending = value.role
        elif outcome is Below.BLOCK:
            self.state.block, self.state.inner = value.parent, None
        elif outcome is Below.PLAIN:
            self.state.plain = value.parent

    def _keyed(self, column: int, content: str, level: _Level) -> None:
        """A line with a key: `content` begins in that column, and is the rest of the line."""
        known = contexts.KEYS.get(level.context)
        match = _KEY.match(content)
        key = match["key"].strip("\"'") if match else ""
        if match and match["colon"] == ":" and match["after"] in ("", " ", "\t"):
            value = content[match.end("colon") :]
            offset = len(value) - len(value.lstrip(" \t"))
            level.has_id = level.has_id or key == "id"
            level.key, level.is_lost_text_told = key, False
            role = behind(level.context, key)
            at = column + match.end("colon") + offset
            self._value(Value(at, value.lstrip(" \t"), role, column, f"{key}: "), level)
        elif match and self._knows(level.context, key):
            self._rewrite(column, key, match, level)
        elif known and (word := _first_word(content)) in known:
            self._missing_colon(column, content, word, level)
        elif level.context in (contexts.SOURCES, contexts.FIGURES) and self._is_bare_source(column, content):
            self._missing_colon(column, content, content.strip(), level)
        elif known and re.match(r"\w", content) and not match:
            self._strange(column, content, ())

    def _is_bare_source(self, column: int, content: str) -> bool:
        return bool(_SLUG.fullmatch(content.strip())) and self._page.has_more(column, contexts.SOURCE)

    @staticmethod
    def _knows(context: str, key: str) -> bool:
        return key in contexts.KEYS.get(context, ()) or (context == contexts.SOURCES and bool(_SLUG.fullmatch(key)))

    def _rewrite(self, column: int, key: str, match: "re.Match[str]", level: _Level) -> None:
        """A line whose colon or the space behind it is none."""
        value = match.string[match.end("colon") :].strip(f" \t{signs.ODD_SPACES}")
        right = f"{key}: {value}".rstrip()
        told = {"key": key, "near": shortened(right)}
        if match["colon"] == "：":
            self._page.fault(column + match.start("colon"), "full-width-colon", **told)
        elif match["after"] in signs.ODD_SPACES:
            self._page.fault(column + match.start("after"), "odd-space", name=signs.name_of(match["after"]))
        else:
            self._page.fault(column + match.start("after"), "missing-space", **told)
        self._go_on(column, right, level)

    def _missing_colon(self, column: int, content: str, word: str, level: _Level) -> None:
        right = f"{word}: {content[len(word) :].lstrip(' =;；').rstrip()}".rstrip()
        self._page.fault(column + len(word), "missing-colon", key=word, near=shortened(right))
        self._go_on(column, right, level)

    def _go_on(self, column: int, right: str, level: _Level) -> None:
        """Reads the mended line; of a line one fault is told."""
        before = self._page.content()[:column]
        self._page.mend(before + right)
        told = len(self._page.faults)
        self._keyed(column, right, level)
        del self._page.faults[told:]

    def _continues(self, column: int, content: str) -> bool:
        """Whether the line goes on with the plain text of the line before."""
        if self.state.plain is None or column <= self.state.plain:
            return False
        if self.state.dashes is None and re.match(r"- +id *:", content):
            self._page.fault(column, "missing-key", key="entries", example="entries:")
            self.state.levels.append(_Level(column, contexts.ENTRIES, is_list=True))
            self.state.dashes, self.state.plain = column, None
            self._item(column, content, len(content) - len(content[1:].lstrip(" ")), [])
            return True
        match = _KEY.match(content)
        if match and match["after"] in ("", " ") and (right := self._level_of_key(match["key"])) is not None:
            self._page.fault(column, "indentation", now=column, near=right)
            self._page.mend(" " * right + content)
            self._structure(right, content)
            return True
        listed = next((level for level in reversed(self.state.levels) if level.is_list), None)
        if content.startswith("- ") and listed and listed is self.state.levels[-1]:
            self._page.fault(column, "indentation", now=column, near=listed.column)
            self._page.mend(" " * listed.column + content)
            self._structure(listed.column, content)
            return True
        level = self.state.levels[-1]
        if re.match(r"- |[•·ㆍ●○▪■□]", content) and contexts.behind(level.context, level.key) == contexts.TEXT:
            if not level.is_lost_text_told:
                self._page.fault(column, "list-for-lines", key=level.key, near=f"{level.key}: |")
            level.is_lost_text_told = True
            return True
        self._values.continued(column, content)
        return True

    def _is_known(self, key: str) -> bool:
        return self._level_of_key(key) is not None

    def _level_of_key(self, key: str) -> int | None:
        levels = (level for level in reversed(self.state.levels) if not level.is_list)
        return next((level.column for level in levels if key in contexts.KEYS.get(level.context, ())), None)


def _meant(content: str) -> str | None:
    """The key that a line begins with in another language, with its colon left out."""
    words = content.split(maxsplit=1)
    return contexts.meant_key(words[0]) if len(words) > 1 else None


def _first_word(content: str) -> str:
    match = _WORD.match(content)
    return match[0] if match and content[match.end() : match.end() + 1] in ("", *" =;；") else ""
