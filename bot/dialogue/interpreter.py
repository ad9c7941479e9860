"""What a citizen's message is, before anything is looked up: an alarm, small talk, or questions.

It reads the text and its setting, and nothing else: it works while the knowledge base is loading
and while the database is away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.dialogue.place import other_place
from bot.dialogue.query import (
    Query,
    asks_about_today,
    each_thing,
    names_no_question,
    normalised,
    parts_of,
    without_exclusions,
)
from bot.dialogue.safety import Alarm, alarm_in
from bot.dialogue.small_talk import SERVICES, Service, Talk, chosen_number, is_remark, listen
from bot.dialogue.spoken_language import LatinWords, spoken_language
from knowledge.base import LANGUAGES, Language
from knowledge.text.hangul import compiled_for_any_case

_NO_SUBJECT = compiled_for_any_case(
    r"(?:(?:그럼|그러면|근데|그래서|혹시|저도|제가|나도)\s)?(?:(?:어떻게|어디서|어디에|어디로|언제|누가|누구한테)\s)?"
    r"(?:신청|접수|지원|등록|예약|가입|이용|참여|참가)\s?(?:(?:방법|절차|자격|조건|서류|기간|기한|마감)[은는이을를]?"
    r"|[은는을를])?"
    r"(?:\s?(?:어떻게|어디서|어디에|언제|뭐|무엇|누가|어떤))?(?:\s?(?:하|해|할|돼|되|가능(?!한 )|있|인|예|이|알려"
    r"|필요)[가-힣 ]{0,9})?[?.!~\s]*"
    r"|how (?:do|can) i (?:apply|register|sign up|book|join|participate)\s?\??|how to (?:apply|register|sign up|book"
    r"|join)\s?\??"
)
"""Asks how or when to apply, and not for what."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a message is read with."""

    usual: Language = "ko"
    """The language that the citizen's program is set to."""
    languages: Sequence[Language] = LANGUAGES
    """Those that the assistant speaks."""
    places: Sequence[str] = ()
    """The names of the place that the assistant speaks for."""
    known: LatinWords = field(default_factory=LatinWords)
    follows: bool = False
    """Whether something was asked before in the conversation."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a message is.

    With an `alarm` that is not sure, and without `talk`, the question is answered too. `question` is the message
    without courtesies, as it is recorded; `queries` are what is looked up, one for each question in it, and `things`
    the same question on each of several things, for where the whole finds nothing. `chosen` counts from 1.
    """

    language: Language
    alarm: Alarm | None = None
    talk: Talk | None = None
    chosen: int | None = None
    question: str = ""
    queries: tuple[Query, ...] = ()
    things: tuple[Query, ...] = ()
    lists: bool = False
    """Whether it only lists the things: then each is wanted."""
    about_today: bool = False
    remark: bool = False
    """Whether it asks nothing by its form: where nothing answers it, it is no question."""

    @property
    def service(self) -> Service | None:
        """Which kind of service reply it gets; None for a question."""
        if self.alarm:
            return Service.SAFETY
        return SERVICES.get(self.talk, Service.COURTESY) if self.talk else None


def interpret(text: str, setting: Setting = Setting(), alarm: Alarm | None = None) -> Interpretation:
    """What a message is, read in its setting, with the alarm that it raises."""
    spoken = spoken_language(text, setting.usual, setting.known)
    language = spoken if spoken and spoken in setting.languages else setting.languages[0]
    heard = listen(text)
    if heard.talk:
        if len(text.split()) == 1 and setting.usual in setting.languages:  # Koreans too write hi, ok and bye
            language = setting.usual
        chosen = chosen_number(text) if heard.talk is Talk.CHOICE else None
        return Interpretation(language, alarm, None if alarm else heard.talk, chosen)
    if spoken not in setting.languages:
        return Interpretation(language, alarm, None if alarm else Talk.FOREIGN)
    question = heard.question
    if not alarm and not setting.follows and _NO_SUBJECT.fullmatch(question.strip()):
        return Interpretation(language, talk=Talk.UNCLEAR)
    elsewhere = other_place(question, setting.places)
    if elsewhere and not alarm:
        return Interpretation(language, talk=Talk.ELSEWHERE)
    plain = normalised(question)
    parts = parts_of(plain)
    return Interpretation(
        language,
        alarm,
        question=question,
        queries=tuple(map(without_exclusions, parts or (plain,))),
        things=() if parts else tuple(map(without_exclusions, each_thing(plain))),
        lists=names_no_question(plain),
        about_today=asks_about_today(question),
        remark=is_remark(question),
    )


def prepare() -> None:
    """Reads a first message, so that what is compiled at first use is there; that takes some tenths of a second."""
    first = "안녕하세요. 예산이 얼마예요?"
    interpret(first, alarm=alarm_in(first))
