"""Texts as YAML: plain where every reader takes them for just this text, quoted or as a block where not."""

import yaml

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_TWO_DIGITS, _FOUR_DIGITS = 0x100, 0x10000


def plain_or_quoted(text: str, *, in_flow: bool = False) -> str:
    """The text on one line, without quotes where YAML reads it so; `in_flow`: between brackets or braces."""
    return text if text.isprintable() and _reads_as_itself(text, in_flow=in_flow) else quoted(text)


def quoted(text: str) -> str:
    """The text in double quotes, with everything escaped that is not printable."""
    return '"' + "".join(map(_escaped, text)) + '"'


def can_be_block(text: str) -> bool:
    """Whether the text can stand letter by letter under a `|`, but for line breaks after it."""
    lines = text.split("\n")
    good = all(line.isprintable() and line == line.rstrip() for line in lines)
    return good and bool(lines[0]) and not lines[0].startswith(" ") and bool(lines[-1])


def _reads_as_itself(text: str, *, in_flow: bool) -> bool:
    """Whether readers that know of numbers, dates, `no` and `~` too take it for a text, and for this one."""
    document = f"[{text}]" if in_flow else f"- {text}"
    try:
        return bool(yaml.safe_load(document) == [text])
    except (yaml.YAMLError, ValueError):  # ValueError: a day that is in no calendar
        return False


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code < _TWO_DIGITS:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _FOUR_DIGITS else f"\\U{code:08x}"
