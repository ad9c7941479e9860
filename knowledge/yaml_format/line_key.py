"""What a line begins with: a key, or a word that may be a key whose colon was left out."""

import re
from functools import lru_cache

from knowledge.yaml_format import contexts

_KEY = re.compile(
    r"""(?P<key>"[^"]*"|'[^']*'|[^\s\-?:,\[\]{}#&*!|>'"%@`：“‘][^:：#"]*?)(?P<gap>[ ]*)(?P<colon>[:：])(?P<after>.?)"""
)
_WORD = re.compile(r"[A-Za-z_가-힣]+")


class LineKey:
    """The key at the beginning of a line, without the spaces before it.

    `match` has the parts `key`, `colon` and `after`; it is None where no colon follows.
    """

    __slots__ = ("_content", "match", "written")

    def __init__(self, content: str) -> None:
        self._content = content
        self.match = _KEY.match(content)
        self.written: str = self.match["key"] if self.match else ""
        """The key as it is written before its colon; empty where there is none."""

    @property
    def word(self) -> str:
        """The first word where the line ends behind it, or goes on as if its colon were left out; else empty."""
        word = first_letters(self._content)
        return word if self._content[len(word) : len(word) + 1] in ("", *" =;；") else ""

    @property
    def meant(self) -> str:
        """The key that is meant by the first word in another language, where more follows; else empty."""
        words = self._content.split(maxsplit=1)
        return (contexts.meant_key(words[0]) or "") if len(words) > 1 else ""

    @property
    def name(self) -> str:
        """The key, or the word that may be one."""
        return self.written or self.word

    @property
    def is_of_yaml(self) -> bool:
        """Whether a YAML reader takes it for a key, as far as the sign behind the colon tells."""
        return self.match is not None and self.match["after"] in ("", " ")


@lru_cache(maxsize=256)
def key_of(content: str) -> LineKey:
    """The key of the line with that content. Several checks ask for the same line's."""
    return LineKey(content)


def first_letters(content: str) -> str:
    """The letters that a line begins with, whatever follows them."""
    match = _WORD.match(content)
    return match[0] if match else ""
