"""Cleaning: one form for every character, and nothing in the text that asks nothing."""

import re
import unicodedata
from functools import lru_cache

from knowledge.text.hangul import split, without_final

LONGEST = 1000
_HEAD = 300
_READ_AT_MOST = 20 * LONGEST

_UNUSUAL = re.compile(r"[^ -~가-힣ㄱ-ㅣ]")
_READABLE = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "⁄": "/", "，": ",",
    "。": ".", "、": ",", "·": "·", "ㆍ": "·", "…": "...", "℃": "도", "￦": "₩", "×": "x",
}  # fmt: skip
_INVISIBLE = frozenset(("Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"))
_KEPT = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Sc", "Mc"))

_LAUGHING = re.compile(r"([가-힣])ㅋ+(?![ㄱ-ㅣ])")
_MOODS = re.compile(r"(?<![ㄱ-ㅣ])(?:[ㅋㅎ]{2,}[ㅠㅜㅡ]*|[ㅠㅜㅡ]{2,}[ㅋㅎ]*)(?![ㄱ-ㅣ])")
_FACES = re.compile(r"~+|\^[_.]?\^|\.{2,}|(?<![\w/:])[:;][-']?[)(DPp](?!\w)")
_MARKS = re.compile(r"[!?.,;]{2,}")
_SAME_SYLLABLE = re.compile(r"([가-힣])\1{2,}")
_SAME_LETTER = re.compile(r"([A-Za-zㄱ-ㅣ])\1{3,}")
_SAME_OTHER = re.compile(r"([^\w\s])\1{2,}")


def clean(text: str) -> str:
    """`text` in composed, visible, readable characters, at most `LONGEST` of them."""
    text = unicodedata.normalize("NFC", _ends_of(text, _READ_AT_MOST))
    text = _UNUSUAL.sub(_readable, text)
    text = _ends_of(" ".join(_without_moods(text).split()), LONGEST)
    return " ".join(text.split())


def _without_moods(text: str) -> str:
    text = _LAUGHING.sub(_without_laugh, text)
    text = _FACES.sub(" ", _MOODS.sub(" ", text))
    text = _MARKS.sub(_one_mark, text)
    text = _SAME_LETTER.sub(r"\1\1", _SAME_SYLLABLE.sub(r"\1", text))
    return _SAME_OTHER.sub(r"\1", text)


def _readable(found: re.Match[str]) -> str:
    return _readable_form(found.group())


@lru_cache(maxsize=4096)
def _readable_form(char: str) -> str:
    """The plain characters that stand for an unusual one: nothing, a space, or what it reads as."""
    if char in _READABLE:
        return _READABLE[char]
    kind = unicodedata.category(char)
    if kind in _INVISIBLE:
        return " " if char.isspace() else ""
    plain = unicodedata.normalize("NFKC", char)
    if plain == char:
        return _letter(char)
    return "".join(_letter(part) if not part.isascii() else part for part in plain)


def _letter(char: str) -> str:
    """A conjoining or halfwidth Hangul letter as the single letter that keyboards type."""
    name = unicodedata.name(char, "")
    for place in ("HANGUL CHOSEONG ", "HANGUL JUNGSEONG ", "HANGUL JONGSEONG "):
        if name.startswith(place):
            return _named(f"HANGUL LETTER {name.removeprefix(place)}")
    return char if unicodedata.category(char) in _KEPT else _READABLE.get(char, " ")


def _named(name: str) -> str:
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return ""


def _without_laugh(found: re.Match[str]) -> str:
    """뭔데욬ㅋㅋ is 뭔데요: the laugh began before the syllable was finished."""
    syllable = found.group(1)
    return without_final(syllable) if split(syllable)[2] == "ㅋ" else f"{syllable} "


def _one_mark(found: re.Match[str]) -> str:
    return "?" if "?" in found.group() else found.group()[0]


def _ends_of(text: str, longest: int) -> str:
    """The first and last sentences of a long text: the end of a long story usually holds its question."""
    if len(text) <= longest:
        return text
    head, tail = text[: longest * _HEAD // LONGEST], text[-(longest - longest * _HEAD // LONGEST) + 1 :]
    return f"{head.rpartition(' ')[0] or head} {tail.partition(' ')[2] or tail}"


def letters_of(text: str) -> str:
    """The letters and digits of a text in one spelling: two questions that differ elsewhere ask the same."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return "".join(character for character in plain if character.isalnum())
