"""Tells lines that are not what their place makes of them, by the levels that are open there.

A text that is not moved in, an entry or an item without its dash, a language beside the key that it belongs below.
"""

import re

from knowledge.yaml_format import contexts, signs
from knowledge.yaml_format.levels import LISTS_OF_TEXTS, Level, OpenLevels, begins_with_language
from knowledge.yaml_format.line_key import key_of


def is_lost_text(levels: OpenLevels, column: int, content: str) -> bool:
    """Whether the line was meant to go on with the text of the key above, and is not moved in."""
    level = levels.last
    if column > level.column or (column < level.column and level.context == contexts.QUESTION):
        return False  # it is inside, or another question
    if level.is_list or contexts.behind(level.context, level.key) != contexts.TEXT:
        return False
    may_be_key = level.pending is None and (column > 0 or level.column == 0)
    return bool(level.key) and _is_text(levels, column, content, may_be_key=may_be_key)


def _is_text(levels: OpenLevels, column: int, content: str, *, may_be_key: bool) -> bool:
    """Whether the line begins with no dash, no key, nor with what may be one."""
    if content.startswith("-") or content[0] in signs.BULLETS:
        is_item = re.match(r"-(?: *[\[{]|$)", content) or levels.expect_dash(column)
        return not is_item and not key_of(content.lstrip("- ")).match
    key = key_of(content)
    if any(map(levels.know, (key.name, key.word, key.meant))) or contexts.meant_key(key.written):
        return False
    return not key.is_of_yaml or (not may_be_key and bool(re.search("[가-힣]", key.written)))


def is_text_outside(levels: OpenLevels, column: int, content: str) -> bool:
    """Whether a line that is not moved in below a | is no key, no item and no note, and so was meant to be text."""
    if content.startswith("#"):
        return False
    if content.startswith("-") or content[0] in signs.BULLETS:
        return not levels.expect_dash(column) and not key_of(content.lstrip("- ")).match
    key = key_of(content)
    if levels.know(key.word or key.written) or contexts.meant_key(key.written):
        return False
    return not key.is_of_yaml or bool(re.search("[가-힣 ]", key.written))


def begins_entry(levels: OpenLevels, column: int, content: str) -> bool:
    """Whether an entry begins without its dash."""
    key, last = key_of(content).name, levels.last
    if last.pending == contexts.ENTRIES and not last.is_list:
        known = contexts.KEYS[contexts.ENTRY] - contexts.KEYS[contexts.TOPIC]
        return key == "id" or content[0] == "{" or (key in known and column > last.column)
    return key == "id" and any(level.context == contexts.ENTRY and level.has_id for level in levels.all)


def lacks_dash(levels: OpenLevels, column: int, content: str) -> bool:
    """Whether it is one more line of a list of texts or words, but for its dash."""
    level = next((level for level in reversed(levels.all) if level.column <= column), None)
    if not level:
        return False
    expected, begun = (level.context, level.column == column) if level.is_list else (level.pending, True)
    if expected not in LISTS_OF_TEXTS or not begun:
        return False
    key = key_of(content)
    return not key.is_of_yaml and not any(map(levels.know, (key.word, key.written))) and not key.meant


def is_language_beside(level: Level, column: int, content: str) -> bool:
    """Whether the line has a language's key beside the key that it belongs below, which is the last of that level."""
    waits = not level.is_list and level.pending in contexts.SENTENCES and column <= level.column
    return waits and begins_with_language(content) and content[:2] not in ("- ", *contexts.KEYS.get(level.context, ()))


def is_lost_key(content: str) -> bool:
    """Whether a line at the margin is none of a topic's keys nor an entry's."""
    key = key_of(content).name
    known = contexts.KEYS[contexts.TOPIC] | contexts.KEYS[contexts.ENTRY]
    return key not in known and not contexts.meant_key(key)
