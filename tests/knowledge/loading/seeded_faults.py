"""Mistakes that editors make, each put into a clean file at a place that is known: a function a kind.

Each takes the lines of a topic's file and a source of chance, changes the lines, and gives the place (from 1) and the
kind of the fault; None when the file has no place for such a mistake.
"""

import random
import re
from collections.abc import Callable

Lines = list[str]
Seeded = tuple[int, int, str]
"""The line, the column, and the kind that is to be told."""
Seeding = Callable[[Lines, random.Random], Seeded | None]

_PHRASING = re.compile(r"^(\s*- )([가-힣A-Z0-9][^:#\"'{}\[\]]*)$")
_KEY_TEXT = re.compile(r"^(\s*(?:- )?)(question|answer|source|as_of|ko|en|id|topic)(: )([^\s|{\[\"'].*)$")
_LONG_TEXT = re.compile(r"^(\s*)(question|answer)(: )([^\s|{\[\"'][^:#]*)$")
_ENTRY = re.compile(r"^(\s*)- id: (\S+)$")
_ENTRY_KEY = re.compile(r"^(    )(question|answer|source|as_of|phrasings)(:.*)$")


def _pick(lines: Lines, pattern: "re.Pattern[str]", chance: random.Random) -> tuple[int, "re.Match[str]"] | None:
    """A line that matches and belongs to no block of text."""
    found = [
        (at, match) for at, line in enumerate(lines) if (match := pattern.match(line)) and not _in_block(lines, at)
    ]
    return chance.choice(found) if found else None


def _in_block(lines: Lines, at: int) -> bool:
    column = len(lines[at]) - len(lines[at].lstrip())
    for before in reversed(lines[:at]):
        if before.strip() and len(before) - len(before.lstrip()) < column:
            return before.rstrip().endswith("|")
    return False


def _change(pattern: "re.Pattern[str]", kind: str, write: Callable[["re.Match[str]"], tuple[str, int]]) -> Seeding:
    """A mistake within one line: `write` gives the line as it becomes, and the column from 0."""

    def seed(lines: Lines, chance: random.Random) -> Seeded | None:
        found = _pick(lines, pattern, chance)
        if not found:
            return None
        at, match = found
        lines[at], column = write(match)
        return at + 1, column + 1, kind

    return seed


def _in_key(kind: str, colon: str, offset: int = 0) -> Seeding:
    return _change(_KEY_TEXT, kind, lambda m: (f"{m[1]}{m[2]}{colon}{m[4]}", len(m[1]) + len(m[2]) + offset))


def _in_phrasing(kind: str, shape: str, offset: int = 0) -> Seeding:
    """`shape` has {} where the phrasing stands."""
    return _change(_PHRASING, kind, lambda m: (m[1] + shape.format(m[2]), len(m[1]) + offset))


def _colon_in_phrasing(match: "re.Match[str]") -> tuple[str, int]:
    return f"{match[1]}안내: {match[2]}", len(match[1]) + 2


def _hash_in_phrasing(match: "re.Match[str]") -> tuple[str, int]:
    return f"{match[1]}{match[2]} #1 단지", len(match[1]) + len(match[2]) + 1


def _dash_without_space(match: "re.Match[str]") -> tuple[str, int]:
    dash = match[1].rstrip()
    return f"{dash}{match[2]}", len(dash) - 1


def _bullet(match: "re.Match[str]") -> tuple[str, int]:
    before = match[1].removesuffix("- ")
    return f"{before}• {match[2]}", len(before)


def _bullet_at_the_margin(match: "re.Match[str]") -> tuple[str, int]:
    return f"• {match[2]}", 0


def _tab(match: "re.Match[str]") -> tuple[str, int]:
    return f"\t{match[0].lstrip()}", 0


def _no_break_space(match: "re.Match[str]") -> tuple[str, int]:
    return f"  \u00a0\u00a0{match[0].lstrip()}", 2


def _further_in(match: "re.Match[str]") -> tuple[str, int]:
    return f"      {match[0].lstrip()}", 6


def _at_the_margin(match: "re.Match[str]") -> tuple[str, int]:
    return match[0].lstrip(), 0


def _less_in(match: "re.Match[str]") -> tuple[str, int]:
    return f"   {match[0].lstrip()}", 3


def _shown_word(match: "re.Match[str]") -> tuple[str, int]:
    middle = len(match[2]) // 2
    return f"{match[1]}{match[2][:middle]}\u200b{match[2][middle:]}", len(match[1]) + middle


def pipe_over_languages(lines: Lines, chance: random.Random) -> Seeded | None:
    found = [
        at for at, line in enumerate(lines[:-1])
        if re.fullmatch(r"    (answer|question|phrasings):", line) and re.match(r"\s+(ko|en):", lines[at + 1])
    ]  # fmt: skip
    if not found:
        return None
    at = chance.choice(found)
    lines[at] += " |"
    return at + 1, len(lines[at]), "pipe-over-languages"


def id_twice(lines: Lines, chance: random.Random) -> Seeded | None:
    found = [at for at, line in enumerate(lines) if _ENTRY.match(line)]
    if len(found) < 3:
        return None
    first = chance.randrange(len(found) - 1)
    copy = lines[found[first] : found[first + 1]]
    lines[len(lines) :] = ["", *copy]
    return len(lines) - len(copy) + 1, copy[0].index("id:") + 5, "id-twice"


def entry_without_dash(lines: Lines, chance: random.Random) -> Seeded | None:
    found = [at for at, line in enumerate(lines) if _ENTRY.match(line)]
    if len(found) < 3:
        return None
    at = chance.choice(found[1:])
    lines[at] = lines[at].replace("- id", "  id", 1)
    return at + 1, lines[at].index("id") + 1, "entry-without-dash"


def _added(kind: str, added: str, column: int) -> Seeding:
    """A line more at an entry's beginning; {id} in it is the entry's."""

    def seed(lines: Lines, chance: random.Random) -> Seeded | None:
        found = [(at, match) for at, line in enumerate(lines) if (match := _ENTRY.match(line))]
        if not found:
            return None
        at, match = chance.choice(found)
        end = next((n for n in range(at + 1, len(lines)) if _ENTRY.match(lines[n]) or not lines[n].strip()), len(lines))
        if any(line.lstrip().startswith(added.split(":", 1)[0].lstrip() + ":") for line in lines[at:end]):
            return None
        lines.insert(at + 1, f"    {added.format(id=match[2])}")
        return at + 2, 4 + column + 1, kind

    return seed


def _swapped(kind: str, key: str, value: str, column: int | None = None) -> Seeding:
    """Another value behind the key, and where in it the fault is."""
    pattern = re.compile(rf"^(    )({key}): ([^|\s].*)$")
    return _change(pattern, kind, lambda m: (f"{m[1]}{m[2]}: {value}", len(m[1]) + len(m[2]) + 2 + (column or 0)))


def unknown_entry(lines: Lines, chance: random.Random) -> Seeded | None:
    ids = [match[2] for line in lines if (match := _ENTRY.match(line))]
    if not ids:
        return None
    return _added("unknown-entry", f"see_also: [{chance.choice(ids)}s]", 11)(lines, chance)


def missing_answer(lines: Lines, chance: random.Random) -> Seeded | None:
    found = [at for at, line in enumerate(lines) if re.match(r"    question: ", line)]
    if not found:
        return None
    at = chance.choice(found)
    start = next(n for n in range(at, -1, -1) if _ENTRY.match(lines[n]))
    del lines[at]
    return start + 1, 5, "missing-key"


def key_twice(lines: Lines, chance: random.Random) -> Seeded | None:
    found = [at for at, line in enumerate(lines) if re.match(r"    (source|as_of): ", line)]
    if not found:
        return None
    at = chance.choice(found)
    lines.insert(at + 1, lines[at])
    return at + 2, 5, "key-twice"


def text_not_moved_in(lines: Lines, chance: random.Random) -> Seeded | None:
    """The text below a | begins where its key does."""
    found = [
        (at + 1, len(key[1])) for at, line in enumerate(lines[:-1])
        if (key := re.fullmatch(r"( +)(?:answer|ko): \|", line)) and re.match(r" +[가-힣]+ [^:]*$", lines[at + 1])
    ]  # fmt: skip
    if not found:
        return None
    at, column = chance.choice(found)
    end = next((n for n in range(at, len(lines)) if not lines[n].startswith(" " * (column + 2))), len(lines))
    if any(":" in line or line.lstrip().startswith(("-", "*")) for line in lines[at:end]):
        return None
    lines[at:end] = [line[2:] for line in lines[at:end]]
    return at + 1, column + 1, "text-not-moved-in"


def entry_moved(by: int) -> Seeding:
    """An entry that stands further in or out than the others, all of it."""

    def seed(lines: Lines, chance: random.Random) -> Seeded | None:
        found = [at for at, line in enumerate(lines) if _ENTRY.match(line) and line.startswith("  - ")]
        if len(found) < 3:
            return None
        at = chance.choice(found[1:-1])
        end = found[found.index(at) + 1]
        lines[at:end] = [f"{' ' * by}{line}"[-min(by, 0) :] if line.strip() else line for line in lines[at:end]]
        return at + 1, 3 + by, "indentation"

    return seed


def _text_behind_pipe(match: "re.Match[str]") -> tuple[str, int]:
    return f"{match[1]}{match[2]}: | {match[4]}", len(match[1] + match[2]) + 2


def _two_keys(match: "re.Match[str]") -> tuple[str, int]:
    return f"{match[1]}source: guide as_of: 2020", len(match[1]) + 14


def _list_behind_key(lines: Lines, chance: random.Random) -> Seeded | None:
    found = [
        at for at, line in enumerate(lines[:-1])
        if line == "    phrasings:" and re.match(r"      - [가-힣][^:#]*$", lines[at + 1])
    ]  # fmt: skip
    if not found:
        return None
    at = chance.choice(found)
    lines[at : at + 2] = [f"{lines[at]} {lines[at + 1].lstrip()}"]
    return at + 1, 16, "list-behind-key"


def _list_in_a_text(lines: Lines, chance: random.Random) -> Seeded | None:
    found = _pick(lines, _ONE_LINE_ANSWER, chance)
    if not found:
        return None
    at, _ = found
    lines[at + 1 : at + 1] = ["      - 평일은 천 원", "      - 주말은 무료"]
    return at + 2, 7, "list-for-lines"


def _second_topic(lines: Lines, chance: random.Random) -> Seeded | None:  # noqa: ARG001  # the end is the only place
    lines[len(lines) :] = [
        "topic: parking",
        "title: 주차",
        "entries:",
        "  - id: a",
        "    question: q",
        "    answer: a",
        "",
    ]
    return len(lines) - 6, 1, "second-topic"


def _drawn_line(lines: Lines, chance: random.Random) -> Seeded | None:
    found = [at for at, line in enumerate(lines) if line.startswith("  - id: ")]
    if len(found) < 2:
        return None
    at = chance.choice(found[1:])
    lines.insert(at, "----------")
    return at + 1, 1, "document-mark"


_ONE_LINE_ANSWER = re.compile(r"^(    )(answer)(: )([가-힣][^|:#\"']*)$")


def _goes_on(column: int) -> Seeding:
    """A second line of an answer that stands where the keys do, or at the margin."""

    def seed(lines: Lines, chance: random.Random) -> Seeded | None:
        found = _pick(lines, _ONE_LINE_ANSWER, chance)
        if not found:
            return None
        at, _ = found
        lines.insert(at + 1, f"{' ' * column}주말에는 쉽니다.")
        return at + 2, column + 1, "line-without-key"

    return seed


def _answer_beside_its_key(column: int) -> Seeding:
    """Two lines of text below a key, and neither of them is moved in."""

    def seed(lines: Lines, chance: random.Random) -> Seeded | None:
        found = _pick(lines, _ONE_LINE_ANSWER, chance)
        if not found:
            return None
        at, match = found
        lines[at : at + 1] = ["    answer:", f"{' ' * column}{match[4]}", f"{' ' * column}주말에는 쉽니다."]
        return at + 2, column + 1, "line-without-key"

    return seed


def _languages_beside_their_key(lines: Lines, chance: random.Random) -> Seeded | None:
    found = [
        at for at, line in enumerate(lines[:-1])
        if re.fullmatch(r"    (answer|question|phrasings):", line) and re.match(r"      (ko|en):", lines[at + 1])
    ]  # fmt: skip
    if not found:
        return None
    at = chance.choice(found) + 1
    end = next((n for n in range(at, len(lines)) if not lines[n].startswith("      ")), len(lines))
    lines[at:end] = [line[2:] for line in lines[at:end]]
    return at + 1, 5, "language-beside-key"


def _undashed(*, first: bool, column: int, moved: bool = False) -> Seeding:
    """An entry whose first line has no dash and stands in that column; `moved` says whether its other lines do too."""

    def seed(lines: Lines, chance: random.Random) -> Seeded | None:
        found = [at for at, line in enumerate(lines) if line.startswith("  - id: ")]
        if len(found) < 3:
            return None
        at = found[0] if first else chance.choice(found[1:-1])
        end = found[found.index(at) + 1]
        lines[at] = " " * column + lines[at].removeprefix("  - ")
        if moved:
            lines[at + 1 : end] = [line[4 - column :] if line.strip() else line for line in lines[at + 1 : end]]
        return at + 1, column + 1, "entry-without-dash"

    return seed


def open_quote(lines: Lines, chance: random.Random) -> Seeded | None:
    return _in_phrasing("open-quote", '"{}')(lines, chance)


SEEDINGS: dict[str, Seeding] = {
    "full-width colon": _in_key("full-width-colon", "："),
    "full-width colon and space": _in_key("full-width-colon", "： "),
    "missing colon": _in_key("missing-colon", " "),
    "no space behind the colon": _in_key("missing-space", ":", 1),
    "full-width space behind the colon": _in_key("odd-space", ":\u3000", 1),
    "no-break space behind the colon": _in_key("odd-space", ":\u00a0", 1),
    "tab before a key": _change(_ENTRY_KEY, "tab", _tab),
    "tab before a phrasing": _change(_PHRASING, "tab", _tab),
    "no-break spaces before a key": _change(_ENTRY_KEY, "odd-space", _no_break_space),
    "key too far in": _change(re.compile(r"^(    )(source|as_of)(:.*)$"), "indentation", _further_in),
    "key at the margin": _change(re.compile(r"^(    )(source|as_of|answer)(:.*)$"), "indentation", _at_the_margin),
    "phrasing at the margin": _change(_PHRASING, "indentation", _at_the_margin),
    "sign before a phrasing": _change(
        _PHRASING, "stray-sign", lambda m: (f"`{m[0][1:]}" if m[1].startswith(" ") else m[0], 0)
    ),
    "bar of another keyboard": _change(
        re.compile(r"^(\s*)(answer|ko)(: )\|$"), "wrong-pipe", lambda m: (f"{m[1]}{m[2]}: ㅣ", len(m[1] + m[2]) + 2)
    ),
    "question for an id": _added("not-an-entry", "see_also: [어디예요?]", 11),
    "key not far enough in": _change(_ENTRY_KEY, "indentation", _less_in),
    "colon in a phrasing": _change(_PHRASING, "colon-in-text", _colon_in_phrasing),
    "colon in an answer": _change(
        _LONG_TEXT, "colon-in-text", lambda m: (f"{m[1]}{m[2]}: 안내: {m[4]}", len(m[1] + m[2]) + 4)
    ),
    "hash in a phrasing": _change(_PHRASING, "hash-in-text", _hash_in_phrasing),
    "hash at the beginning": _in_phrasing("hash-in-text", "#{}"),
    "double quote at the beginning": _in_phrasing("text-after-quote", '"무료" {}'),
    "single quote at the beginning": _in_phrasing("text-after-quote", "'무료' {}"),
    "quote that is not closed": open_quote,
    "bracket at the beginning": _in_phrasing("leading-sign", "[필독] {}"),
    "star at the beginning": _in_phrasing("alias", "*{}"),
    "dash at the beginning": _in_phrasing("leading-sign", "- {}"),
    "backtick at the beginning": _in_phrasing("leading-sign", "`{}`"),
    "percent at the beginning": _in_phrasing("leading-sign", "%{}"),
    "bold at the beginning": _change(
        _LONG_TEXT, "alias", lambda m: (f"{m[1]}{m[2]}: **{m[4]}**", len(m[1] + m[2]) + 2)
    ),
    "pipe over languages": pipe_over_languages,
    "smart quotes": _in_phrasing("smart-quotes", "“{}”"),
    "bullet": _change(_PHRASING, "bullet", _bullet),
    "bullet at the margin": _change(_PHRASING, "bullet", _bullet_at_the_margin),
    "dash without space": _change(_PHRASING, "missing-dash-space", _dash_without_space),
    "number for a dash": _change(
        _PHRASING, "missing-dash", lambda m: (f"{m[1].removesuffix('- ')}1. {m[2]}", len(m[1]) - 2)
    ),
    "no dash at all": _change(_PHRASING, "missing-dash", lambda m: (f"{m[1].removesuffix('- ')}{m[2]}", len(m[1]) - 2)),
    "Korean middle dot": _change(_PHRASING, "bullet", lambda m: (f"{m[1].removesuffix('- ')}ㆍ{m[2]}", len(m[1]) - 2)),
    "text below a pipe not moved in": text_not_moved_in,
    "text behind a pipe": _change(_LONG_TEXT, "text-after-pipe", _text_behind_pipe),
    "second line of an answer without a pipe": _goes_on(4),
    "second line of an answer at the margin": _goes_on(0),
    "answer beside its key": _answer_beside_its_key(4),
    "answer at the margin below its key": _answer_beside_its_key(0),
    "languages beside their key": _languages_beside_their_key,
    "first entry without a dash": _undashed(first=True, column=4),
    "first entry without a dash, less far in": _undashed(first=True, column=2, moved=True),
    "entry without a dash, in the dashes' column": _undashed(first=False, column=2),
    "entry without a dash, all less far in": _undashed(first=False, column=2, moved=True),
    "entry without a dash at the margin": _undashed(first=False, column=0, moved=True),
    "list behind its key": _list_behind_key,
    "list below a text": _list_in_a_text,
    "second topic in a file": _second_topic,
    "line drawn between entries": _drawn_line,
    "equals sign for a colon": _in_key("missing-colon", " = "),
    "semicolon for a colon": _in_key("missing-colon", "; "),
    "dash before a key": _change(
        re.compile(r"^(    )(answer|source|as_of)(: .*)$"), "stray-sign", lambda m: (f"    - {m[2]}{m[3]}", 4)
    ),
    "language behind its key": _change(
        _LONG_TEXT, "language-behind-key", lambda m: (f"{m[1]}{m[2]}: ko: {m[4]}", len(m[1] + m[2]) + 2)
    ),
    "comma behind quotes": _change(
        _LONG_TEXT, "comma-at-end", lambda m: (f'{m[1]}{m[2]}: "{m[4]}",', len(m[1] + m[2] + m[4]) + 4)
    ),
    "full-width key": _change(
        re.compile(r"^(    )(source)(: .*)$"), "unknown-key", lambda m: (f"{m[1]}ｓｏｕｒｃｅ{m[3]}", 4)
    ),
    "two keys on a line": _change(re.compile(r"^(    )(source)(: )(\S+)$"), "two-keys", _two_keys),
    "entry too far out": entry_moved(-2),
    "entry too far in": entry_moved(1),
    "list for a text": _swapped("list-for-text", "question", "[하나, 둘]"),
    "text for a list": _added("text-for-list", "see_also: {id}", 10),
    "self-reference": _added("self-reference", "see_also: [{id}]", 11),
    "wrong reference": unknown_entry,
    "wrong source": _swapped("unknown-source", "source", "gwangju-ilb"),
    "too long": _swapped("too-long", "question", "긴 글 " * 150),
    "entry twice": id_twice,
    "entry without a dash": entry_without_dash,
    "hidden character": _change(_PHRASING, "hidden-character", _shown_word),
    "unknown key": _added("unknown-key", "qestion: 뭐예요", 0),
    "missing question": missing_answer,
    "key twice": key_twice,
    "date with dots": _swapped("bad-date", "as_of", "2020.6.30"),
    "no day of the calendar": _swapped("no-such-day", "as_of", "2020-02-31"),
    "neither yes nor no": _added("bad-yes-no", "known_gap: 예", 11),
    "open bold": _swapped("open-bold", "answer", "굵게 **할 말"),
}
