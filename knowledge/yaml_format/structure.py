"""The structure of a file: each line with a dash or a key is given its place among the mappings and lists.

What a line's place makes of it tells what it was meant to be: a line that stands wrong is moved, a dash or a colon that
is none is mended, and the value is looked at.
"""

import re
from collections.abc import Sequence

from knowledge.yaml_format import contexts, signs
from knowledge.yaml_format.contexts import behind, item_of
from knowledge.yaml_format.levels import LISTS_OF_TEXTS, STEP, Level, OpenLevels, Shift, column_of_texts
from knowledge.yaml_format.line_key import key_of
from knowledge.yaml_format.mended_lines import MendedLines, column_of
from knowledge.yaml_format.misplaced_lines import is_lost_key, lacks_dash
from knowledge.yaml_format.signs import shortened
from knowledge.yaml_format.values import Below, Value, Values

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|[①-⑳]|[가-하][.)])\s*")


class Structure:
    """What is open at the line that is looked at on the page; the context is that of the whole file."""

    def __init__(self, page: MendedLines, context: str) -> None:
        self.levels = OpenLevels(context)
        self.block: int | None = None
        """The column that the lines of a block are moved in from."""
        self.inner: int | None = None
        """The column of the block's own lines."""
        self.plain: int | None = None
        """The column that the further lines of a plain text are moved in from."""
        self.shift: Shift | None = None
        self.dashes: int | None = None
        """The column in which entries begin."""
        self._page = page
        self._values = Values(page)

    def read(self, column: int, content: str) -> None:
        """Reads the content of the line, which begins in that column, as what it was meant to be."""
        written = column
        if content[0] in signs.BULLETS:
            column = self.levels.fitting(content, column)
        if self._continues(column, content):
            return
        self.plain = None
        told = len(self._page.faults)
        dash = self._dash(column, content, written)
        popped = self.levels.leave(column, dash=dash is not None)
        if dash is None:
            self._key_line(column, content, popped)
        else:
            told = len(self._page.faults) if len(self._page.faults) > told else -1
            self._item(column, content, dash, popped)
            if told >= 0:
                del self._page.faults[told:]  # of a line one fault is told

    def mend_item(self, column: int, content: str) -> None:
        """Puts a dash in that column before the content, and reads the line; of a line one fault is told."""
        told = len(self._page.faults)
        self._page.mend(f"{' ' * column}- {content}")
        self.read(column, f"- {content}")
        del self._page.faults[told:]

    def _dash(self, column: int, content: str, written: int) -> int | None:
        """How many letters the dash of a list takes, mended where it is another sign; None when there is none."""
        if content == "-" or content.startswith("- "):
            return len(content) - len(content[1:].lstrip(" ")) if len(content) > 1 else 1
        sign, rest = content[0], content[1:].strip(f" \t{signs.ODD_SPACES}")
        if re.match("-- ", content):
            rest = rest.lstrip("- ")
        listed = self.levels.expect_dash(column)
        if sign == "-" and listed and not content.startswith("---") and rest:
            kind = "odd-space" if content[1] in signs.ODD_SPACES else "tab" if content[1] == "\t" else ""
            if kind == "odd-space":
                self._page.fault(column + 1, kind, name=signs.name_of(content[1]))
            elif not kind:
                self._page.fault(column, "missing-dash-space", near=shortened(f"- {rest}"))
        elif (sign in signs.BULLETS or content.startswith("* ")) and listed and rest:
            self._page.fault(written, "bullet", sign=sign, near=shortened(f"- {rest}"))
        elif listed and lacks_dash(self.levels, column, content):
            rest = _NUMBERED.sub("", content, count=1)
            self._page.fault(column, "missing-dash", near=shortened(f"- {rest}"))
        else:
            return None
        self._page.mend(f"{' ' * column}- {rest}")
        return 2

    def _item(self, column: int, content: str, dash: int, popped: list[Level]) -> None:
        levels = self.levels
        of_text = column_of_texts(content, popped) if levels.last.context not in LISTS_OF_TEXTS else None
        if of_text is not None or not levels.last.is_list or levels.last.column != column:
            right = levels.column_of_list(column, popped) if of_text is None else of_text
            if right is not None:
                self._move(column, content, right)
                if levels.last.column < right or not levels.last.is_list:
                    levels.reopen(popped, right)
                if not levels.last.is_list:
                    levels.add(Level(right, levels.last.pending or contexts.ANYTHING, is_list=True))
                if column_of(self._page.next_line()) == column + dash and of_text is None:
                    self.shift = Shift(right - column, column, right)
                column = right
            else:
                column = self._column_of_first(column, content)
                levels.add(Level(column, levels.last.pending or contexts.ANYTHING, is_list=True))
                if levels.last.context == contexts.ENTRIES:
                    self.dashes = column
        self._behind_dash(column, column + dash)

    def _behind_dash(self, column: int, inner: int) -> None:
        """Looks at what stands behind the dash in that column; `inner` is the column where it begins."""
        levels = self.levels
        rest = self._page.content()[inner:]
        item = item_of(levels.last.context)
        if not rest or (rest.startswith("#") and (item not in contexts.SENTENCES or self._page.has_more(column, item))):
            levels.add(Level(inner, item, pending=item))
        elif rest.startswith("- ") and item in (contexts.WORDS, contexts.ANYTHING):
            levels.last.pending = None
            self.read(inner, rest) if item == contexts.WORDS else None
        elif self._is_key(rest, item):
            levels.add(Level(inner, item))
            self._keyed(inner, rest, levels.last)
        elif item == contexts.QUESTION and not re.match(r"[{\[&*!]", rest):
            self._page.fault(inner, "question-without-key", near=shortened(f"- question: {rest}"))
            levels.add(Level(inner, item))
            self._go_on(inner, f"question: {rest}", levels.last)
        else:
            self._value(Value(inner, rest, item, column, "- "))

    def _move(self, column: int, content: str, right: int) -> None:
        """Moves a line to the column where it belongs."""
        self._page.fault(column, "indentation", now=column, near=right)
        self._page.mend(" " * right + content)

    def _column_of_first(self, column: int, content: str) -> int:
        """Where the dashes are of the list that this one begins: the next one may tell that it stands wrong."""
        following, last = self._page.next_line(), self.levels.last
        right = column_of(following)
        if last.pending not in LISTS_OF_TEXTS or right in {column, last.column} or right < last.column:
            return column
        if not following.lstrip().startswith("- ") or right != last.column + STEP:
            return column
        self._move(column, content, right)
        return right

    def _is_key(self, rest: str, context: str) -> bool:
        key, known = key_of(rest), contexts.KEYS.get(context, frozenset())
        if context in (contexts.ENTRY, contexts.QUESTION, contexts.ANYTHING):
            return key.match is not None or key.word in known
        return key.written in known

    def _key_line(self, column: int, content: str, popped: list[Level]) -> None:
        level = self.levels.last
        if level.is_list or level.column != column:
            begun = any(each.is_list and each.context == level.pending for each in popped)
            if level.pending is not None and column > level.column and not begun:
                if not self._is_nested(content, level.pending):
                    self._value(Value(column, self._page.content()[column:], level.pending, level.column, ""))
                    level.pending = None
                    return
                context, level.pending = level.pending, None
                level = Level(column, context)
                self.levels.add(level)
            else:
                right = self.levels.fitting(content, -1, popped)
                if right in {-1, column}:
                    self._strange(column, content, popped)
                    return
                self._move(column, content, right)
                self.levels.reopen(popped, right)
                self.levels.leave(right, dash=False)
                column, level = right, self.levels.last
        if level.context == contexts.QUESTIONS and not key_of(content).match:
            self._page.fault(column, "question-without-key", near=shortened(f"- question: {content}"))
            self.mend_item(column, f"question: {content}")
            return
        if popped and level.context == contexts.TOPIC and self._is_lost(content):
            self._strange(column, content, popped)
            return
        level.pending = None
        inner = self.levels.column_of_inner_key(content, level, popped)
        if inner is not None:
            self._move(column, content, inner)
            self.levels.reopen(popped, inner)
            column, level = inner, self.levels.last
        outer = self.levels.column_of_outer_key(content, level)
        if outer is not None:
            self._move(column, content, outer)
            self.levels.leave(outer, dash=False)
            column, level = outer, self.levels.last
        self._keyed(column, self._page.content()[column:], level)

    def _strange(self, column: int, content: str, popped: Sequence[Level]) -> None:
        """Nothing is known of such a line: it is left out, and what was open before it goes on."""
        if any(level.context == contexts.ANYTHING for level in self.levels.all):
            return  # the reader will say what it thinks
        self._page.fault(column, "strange-line", near=shortened(content))
        self._page.mend("")
        self.levels.reopen(popped)

    def _is_lost(self, content: str) -> bool:
        """Whether a line at the margin is none of a topic's keys nor an entry's, and the lines below are moved in."""
        is_key = key_of(content).match is not None
        return is_lost_key(content) and (not is_key or column_of(self._page.next_line()) > 0)

    def _is_nested(self, content: str, pending: str) -> bool:
        """Whether a line below a key begins a mapping, and is not the key's text."""
        if pending in contexts.SENTENCES:
            key, known = key_of(content), contexts.KEYS[pending]
            if key.match:
                return key.written.strip("\"'") in known or (key.is_of_yaml and key.match["colon"] == ":")
            return key.word == "ko"
        return True

    def _value(self, value: Value, level: Level | None = None) -> None:
        """Looks at a value; `level` is that of its key, if it has one."""
        outcome = self._values.look(value)
        if outcome is Below.PENDING and level:
            level.pending = value.role
        elif outcome is Below.BLOCK:
            self.block, self.inner = value.parent, None
        elif outcome is Below.PLAIN:
            self.plain = value.parent

    def _keyed(self, column: int, content: str, level: Level) -> None:
        """A line with a key: `content` begins in that column, and is the rest of the line."""
        known = contexts.KEYS.get(level.context)
        match = key_of(content).match
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
        elif known and (word := key_of(content).word) in known:
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

    def _rewrite(self, column: int, key: str, match: "re.Match[str]", level: Level) -> None:
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

    def _missing_colon(self, column: int, content: str, word: str, level: Level) -> None:
        right = f"{word}: {content[len(word) :].lstrip(' =;；').rstrip()}".rstrip()
        self._page.fault(column + len(word), "missing-colon", key=word, near=shortened(right))
        self._go_on(column, right, level)

    def _go_on(self, column: int, right: str, level: Level) -> None:
        """Reads the mended line; of a line one fault is told."""
        before = self._page.content()[:column]
        self._page.mend(before + right)
        told = len(self._page.faults)
        self._keyed(column, right, level)
        del self._page.faults[told:]

    def _continues(self, column: int, content: str) -> bool:
        """Whether the line goes on with the plain text of the line before."""
        if self.plain is None or column <= self.plain:
            return False
        if self.dashes is None and re.match(r"- +id *:", content):
            self._page.fault(column, "missing-key", key="entries", example="entries:")
            self.levels.add(Level(column, contexts.ENTRIES, is_list=True))
            self.dashes, self.plain = column, None
            self._item(column, content, len(content) - len(content[1:].lstrip(" ")), [])
            return True
        key = key_of(content)
        if key.is_of_yaml and (right := self.levels.column_of_key(key.written)) is not None:
            self._move(column, content, right)
            self.read(right, content)
            return True
        listed = next((level for level in reversed(self.levels.all) if level.is_list), None)
        if content.startswith("- ") and listed and listed is self.levels.last:
            self._move(column, content, listed.column)
            self.read(listed.column, content)
            return True
        level = self.levels.last
        if re.match(r"- |[•·ㆍ●○▪■□]", content) and contexts.behind(level.context, level.key) == contexts.TEXT:
            if not level.is_lost_text_told:
                self._page.fault(column, "list-for-lines", key=level.key, near=f"{level.key}: |")
            level.is_lost_text_told = True
            return True
        self._values.continued(column, content)
        return True
