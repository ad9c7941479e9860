"""What citizens say besides questions: greetings, thanks, insults, 'a person please', 'menu', 'who are you'.

A message is read as phrases. When nothing else is left, the phrases say what it is; otherwise greetings and closing
courtesies are taken off, and the question in the middle is what is looked up, recorded and grouped.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from knowledge.text.hangul import compiled_for_any_case, join, letters, split, without_final
from knowledge.text.lone_letters import is_chat


class Talk(StrEnum):
    """What somebody says that is no question about the knowledge base."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    HEARD = "heard"
    """Understood, fine, great, laughter: nothing is wanted."""
    APOLOGY = "apology"
    INSULT = "insult"
    YES = "yes"
    NO = "no"
    CHOICE = "choice"
    """The number of a suggestion: 1번."""
    OTHERWISE = "otherwise"
    """The answer was not what was meant: 그거 말고."""
    NOTHING = "nothing"
    """Nothing that can be read: '???'."""
    CONTACT = "contact"
    MENU = "menu"
    HELP = "help"
    """Help is asked for, and with what is not said."""
    WHO = "who"
    HUMAN = "human"
    """Whether it is a person or a machine."""
    MAKER = "maker"
    ABILITY = "ability"
    BASIS = "basis"
    """Where the information comes from and how old it is."""
    TRUST = "trust"
    FOREIGN = "foreign"
    """In a language that is not spoken here."""
    ELSEWHERE = "elsewhere"
    """About another place than ours."""
    UNCLEAR = "unclear"
    """Asks how to apply, and not for what."""


class Service(StrEnum):
    """The kinds of reply that have nothing of the knowledge base; nothing of them is recorded."""

    SAFETY = "safety"
    CONTACT = "contact"
    COURTESY = "courtesy"
    ABOUT = "about"
    MENU = "menu"
    CLARIFY = "clarify"


SERVICES: Mapping[Talk, Service] = {
    Talk.CONTACT: Service.CONTACT,
    Talk.MENU: Service.MENU,
    Talk.HELP: Service.MENU,
    **dict.fromkeys((Talk.WHO, Talk.HUMAN, Talk.MAKER, Talk.ABILITY, Talk.BASIS, Talk.TRUST), Service.ABOUT),
    Talk.ELSEWHERE: Service.ABOUT,
    **dict.fromkeys((Talk.NO, Talk.CHOICE, Talk.OTHERWISE, Talk.NOTHING, Talk.FOREIGN, Talk.UNCLEAR), Service.CLARIFY),
}
"""What small talk is replied with; the rest is courtesy."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it was heard: `talk` says what it is, or `question` is what is asked in it, without courtesies."""

    talk: Talk | None
    question: str = ""


_REMEMBERED = 64
"""Messages; one is listened to up to three times on its way."""


@lru_cache(_REMEMBERED)
def listen(text: str) -> Heard:
    """What a message is besides a question, or the question in it."""
    composed = unicodedata.normalize("NFC", text)
    said = _undecorated(composed)
    if not any(map(str.isalnum, said)):
        return Heard(Talk.HEARD if _FRIENDLY.search(composed) else Talk.NOTHING)
    is_short = len(said) <= _LONGEST_TALK
    whole = (_whole(said) or _whole(_plainly_ended(said))) if is_short else None
    if whole:
        return Heard(whole)
    talks, rest = _without_courtesies(said) if is_short else _edges_off(said)
    if not any(map(str.isalnum, rest)) or (talks and is_remark(rest)):
        return Heard(next(talk for talk in _MOST_TELLING if talk in talks))
    whole = _whole(rest) if talks and is_short else None
    return Heard(whole) if whole else Heard(None, rest if talks else composed.strip())


_LONGEST_TALK = 80
"""Characters; in a longer message only the courtesies around the question are looked for."""
_EDGE = 50
"""Characters at either end of a message among which a courtesy is looked for."""


def is_remark(text: str) -> bool:
    """Whether a short message tells what somebody thinks or does, and asks and reports nothing: 천재네, 살았다."""
    said = _plainly_ended(_undecorated(text)).strip(_MARKS)
    return (
        len(_letters(said)) <= _LONGEST_REMARK
        and "?" not in text
        and bool(_phrases().remark.search(said))
        and not _phrases().asks.search(said)
    )


_LONGEST_REMARK = 12
"""Letters; who writes more tells of something."""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def chosen_number(text: str) -> int | None:
    """The number in a choice ('2번', '두 번째'), counted from 1."""
    digit = re.search("[1-9①-⑨]", text)
    if digit:
        return "①②③④⑤⑥⑦⑧⑨".find(digit.group()) + 1 or int(digit.group())
    return next((number for number, words in _ORDINALS.items() if re.search(words, text.lower())), None)


_ORDINALS = {1: "첫|한|일|맨 ?위|처음|앞|first|^위", 2: "두|둘|이|second", 3: "세|셋|삼|마지막|아래|third|last"}

_FRIENDLY = re.compile("[ㅋㅎㅠㅜㅡ]|[\U0001f300-\U0001faff\u2600-\u27bf\u2190-\u21ff\u2b00-\u2bff^♡♥]")
_DECORATION = re.compile(
    r"[ㅋㅎㅠㅜㅡ]{2,}|(?<![가-힣ㄱ-ㅎ])[ㅋㅎㅠㅜㅡ](?![가-힣ㄱ-ㅣ])|[~^;*♡♥☆★…]+|\bl+o+l+\b|\b(?:ha){2,}h?\b"
    r"|(?<![가-힣])[하허호히]{2,}(?![가-힣])"
    "|[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]+",
    re.IGNORECASE,
)


def _undecorated(text: str) -> str:
    """The text without emoji, laughter and decoration."""
    return " ".join(_DECORATION.sub(" ", text).split())


def _plainly_ended(said: str) -> str:
    """The text with the endings of chat written out: 해용, 함니다 and 고마웡 are 해요, 합니다 and 고마워."""
    plain = _BEFORE_NIDA.sub(_unassimilated, said)
    plain = _ROUNDED.sub(lambda found: without_final(found[0]), plain)
    return plain.replace("읍니다", "습니다")


def _unassimilated(found: re.Match[str]) -> str:
    initial, vowel, final = split(found[0])
    return join(initial, vowel, "ㅂ") if final == "ㅁ" else found[0]


_BEFORE_NIDA = re.compile(r"[가-힣](?=니(?:다|당|까)(?![가-힣]))")
_ROUNDED = re.compile(r"(?<=[가-힣])[용욤욥염엽용닷당엉웡앙넹징죵숑쥬](?![가-힣])")
_LIKE = 0.82
"""How like a usual courtesy what is only a slip of it is, as a share of its letters."""


def _mistyped(said: str) -> list[Talk] | None:
    """The courtesy that the whole message is but for a slip of the hand: 감쟈합니다, 수고하셰요."""
    usual = _phrases().usual
    longest = 2 * max(map(len, usual))
    found = get_close_matches(letters(_letters(said))[:longest], usual, n=1, cutoff=_LIKE)
    return [usual[found[0]]] if found else None


_ASKING_ENDINGS = "".join(
    f"(?<!{ending})" for ending in ("나요", "가요", "까요", "까", "니", "냐", "나", "는지", "은지")
)


def _pattern(written: str) -> str:
    """A phrase of `small_talk.toml` as a regular expression."""
    grouped = re.sub(r"\((?!\?)", "(?:", written).replace("…", "[가-힣 ]{0,14}").replace("~", "[가-힣]{0,7}")
    return grouped.replace("%", f"[가-힣]{{0,7}}{_ASKING_ENDINGS}").replace(" ", r"\s?")


def _any_of(phrases: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(_pattern, phrases))})"


_CUT = r"(?=[\s.,!?~)]|$)"
_BEFORE_BACK = r"(?:^|(?<=[\s.,!?~)])|(?<=[요다까죠]))"
_FRONT_JOINED = compiled_for_any_case(
    "(?:안녕하세요|안녕하십니까|수고하세요|수고하십니다|반갑습니다|감사합니다|고맙습니다)(?=[가-힣a-z])"
)
_BACK_THANKS_ALONE = re.compile(r"(?<=[요다까죠지음])[\s.,!?]+(?:감사|고맙|부탁(?:요|해요?|드려요|드립니다)?)$")
_THANKS_FOR_TELLING = re.compile(
    r"((?:해|알려|가르쳐|말해|설명해|확인해|답변|답|답해|찾아|보내|도와|안내해)\s?)주(?:시|신다)?면\s?(?:정말|매우"
    r"|너무|대단히)?\s?(?:감사|고맙)[가-힣]*$"
)
_MARKS = " \t\n.,!?~)(-–:;\"'“”‘’·"
_ASKED_IN_ANY_ORDER = (Talk.MENU, Talk.CONTACT, Talk.BASIS, Talk.TRUST)
_MOST_TELLING = (Talk.INSULT, Talk.THANKS, Talk.GOODBYE, Talk.APOLOGY, Talk.GREETING, Talk.HEARD)


def _whole(said: str) -> Talk | None:
    """What the message is as a whole, where it is one of the phrases that ask for something of the assistant."""
    core = said.strip(_MARKS)
    for talk, phrases in _phrases().whole.items():
        if phrases.fullmatch(core):
            return talk
    return next((talk for talk in _ASKED_IN_ANY_ORDER if _phrases().mixed[talk].is_all_of(core)), None)


def _without_courtesies(said: str) -> tuple[list[Talk], str]:
    """The courtesies of a message, and what is left: nothing, or the question."""
    alone = _only_courtesies(said) or _only_courtesies(_plainly_ended(said)) or _mistyped(said)
    if alone:
        return alone, ""
    if _phrases().mixed[Talk.INSULT].is_all_of(said):
        return [Talk.INSULT], ""
    return _edges_off(said)


def _only_courtesies(said: str) -> list[Talk] | None:
    """What is said, where it is nothing but courtesies; None where there is more."""
    talks: list[Talk] = []
    rest = said.strip(_MARKS)
    while rest:
        found = max(
            ((match.end(), talk) for talk, phrases in _phrases().alone.items() if (match := phrases.match(rest))),
            default=None,
        )
        filler = _phrases().filler.match(rest)
        chat = re.match(r"[ㄱ-ㅎ]{2,}" + _CUT, rest)
        if found and found[0] > 0:
            talks.append(found[1])
            rest = rest[found[0] :].lstrip(_MARKS)
        elif filler:
            rest = rest[filler.end() :].lstrip(_MARKS)
        elif chat and is_chat(chat.group()):
            talks.append(Talk.HEARD)
            rest = rest[chat.end() :].lstrip(_MARKS)
        else:
            return None
    return talks or [Talk.HEARD]


class _Mixture:
    """What a message is made of that asks for something in an order of its own."""

    def __init__(self, words: list[str], around: list[str], left: int, *, with_endings: bool, never: list[str]) -> None:
        written = _any_of(words)
        self._words = compiled_for_any_case(f"[가-힣a-z]*{written}[가-힣a-z]*" if with_endings else written)
        self._around = compiled_for_any_case(_any_of(sorted(around, key=len, reverse=True)))
        self._left = left
        self._never = compiled_for_any_case(_any_of(never)) if never else None

    def is_all_of(self, said: str) -> bool:
        """Whether the message is nothing but this."""
        if not self._words.search(said) or (self._never and self._never.search(said)):
            return False
        return len(_letters(self._around.sub("", self._words.sub(" ", said)))) <= self._left


@dataclass(frozen=True, slots=True)
class _Phrases:
    """All of `small_talk.toml`, compiled. `usual` has each courtesy by its letters."""

    usual: Mapping[str, Talk]
    whole: Mapping[Talk, re.Pattern[str]]
    alone: Mapping[Talk, re.Pattern[str]]
    front: Mapping[Talk, re.Pattern[str]]
    back: Mapping[Talk, re.Pattern[str]]
    mixed: Mapping[Talk, _Mixture]
    filler: re.Pattern[str]
    led_over: re.Pattern[str]
    remark: re.Pattern[str]
    asks: re.Pattern[str]


@cache
def _phrases() -> _Phrases:
    """Compiled when they are needed first, which takes a moment: the program starts without them."""
    file = read_phrases("small_talk.toml")
    compiled, filler = compiled_for_any_case, f"(?:{file['join']['filler']})"
    edges = {Talk(talk): _any_of(phrases) for talk, phrases in file["edge"].items()}
    return _Phrases(
        usual={letters(phrase): Talk(talk) for talk, phrases in file["usual"].items() for phrase in phrases},
        whole={Talk(talk): compiled(_any_of(phrases)) for talk, phrases in file["whole"].items()},
        alone={
            Talk(talk): compiled(_any_of([*phrases, *file["edge"].get(talk, ())]) + _CUT)
            for talk, phrases in file["alone"].items()
        },
        front={talk: compiled(written + _CUT) for talk, written in edges.items()},
        back={talk: compiled(f"{_BEFORE_BACK}{written}$") for talk, written in edges.items()},
        mixed={
            Talk(talk): _Mixture(
                given["words"],
                given["around"],
                given["left"],
                with_endings=given.get("with_endings", False),
                never=given.get("never", []),
            )
            for talk, given in file["mixed"].items()
        },
        filler=compiled(filler + _CUT),
        led_over=compiled(rf"^{filler}(?=[\s,])"),
        remark=compiled(_any_of(file["remark"]["ending"]) + "$"),
        asks=compiled(_any_of(file["remark"]["asks"])),
    )


def _edges_off(said: str) -> tuple[list[Talk], str]:
    talks: list[Talk] = []
    rest = _THANKS_FOR_TELLING.sub(r"\1주세요", said.rstrip(" .!~"))
    if rest != said.rstrip(" .!~"):
        talks.append(Talk.THANKS)
    while rest:
        shorter, talk = _edge_off(rest)
        if talk is None:
            return talks, rest
        talks.append(talk)
        rest = shorter
    return talks, rest


def _edge_off(rest: str) -> tuple[str, Talk | None]:
    """The text without a courtesy at one of its ends, and which one it was."""
    front = rest.lstrip(_MARKS)
    for talk, phrases in _phrases().front.items():
        found = phrases.match(front, 0, _EDGE)
        if found and found.end():
            return _after(front[found.end() :]), talk
    joined = _FRONT_JOINED.match(front)
    if joined:
        return _after(front[joined.end() :]), Talk.GREETING
    back = rest.rstrip(" .,!~")
    bare = _BACK_THANKS_ALONE.search(back)
    if bare:
        return back[: bare.start()], Talk.THANKS
    for talk, phrases in _phrases().back.items():
        asked = back.rstrip("?")
        found = phrases.search(asked, max(0, len(asked) - _EDGE))
        if found and found.start() < found.end():
            return back[: found.start()].rstrip(" .,~"), talk
    return rest, None


def _after(rest: str) -> str:
    """What follows a courtesy, without the little words that led over to it."""
    return _phrases().led_over.sub("", rest.lstrip(_MARKS)).lstrip(_MARKS)


_NAME = re.compile(r"\{([a-z_]+)\}")


def read_phrases(name: str) -> Mapping[str, Any]:
    """The tables of the TOML file `name` in this folder, with each `{word}` as its table `words` spells it out.

    What citizens say in so many ways is data, beside the code.
    """
    tables = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    words: dict[str, str] = tables.pop("words")

    def spelt_out(written: Any) -> Any:
        match written:
            case str():
                return _NAME.sub(lambda found: f"({spelt_out(words[found[1]])})", written)
            case list():
                return [spelt_out(each) for each in written]
            case dict():
                return {key: spelt_out(each) for key, each in written.items()}
            case _:
                return written

    return {key: spelt_out(table) for key, table in tables.items()}
