"""Looks at what stands behind a key or a dash: whether a YAML reader takes it for what it looks like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from knowledge.yaml_format import contexts, signs
from knowledge.yaml_format.mended_lines import MendedLines, column_of
from knowledge.yaml_format.signs import in_quotes, shortened

_BLOCK = re.compile(r"[|>](?:[+-]?\d?|\d?[+-]?)\s*(?:\s#.*)?$")
_LANGUAGE_LINE = re.compile(r"\s*(?:- )?(ko|en)\s*[:：](?=\s|$)")
_COLON_INSIDE = re.compile(r":(?=\s|$)")
_KEY_AT_END = re.compile(rf"\s({'|'.join(sorted(contexts.KEYS[contexts.ENTRY]))})$")
"""A key of an entry behind a text: two lines in one."""
_HASH = re.compile(r"(?<!\s)(?P<gap>\s+)#(?P<lost>.*)$")
_KEY_BEFORE = re.compile(r"[{,]\s*([a-z_]+)\s*$")
_ITEM_BEFORE = re.compile(r"[\[{,:]\s*$")
_LOOKED_BACK = 60
_LONGEST_LIST = 5000
_TOKENS = {"*": "alias", "&": "anchor", "!": "tag"}
_STRAIGHT = str.maketrans({"：": ": ", "，": ", ", "、": ", ", "“": '"', "”": '"'})


class Below(Enum):
    """What a value lets expect of the lines below it."""

    DONE = auto()
    PENDING = auto()
    """The value stands below."""
    BLOCK = auto()
    """The lines below that are moved in are its text."""
    PLAIN = auto()
    """They go on with its text, as YAML has it."""


@dataclass(frozen=True, slots=True)
class Value:
    """The rest of a line, from a column (from 0) on, behind a key or dash in the column `parent`.

    `role` is the context that belongs there; `prefix` is shown before it in advice.
    """

    column: int
    text: str
    role: str
    parent: int
    prefix: str

    @property
    def is_sentence(self) -> bool:
        """Whether people read or write it."""
        return self.role in contexts.SENTENCES

    def quoted(self) -> str:
        """The whole in quotes, as advice shows it."""
        return shortened(self.prefix + in_quotes(self.text))


class Values:
    """Looks at one value after the other, in the lines that are being mended."""

    def __init__(self, page: MendedLines) -> None:
        self._page = page

    def look(self, value: Value) -> Below:
        """Notes and mends what is wrong with the value."""
        sign = value.text[:1]
        if sign in ("", "#"):
            return self._nothing(value)
        if _BLOCK.match(value.text) or self._looks_like_pipe(value):
            return self._block(value)
        if sign in "\"'":
            self._quoted(value)
        elif sign in "[{":
            self._brackets(value)
        elif sign in "|>":
            self._page.fault(value.column, "text-after-pipe", sign=sign, near=value.parent + 2)
            self._page.put(value.column, sign)
            return Below.BLOCK
        elif value.text.startswith("- ") and value.role in contexts.LISTS:
            self._page.fault(value.column, "list-behind-key", near=shortened(value.text))
            self._page.put(value.column, "")
            return Below.PENDING
        elif sign in signs.STARTERS or value.text.startswith(("- ", "? ")):
            self._quote(value, 0, _TOKENS.get(sign, "leading-sign"), sign=sign)
        elif not self._smart_quotes(value):
            return self._plain(value)
        return Below.DONE

    def _quote(self, value: Value, at: int, kind: str, **told: str) -> None:
        self._page.fault(value.column + at, kind, near=value.quoted(), **told)
        self._page.put(value.column, in_quotes(value.text))

    @staticmethod
    def _is_language(value: Value) -> bool:
        """Whether the value begins with a language's key, on the line of the key that it belongs below."""
        is_key = value.is_sentence and value.prefix not in ("- ", "ko: ", "en: ")
        return is_key and bool(re.match(r"(?:ko|en) *[:：](?:\s|$)", value.text))

    def _nothing(self, value: Value) -> Below:
        if value.text and value.is_sentence and not self._page.has_more(value.parent, value.role):
            self._quote(value, 0, "hash-in-text", lost=shortened(value.text))
            return Below.DONE
        return Below.PENDING

    def _looks_like_pipe(self, value: Value) -> bool:
        is_meant = value.text in signs.PIPE_LIKE and value.is_sentence
        if is_meant and self._page.has_more(value.parent, contexts.WORD):
            self._page.fault(value.column, "wrong-pipe", sign=value.text, near=f"{value.prefix}|")
            self._page.put(value.column, "|")
            return True
        return False

    def _block(self, value: Value) -> Below:
        below = next((line for line in self._page.below() if line), "")
        language = _LANGUAGE_LINE.match(below)
        key = value.prefix.removesuffix(": ")
        if language and value.is_sentence and key not in ("ko", "en", "- ") and column_of(below) >= value.parent:
            self._page.fault(
                value.column, "pipe-over-languages", key=key, below=f"{language[1]}:", near=f"{key}:"
            )  # fmt: skip
            self._page.put(value.column, "")
            return Below.PENDING
        return Below.BLOCK

    def _goes_on(self, value: Value) -> bool:
        """Whether it is closed in a line below, and so are the lines up to there."""
        more = lines_until_closed(value.text, self._page.following(value.parent))
        if more is not None:
            self._page.passed = self._page.number + 1 + more
        return more is not None

    def _quoted(self, value: Value) -> None:
        end = end_of_quoted(value.text)
        if end is not None:
            if value.text[end:].strip() == ",":
                near = shortened(value.prefix + value.text[:end])
                self._page.fault(value.column + value.text.rindex(","), "comma-at-end", near=near)
                self._page.put(value.column, value.text[:end])
            elif not _may_follow(value.text[end:]):
                self._quote(value, 0, "text-after-quote", sign=value.text[0])
        elif not self._goes_on(value):
            self._page.fault(value.column, "open-quote", sign=value.text[0])
            self._page.put(value.column, in_quotes(value.text[1:]))

    def _brackets(self, value: Value) -> None:
        depth = flow_depth(value.text)
        if depth.at is not None and not _may_follow(value.text[depth.at :]):
            self._quote(value, 0, "leading-sign", sign=value.text[0])
        elif depth.at is not None or self._goes_on(value):
            self._inside(value.column, value.text[: depth.at])
        else:
            if depth.quote is None:
                sign = value.text[0]
                self._page.fault(value.column, "open-bracket", sign=sign, closing={"[": "]", "{": "}"}[sign])
            else:
                self._page.fault(value.column + depth.quote, "open-quote", sign=value.text[depth.quote])
            self._page.put(value.column, value.text + "".join(reversed(depth.open)))

    def _inside(self, column: int, text: str) -> None:
        """Looks between brackets, outside of quotes, for what is not what it seems."""
        for start, part in signs.unquoted_parts(text):
            for at, sign in enumerate(part):
                before = part[max(0, at - _LOOKED_BACK) : at]
                if sign == "：" and (key := _KEY_BEFORE.search(before)):
                    self._page.fault(column + start + at, "full-width-colon", key=key[1], near=f"{key[1]}: …")
                elif sign in signs.FULL_WIDTH_COMMAS and _in_list(text[: start + at][-_LONGEST_LIST:]):
                    self._page.fault(column + start + at, "full-width-comma", sign=sign, near=_with_commas(text))
                elif sign == "“" and _ITEM_BEFORE.search(before):
                    self._page.fault(column + start + at, "smart-quotes", sign="“ ”", near='"…"')
                else:
                    continue
                self._page.put(column, text.translate(_STRAIGHT))
                return

    def _smart_quotes(self, value: Value) -> bool:
        first, inner, last = value.text[0], value.text[1:-1], value.text[-1]
        if first not in signs.WORD_PROCESSOR_QUOTES or not inner or last not in "”’\"'＂＇" or first in inner:
            return False
        whole = in_quotes(inner)
        self._page.fault(value.column, "smart-quotes", sign=f"{first} {last}", near=shortened(value.prefix + whole))
        self._page.put(value.column, whole)
        return True

    def _plain(self, value: Value) -> Below:
        if self._is_language(value):
            near, below = value.parent + 2, value.text[:2]
            self._page.fault(
                value.column, "language-behind-key", key=value.prefix.removesuffix(": "), below=below, near=near
            )
            self._page.put(value.column, "…")
            return Below.DONE
        key = value.prefix.removesuffix(": ")
        if key != value.prefix and value.role in contexts.LISTS and self._has_list_below(value):
            self._page.fault(value.column, "text-before-list", key=key, near=shortened(f"- {value.text}"))
            self._page.put(value.column, "")
            return Below.PENDING
        hash_sign = _HASH.search(value.text)
        colon = _COLON_INSIDE.search(value.text, 0, hash_sign.start() if hash_sign else len(value.text))
        second = _KEY_AT_END.search(value.text[: colon.start()]) if colon else None
        if second and value.prefix.endswith(": "):
            self._quote(value, second.start(1), "two-keys", key=second[1])
        elif colon:
            self._quote(value, colon.start(), "colon-in-text")
        elif hash_sign and value.is_sentence and _is_text(hash_sign):
            self._quote(value, hash_sign.end("gap"), "hash-in-text", lost=shortened(f"#{hash_sign['lost']}"))
        else:
            return Below.PLAIN
        return Below.DONE

    def _has_list_below(self, value: Value) -> bool:
        below = self._page.next_line()
        return below.lstrip().startswith("- ") and column_of(below) >= value.parent

    def continued(self, column: int, content: str) -> None:
        """Looks at a further line of a plain text."""
        colon = _COLON_INSIDE.search(content)
        if colon:
            near = shortened(in_quotes(content))
            self._page.fault_unless_above(column + colon.start(), "colon-in-text", near=near)
            self._page.put(column, content.replace(": ", "  ").rstrip(":"))


def _may_follow(rest: str) -> bool:
    """Whether that may stand behind a quoted text or brackets: nothing, a note, or the colon of a key."""
    return not rest.strip() or bool(re.match(r"\s+#", rest)) or rest.lstrip().startswith(":")


def _in_list(before: str) -> bool:
    """Whether square brackets are the innermost that are open."""
    return before.rfind("[") > max(before.rfind(sign) for sign in "]{}")


def _with_commas(text: str) -> str:
    return shortened(re.sub(rf"[{signs.FULL_WIDTH_COMMAS}]\s*", ", ", text))


def _is_text(hash_sign: "re.Match[str]") -> bool:
    """Whether what follows a # is text: a note has two spaces before its #, and one behind it."""
    return len(hash_sign["gap"]) == 1 or not hash_sign["lost"].startswith(" ")


_CLOSED_BY = {"[": "]", "{": "}"}
_QUOTES = "\"'"


@dataclass(frozen=True, slots=True)
class Depth:
    """Where the brackets are all closed, or the closing signs of those that stay open, the outermost first."""

    at: int | None
    open: tuple[str, ...] = ()
    quote: int | None = None
    """The place of a quote that is not closed; its sign is the last of those that stay open."""


def end_of_quoted(text: str, start: int = 0) -> int | None:
    """The place behind the quoted text that begins at `start`; None when it is not closed."""
    sign, at = text[start], start + 1
    while at < len(text):
        if (text[at] == "\\" and sign == '"') or (text[at] == sign and sign == "'" and text[at + 1 : at + 2] == "'"):
            at += 2
        elif text[at] == sign:
            return at + 1
        else:
            at += 1
    return None


def flow_depth(text: str) -> Depth:
    """Looks for the end of the brackets that `text` begins with."""
    opened: list[str] = []
    at, before = 0, ""
    while at < len(text):
        sign = text[at]
        if sign in _QUOTES and before in ("", "[", "{", ",", ":"):
            end = end_of_quoted(text, at)
            if end is None:
                return Depth(None, (*opened, sign), at)
            at, before = end, sign
            continue
        if sign in _CLOSED_BY:
            opened.append(_CLOSED_BY[sign])
        elif opened and sign == opened[-1]:
            opened.pop()
            if not opened:
                return Depth(at + 1)
        if not sign.isspace():
            before = sign
        at += 1
    return Depth(None, tuple(opened))


def lines_until_closed(text: str, following: Sequence[str]) -> int | None:
    """How many of the following lines it takes to close what `text` opens; None when they do not close it."""
    whole = "\n".join((text, *following))
    end = end_of_quoted(whole) if text[0] in _QUOTES else flow_depth(whole).at
    return None if end is None else whole.count("\n", 0, end)
