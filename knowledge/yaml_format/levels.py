"""The mappings and lists that are open at a line, and where in them a line belongs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.yaml_format import contexts, signs
from knowledge.yaml_format.line_key import first_letters, key_of

STEP = 2
"""How much further in the lines below a key are."""
LISTS_OF_TEXTS = frozenset({contexts.TEXTS, contexts.PHRASINGS, contexts.WORDS})
_OF_LANGUAGES = re.compile(r"(?:ko|en) *[:：]|- ")


@dataclass(slots=True)
class Level:
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

    def knows(self, key: str) -> bool:
        """Whether the key is one of this mapping's."""
        return not self.is_list and key in contexts.KEYS.get(self.context, ())

    def strange_key(self, content: str) -> str | None:
        """The key that a line begins with, if this mapping does not know it and knows others."""
        key, known = key_of(content), contexts.KEYS.get(self.context)
        return None if not key.is_of_yaml or known is None or key.written in known else key.written


@dataclass(slots=True)
class Shift:
    """Lines that stand further in or out than what they belong to says, all of them by so much."""

    by: int
    below: int
    """A line that is not moved in further ends it."""
    dashes: int | None
    """The column in which other entries begin; None where languages were shifted, and not an entry."""

    def includes(self, column: int, content: str) -> bool:
        """Whether the line belongs to what is shifted."""
        if self.dashes is None:
            return column > self.below or (column == self.below and begins_with_language(content))
        # Where all of an entry stands at the margin, its phrasings have the dashes of other entries.
        dash = r"- +[a-z_]+ *[:：]" if self.by > STEP else "- "
        begins = column == self.dashes and bool(re.match(dash, content))
        margin = column == 0 and bool(re.match(r"(?:topic|title|entries) *:", content))
        return column > self.below and not begins and not margin and not re.match(r"(?:- *)?id *[:：]", content)


def begins_with_language(content: str) -> bool:
    """Whether the line begins with a language's key, or a dash of those below one."""
    return bool(_OF_LANGUAGES.match(content))


class OpenLevels:
    """The levels that are open, the innermost last."""

    def __init__(self, context: str) -> None:
        self.all = [Level(0, context, pending=context if context in contexts.LISTS else None)]

    @property
    def last(self) -> Level:
        """The innermost one."""
        return self.all[-1]

    def add(self, level: Level) -> Level:
        """Opens one more inside."""
        self.all.append(level)
        return level

    def leave(self, column: int, *, dash: bool) -> list[Level]:
        """Leaves those that a line in that column, with a dash or without, is no part of; gives the innermost first."""
        levels, left = self.all, []
        while len(levels) > 1 and (
            levels[-1].column > column
            or (levels[-1].column == column and levels[-1].is_list and not dash)
            or (levels[-1].column == column and dash and not levels[-1].is_list and self._list_below(column))
        ):
            left.append(levels.pop())
        return left

    def _list_below(self, column: int) -> bool:
        """Whether a list, and not a key that waits for one, has its dashes in that column."""
        waits = self.last.pending in contexts.LISTS
        return not waits and any(level.is_list and level.column == column for level in self.all[:-1])

    def reopen(self, left: Sequence[Level], most: int | None = None) -> None:
        """Opens those again that were just left, or those of them that begin in no further column."""
        self.all.extend(level for level in reversed(left) if most is None or level.column <= most)

    def column_of_key(self, key: str) -> int | None:
        """The column of the innermost mapping that knows the key."""
        return next((level.column for level in reversed(self.all) if level.knows(key)), None)

    def know(self, key: str) -> bool:
        """Whether one of them knows the key."""
        return self.column_of_key(key) is not None

    def expect_dash(self, column: int) -> bool:
        """Whether a list goes on or begins with a dash in that column."""
        has_begun = False
        for level in reversed(self.all):
            if level.is_list:
                if level.column == column:
                    return True
                has_begun = True
            elif level.column <= column:
                return level.pending in contexts.LISTS and not has_begun
        return False

    def fitting(self, content: str, otherwise: int, left: Iterable[Level] = ()) -> int:
        """The column at which such a line belongs, as far as the levels tell that are open, or were just left."""
        inside_out = [*left, *reversed(self.all)]
        if content.startswith("-") or content[:1] in signs.BULLETS:
            for level in inside_out:
                if level.is_list and (level.context != contexts.ENTRIES or re.match(r"- *id\b", content)):
                    return level.column
                if level.pending in contexts.LISTS:
                    return level.column + STEP
            return otherwise
        word = first_letters(content)
        for level in inside_out:
            if level.is_list:
                continue
            if level.pending and word in contexts.KEYS.get(level.pending, ()):
                return level.column + STEP
            if level.knows(word):
                return level.column
        return otherwise

    def column_of_list(self, column: int, left: Iterable[Level]) -> int | None:
        """Where the dashes are of the list that such an item belongs to, if it is one that is open already."""
        last = self.last
        if last.is_list:
            return last.column if last.context == contexts.ENTRIES and last.column < column else None
        lists = (level for level in left if level.is_list)
        return next((level.column for level in lists if last.pending in (None, level.context)), None)

    def column_of_inner_key(self, content: str, level: Level, left: Iterable[Level]) -> int | None:
        """The column of the entry that was just left, where a key belongs to it and not to this level."""
        key = level.strange_key(content)
        entries = (each for each in left if each.context == contexts.ENTRY and not each.is_list)
        return next((each.column for each in entries if key in contexts.KEYS[contexts.ENTRY]), None)

    def column_of_outer_key(self, content: str, level: Level) -> int | None:
        """The column of the level around this one that a key belongs to, which this level does not know."""
        key = level.strange_key(content)
        right = self.column_of_key(key) if key else None
        return right if right is not None and right < level.column else None


def column_of_texts(content: str, left: Iterable[Level]) -> int | None:
    """Where the dashes are of the list of texts that was just left, or expected, if the item can only be of it."""
    if re.match(r"- *[a-z_]+ *[:：]|- *[\[{]|-$", content):
        return None
    for level in left:
        if level.context in LISTS_OF_TEXTS and level.is_list:
            return level.column
        if level.pending in LISTS_OF_TEXTS and not level.is_list:
            return level.column + STEP
    return None
