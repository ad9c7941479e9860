"""What a citizen's message is, before anything is looked up: in which language, and an alarm, small talk, or questions.

It reads the text and its setting, and nothing else: it works while the knowledge base is loading and while the database
is away. Beside: what is about another place, what is no word at all, and what is said of a receipt.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

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
from knowledge.base import LANGUAGES, KnowledgeBase, Language
from knowledge.text.hangul import compiled_for_any_case
from knowledge.text.keyboard import to_hangul
from knowledge.text.proper_names import PROVINCES, places_in

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
class LatinWords:
    """Words in Latin letters that a knowledge base knows, in small letters."""

    names: frozenset[str] = frozenset()
    """Those that Koreans write in Latin letters too: AI, GIST. They tell nothing of the language."""
    english: frozenset[str] = frozenset()

    @classmethod
    def of(cls, knowledge: KnowledgeBase) -> "LatinWords":
        """Those of a knowledge base."""
        asked = [way for entry in knowledge.entries.values() for way in entry.ways_to_ask()]
        korean = [text for language, text in asked if language == "ko"]
        korean += [word for group in knowledge.vocabulary.synonyms for word in group]
        korean += [entry.answer.ko for entry in knowledge.entries.values()]
        english = [text for language, text in asked if language == "en"]
        return cls(_words_in(korean), _words_in(english))


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


_PROVINCE = "|".join(sorted(PROVINCES, key=len, reverse=True))
_ENGLISH_PLACES = (
    "seoul|busan|daegu|incheon|daejeon|ulsan|sejong|suwon|seongnam|jeju|jeonju|changwon|pohang|gyeonggi(?:-do)?"
    "|gangwon(?:-do)?|tokyo|beijing|new york|singapore"
)
_QUARTER = re.compile("(?<![가-힣])(?P<place>판교|송도)")
"""Known by themselves, without being municipalities."""
_KOREAN_WORD = re.compile("[가-힣]+")
_NAMED_ENGLISH = re.compile(rf"\b(?P<place>{_ENGLISH_PLACES})\b", re.IGNORECASE)
_ASKER = re.compile(
    r"\s*(?:만큼|보다|처럼|같은|같이|(?:도|까지)?\s?(?:들어가|포함|해당)|사람|시민|도민|주민|출신|거주|사는|살고|살아|산다|사람도|(?:에|으로|로)\s?(?:본사|있는|내려온|이전한"
    r"|이사)|\s?정부|\s?쪽에서|\s?(?:쪽)?에서\s?(?:내놓|발표|선언|왔|온|가는|가려|살|이사|광주|앱|회사)|에\s?(?:사는"
    r"|살|있는\s?회사|있는\s?사람))"
)
"""Follows the place that somebody or something comes from: it may well be ours that is asked about."""
_OURS = re.compile("우리|저희|여기|이 ?(?:도시|시|지역|동네)|\\b(?:our|here)\\b")
_LONGEST_WITH_A_PLACE = 60
"""Characters; in a longer message places are part of a story."""


def other_place(text: str, own: Sequence[str]) -> str | None:
    """Another place that the question is about, as it names it; None where it is about ours, or names none.

    `own` are the names of the place that the assistant speaks for; without any it speaks for none in particular.
    """
    if not own or len(text) > _LONGEST_WITH_A_PLACE:
        return None
    namesake = _namesake(text, own)
    if namesake:
        return namesake
    rest = re.sub(
        "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True)), " @ ", text, flags=re.IGNORECASE
    )
    if "@" in rest or _OURS.search(rest):
        return None
    return next((place for place, ends in _named(rest) if not any(_ASKER.match(rest, end) for end in ends)), None)


def _named(text: str) -> Iterator[tuple[str, list[int]]]:
    """The places that are named, each as it is written, and where it may end: 부산 and 부산시 in 부산시민."""
    for word in _KOREAN_WORD.finditer(text):
        if any(place == "대구" or not place.endswith("구") for place in places_in(word.group())):  # 구 may be our own
            ends = [end for end in range(word.start() + 2, word.end() + 1) if places_in(text[word.start() : end])]
            yield text[word.start() : ends[0]] if ends else word.group(), [*ends, word.end()]
    for pattern in (_QUARTER, _NAMED_ENGLISH):
        for found in pattern.finditer(text):
            yield found["place"], [found.end()]


def _namesake(text: str, own: Sequence[str]) -> str | None:
    """A place of our name in another province (경기도 광주)."""
    for name in own:
        if re.search("[가-힣]", name):
            found = re.search(rf"(?<![가-힣])(?:{_PROVINCE})\s?{re.escape(name)}", text)
            found = found or re.search(rf"(?<![가-힣]){re.escape(name)}시?\s?[(]?\s?경기도?", text)
        else:
            found = re.search(rf"\b{re.escape(name)}\b[\w\s,]{{0,12}}\bgyeonggi(?:-do)?", text, re.IGNORECASE)
        if found and not any(found.group() in other or found.group().replace(" ", "") in other for other in own):
            return found.group()
    return None


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {key: (row, place) for row, keys in enumerate(_ROWS) for place, key in enumerate(keys)}
_LETTERS = re.compile(r"[^\W_]")
_LONE_JAMO = re.compile("[\u3131-\u3163]+")
_ONE_LETTER = re.compile(r"(.)\1{2,}", re.IGNORECASE)
_TRIES = frozenset((Talk.APOLOGY, Talk.HEARD, Talk.NOTHING))
"""What a try such as '테스트' is taken for."""
_LEAST_RUN = 3
"""Neighbouring keys, one after the other."""
_LEAST_RUNS = 4
"""Letters in all of them; fewer may be a word."""


def is_noise(text: str) -> bool:
    """Whether the text holds no word at all, or nothing besides a courtesy or a try and digits."""
    letters = "".join(_LETTERS.findall(text)).lower()
    if not letters or letters.isdecimal() or _LONE_JAMO.fullmatch(letters) or _ONE_LETTER.fullmatch(letters):
        return True
    without_digits = re.sub(r"\d+", " ", text).strip()
    if without_digits != text.strip() and listen(without_digits).talk in _TRIES:
        return True
    return len(letters) >= _LEAST_RUNS and all(run >= _LEAST_RUN for run in _runs(letters))


def _runs(letters: str) -> list[int]:
    """How many keys each run has that goes along a row of the keyboard in one direction."""
    runs, direction = [1], 0
    for before, after in pairwise(letters):
        step = _step(before, after)
        if step and step == (direction or step):
            runs[-1] += 1
            direction = step
        else:
            runs.append(1)
            direction = 0
    return runs


def _step(before: str, after: str) -> int:
    """1 or -1 where the keys are neighbours in a row, to the right or to the left; else 0."""
    (row, place), (other, next_place) = (_PLACES.get(key, (-1, -1)) for key in (before, after))
    step = next_place - place
    return step if row == other >= 0 and abs(step) == 1 else 0


class ReceiptTalk(StrEnum):
    """What is said of a receipt."""

    CANCEL = "cancel"
    WHEN = "when"


_LEAD = r"(?:죄송하지만|죄송한데|미안하지만|그냥|이제|아까|혹시|그럼|그런데|근데|저기요?|네|아|음|저는?|제가)"
_ASKED = r"(?:답변?|대답|회신|연락|알림|결과|접수|신청|요청|문의|질문|등록)"
_LITTLE = r"(?:제|내|저의|그|이|한|했던|드린|주신다고 한|것|거|건|게|번호|물어본|물어봤던|여쭌|좀|더|다|모두|에|대한)"
_PARTICLE = r"(?:은|는|이|가|을|를|도|만|의|에|까지|나|이나)"
_SUBJECT = rf"(?:{_LEAD}[,\s]*)*(?:(?:{_LITTLE}|{_ASKED}){_PARTICLE}?\s*)*"
_TIME = r"(?:언제(?:쯤|까지|면)?|얼마나|며칠|몇\s?(?:일|시간)|아직(?:도)?|어떻게|언제나)"
_COMES = (
    r"(?:나[오와올온왔]|[오와올온왔받알]|알려|되|돼|될|됐|됩|걸[려리릴]|기다[려리릴]|남|있|없|주|줘|줄|해|안|못|오래|수"
    r"|처리|확인|인가|이에요|예요)"
)
_REPLY = r"(?:답변?|대답|회신|연락|알림|결과|(?:제|내|저의|아까)\s?(?:질문|문의|접수|신청))"
_CANCEL = compiled_for_any_case(
    rf"{_SUBJECT}(?:취소|철회)(?:{_PARTICLE}?\s?[가-힣]{{0,6}}){{0,3}}"
    rf"|(?:{_LEAD}[,\s]*)*{_ASKED}{_PARTICLE}?\s?(?:이제\s?)?(?:안\s?(?:받|보내|주|줘)|필요\s?없|보내지\s?마|그만)[가-힣\s]{{0,8}}"
    r"|(?:please )?cancel(?: (?:it|that|my (?:question|request|receipt)))?(?: please)?"
)
_WHEN = compiled_for_any_case(
    rf"(?=.*{_REPLY})(?=.*(?:{_TIME}|왔|됐|되었))"
    rf"(?:(?:{_LEAD}|{_ASKED}|{_LITTLE}|{_TIME}){_PARTICLE}?[,\s]*|{_COMES}[가-힣]{{0,6}}\s?)+"
    r"|(?:when|how long)\b.{0,40}\b(?:answer|reply|hear|respon)\w*.{0,20}"
)


_LONGEST_ON_A_RECEIPT = 40
"""Characters; who writes more says something else too."""


def receipt_talk(text: str) -> ReceiptTalk | None:
    """What is said of a receipt, where nothing else is said; only who holds one means it so."""
    said = text.strip(" \t\n.,!?~ㅠㅜ")
    if len(said) > _LONGEST_ON_A_RECEIPT:
        return None
    if _CANCEL.fullmatch(said):
        return ReceiptTalk.CANCEL
    return ReceiptTalk.WHEN if _WHEN.fullmatch(said) else None


_HANGUL = re.compile("[가-힣ㄱ-ㅣ]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_OTHER_SCRIPT = re.compile(
    "[\u0370-\u05ff\u0600-\u06ff\u0900-\u0e7f\u10a0-\u10ff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
)
_LATIN_WORD = re.compile("[A-Za-z]+(?:'[A-Za-z]+)?")
_ENGLISH = frozenset(
    """
    a about abt after all also am an and any anyone anything are area as ask at away back be because been
    before being best big both budget build building built but by bye call can cannot cant center centre
    change cheap children citizen citizens city close come companies company complete completed cost could
    cover data date day days did different do does done dont during each end english even ever every
    everything far few find first for foreigner foreigners free from full get getting give go going gonna good
    got great had happen has have he hello help her here hey hi his hold hour hours how hows i if ill im in
    info information into is it its job jobs join just know korea korean language last late later learn left
    lemme less let like list little live local lol long look lot made make many may me mean meet menu money
    month more most much must my name near need new next no not nothing now of off ok okay old on once one
    only open opening or other our out over own part people phone place plan plans please pls plz possible ppl
    price project question read ready really right same say school see she should show since so some someone
    something sorry speak start started still stop street student students study such sure take tell than
    thank thanks that the their them then there these they thing things this those thx time to today together
    too town train try two u under understand university until up ur us use used very visit wanna want was way
    we week were what whats when where wheres whether which while who whom whose why will with without work
    working would year years yes yet you your
    """.split()  # noqa: SIM905 - as a list it would take 200 lines
)
"""Common words of English; who writes some of them writes English."""
_ROMANISED = re.compile(
    r"\b(?:an+y(?:e)?ong|[kg]am+sa|gomaw|e?ol+ma|[eo]odi|odi[ye]e?|e?onje|mw[oy]|muo|nugu|waeyo|eott?eo[hk]|ot+o[hk]e|juse?y)\w*"
    r"|\b\w+(?:m?nida|eyo|aeyo|nayo|ingayo|inkayo|imnikka|haeyo|isseoyo|isseo)\b",
    re.IGNORECASE,
)
"""Korean in Latin letters: its question words and polite endings."""
_LEAST_KNOWN = 0.4
"""The share of known words from which a text in Latin letters is taken for English."""


def _words_in(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for text in texts for word in _LATIN_WORD.findall(text))


def spoken_language(text: str, usual: Language = "ko", known: LatinWords = LatinWords()) -> Language | None:
    """The language of a message, or None for one that is neither Korean nor English.

    `usual` is what the citizen's program is set to; it decides where a name alone ('GIST') says nothing.
    """
    text = unicodedata.normalize("NFC", text)
    words = [word.lower() for word in _WORD.findall(text)]
    if _HANGUL.search(text) or _typed_on_the_other_layout(words):
        return "ko"
    telling = [word for word in words if word not in known.names]
    if not telling:
        return usual
    english = [word for word in telling if word in _ENGLISH or word in known.english]
    if _in_another_script("".join(words)) or (_ROMANISED.search(text) and len(english) < len(words) / 2):
        return None
    if len(english) >= _LEAST_KNOWN * len(telling):
        return "en"
    return usual if len(words) == 1 and text.isascii() else None


def _in_another_script(letters: str) -> bool:
    return sum(map(bool, map(_OTHER_SCRIPT.match, letters))) > len(letters) / 3


def _typed_on_the_other_layout(words: list[str]) -> bool:
    """Whether every word becomes whole syllables on the Korean layout (dPtks djfak), and none is English."""
    if not words or any(word in _ENGLISH for word in words if len(word) > len("go")):
        return False
    typed = [to_hangul(word) for word in words]
    return all(word.isascii() for word in words) and all(re.fullmatch("[가-힣]+", each) for each in typed)
