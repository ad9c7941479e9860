"""Text as one line that nothing acts on."""

import unicodedata


def plain_lines(text: str) -> str:
    """The text with its lines, each of them without the characters by which it could act on a terminal."""
    return "\n".join(map(one_line, text.splitlines()))


def one_line(text: str) -> str:
    """The text on one line and without the control characters by which it could act on a terminal or a table."""
    plain = "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
    visible = (character for character in plain if unicodedata.category(character) not in {"Cf", "Cs"})
    return " ".join("".join(visible).split())
