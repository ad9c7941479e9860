"""Signs that look like YAML's own, or like nothing at all, and what an editor should type for them."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

LINE = re.compile("[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029]|$)")
"""What YAML takes for a line, with its end."""
ODD_SPACES: Final = "\u00a0\u3000\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
BULLETS: Final = "•·ㆍ・●○▪■□◦∙‣⁃◆◇▶►※‐‑‒–—―－−＊→➔➢✓✔☞★☆"
WORD_PROCESSOR_QUOTES: Final = "“‘„＂＇”’"
FULL_WIDTH_COMMAS: Final = "，、"
STARTERS: Final = "*&!%@`,]}"
"""No text can begin with these."""
_HIDDEN = re.compile(
    "[\u200b\u2060\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u180e\u115f\u1160\u3164\uffa0]|(?<![\u200d\ufe0f\U0001f000-\U0001faff\u2600-\u27bf])[\u200c\u200d]"
)
"""A joiner inside of an emoji is part of it."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LOST = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")
SEPARATORS = re.compile("[\x85\u2028\u2029]")
"""What YAML takes for the end of a line, and no text editor shows as one."""
PIPE_LIKE: Final = frozenset("｜ㅣ│ￜ¦lI")
"""What is typed for a | on another keyboard."""
_LONGEST_SHOWN = 60


def lines_of(text: str) -> list[str]:
    """The lines of the text, each with its end."""
    return [line for line in LINE.findall(text) if line]


def hidden_in(line: str) -> re.Match[str] | None:
    """The first character that nobody sees, if there is one."""
    return _HIDDEN.search(line)


def without_hidden(line: str) -> str:
    """The line without such characters and those that YAML forbids."""
    return _CONTROL.sub("", _HIDDEN.sub("", line))


def lost_in(line: str) -> re.Match[str] | None:
    """The first letter that got lost on the way, or that only one program's own fonts know, if there is one."""
    return _LOST.search(line)


def control_in(line: str) -> re.Match[str] | None:
    """The first character that YAML forbids, if there is one."""
    return _CONTROL.search(line)


def name_of(character: str) -> str:
    """What a character is called, with its number: nobody could see it."""
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{name} {number}".strip()


def in_quotes(text: str) -> str:
    """The text as a quoted scalar, in whichever quotes are easier to read."""
    if '"' in text and "'" not in text and "\\" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def shortened(text: str) -> str:
    """The text as it is shown inside of a message."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def unquoted_parts(text: str) -> Iterator[tuple[int, str]]:
    """The parts of a line of brackets that stand outside of quotes, each with its place."""
    for match in re.finditer(r"""(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')|([^"']+)""", text):
        if match[1] is not None:
            yield match.start(), match[1]
