"""A question as it is looked up: years and numbers written out, its parts, what it excludes, whether it is on today."""

import re
from dataclasses import dataclass

from knowledge.text.hangul import compiled_for_any_case

_MOST_PARTS = 4
_SHORT = 60
"""Characters of a message that is read as a whole."""
_LONGEST = 160
"""Characters of a question that is looked at for several in one; a longer one is a story around one question."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question: `text` is looked up; `excluded` are the things that it does not want ('전남대 말고')."""

    text: str
    excluded: tuple[str, ...] = ()


def asks_about_today(text: str) -> bool:
    """Whether the question is on how things stand (지금, 올해, 완공됐나요), not on what was planned."""
    lowered = _last_sentence(text.lower())
    if _TODAY.search(_NOT_TODAY.sub(" ", lowered)):
        return True
    return bool(_DONE.search(lowered)) and not _WH.search(_DONE.sub(" ", lowered))


def _last_sentence(text: str) -> str:
    """The sentence that asks, at the end of a long message: what was told before is no question."""
    return re.split(r"(?<=[.?!])\s+", text.strip())[-1] if len(text) > _SHORT else text


_TODAY = re.compile(
    r"지금|현재|요즘|요새|오늘|올해|금년|이번\s?(?:달|주|해|학기|년도|분기)|최근|아직|여태|이제(?=\s|는|까지|$)|벌써"
    r"|작년|지난\s?(?:달|주|해에?)(?!\s?말|\s?10월)|내년|내일|어제"
    r"|방금|다음\s?(?:달|주|학기)|그\s?(?:뒤|후|이후)로?(?=\s|에|로)|진행\s?(?:상황|중|률|되고)|추진\s?(?:상황|현황"
    r"|중)|현황|근황|어디까지\s?(?:됐|되|왔|했|진행)|얼마나\s?(?:남았|됐|진행)|몇\s?(?:%|퍼센트|프로|프로나)\s?(?:됐"
    r"|진행|완)"
    r"|(?:바뀌었|바뀐|달라졌|달라진|변했|변한|(?:변경|취소|중단|무산|연기|폐지|축소)(?:됐|되었|된))|최신|그대로(?:예"
    r"|인|야|입)|(?:운영|모집|공사|건설|접수)\s?중"
    r"|\b(?:now|currently|today|still|yet|already|this (?:year|month|week|semester)|latest|recent(?:ly)?|so far"
    r"|nowadays|at the moment|these days|current|presently|any ?more|last year|next (?:year|month)|up to date)\b"
)
_NOT_TODAY = re.compile(
    r"오늘\s?(?:뭐|하나|여쭤|처음)|현재까지의?\s?계획|\b(?:how|what) (?:is|are) the current plan\b|이제\s?막|지금부터"
)
_DONE = re.compile(
    r"(?:완공|준공|개장|개관|개소|개통|개교|개원|오픈|착공|완성|조성|건립|설립|입주|완료|마무리|시작|발표|선정|공사"
    r"|건설|시행|확정)(?:이|가|을|를|은|는|도)?\s?(?:다\s?)?(?:됐|되었|돼\s?있|했|하였|끝났|된\s?(?:건|거|것)"
    r"|한\s?(?:건|거|것))"
    r"|(?:지어졌|지었|들어섰|세워졌|세웠|생겼|만들어졌|만들었|열었|열렸|끝났|끝냈|뽑았|다\s?썼|썼|쓰였|남았|문\s?닫"
    r"|없어졌|사라졌|옮겼|이뤄졌|이루어졌)(?:나|어|는지|는가|습니까|을까|냐|니|죠|지|던가|대|는데|다(?=면서|던데|며"
    r"|고))"
    r"|(?:짓|운영하|모집하|추진하|진행하|건설하|공사하|접수하|추진되|진행되|운영되|이어지)고\s?있(?:나|어|습니까"
    r"|는지|는가|냐|니|죠)"
    r"|\b(?:is|are|was|were|has|have|did) (?:the |it |they |you "
    r"|gwangju )?(?:[\w-]+ ){0,6}?(?:been )?(?:finish(?:ed)?|complet(?:ed|e)|open(?:ed)?|built|ready|done"
    r"|start(?:ed)?|spent|over|launch(?:ed)?|establish(?:ed)?|under construction|running|operating)\b"
)
_WH = re.compile(
    r"언제|어디|누구|누가|얼마|무엇|뭐|뭘|무슨|어떤|어떻게|왜|어느|(?<![가-힣])몇|\b(?:when|where|who|whom|what"
    r"|which|how|why)\b"
)


def normalised(text: str) -> str:
    """The question with brackets and quotes away, two-digit years and number words written out."""
    plain = _YEAR_MARK.sub(lambda found: f"20{found[1]}", text)
    plain = _YEARS.sub(lambda found: f"20{found[1]}~20{found[2]}년", plain)
    plain = _YEAR.sub(lambda found: f"20{found[1]}년", plain)
    plain = _NUMBER_WORDS.sub(_digits, plain)
    plain = _QUOTES.sub(" ", _CLOSING.sub("", _PAIRS.sub(_unbracketed, plain)))
    return re.sub(r"[ \t]+", " ", plain).strip() or text


_YEAR_MARK = re.compile(r"['’‘´`](1[5-9]|2\d|3\d|4\d)(?=\s?년|\s?[~∼-])")
_YEARS = re.compile(
    r"(?<![\d.,])(?:20)?(1[5-9]|2\d|3\d|4\d)\s?년?\s?[~∼～-]\s?(?:20)?(1[5-9]|2\d|3\d|4\d)\s?년(?!간|\s?동안)"
)
_YEAR = re.compile(
    r"(?<![\d.,])(1[5-9]|2\d|3\d|4\d)\s?년(?=에|까지|부터|도(?![가-힣])|도에|도까지|도부터|도엔|도의|엔|의|이후|말|초|\s?(?:1?\d\s?월|기준"
    r"|계획|예산|완공|말|초|하반기|상반기)|이면|이에|인가)"
)
_QUOTES = re.compile("[\"“”„«»「」『』〈〉《》<>{}\\[\\]（）【】‘]|(?<![A-Za-z])['’]|['’](?![A-Za-z])")
_CLOSING = re.compile("(?<=\\S)[\"”’'](?=[가-힣])")
"""Before a particle, which belongs to the word: "4116억"이."""
_PAIRS = re.compile(r"[(（\[【<〈《「『{]([^)）\]】>〉》」』}]*)[)）\]】>〉》」』}]")


def _unbracketed(found: re.Match[str]) -> str:
    """What stands in brackets; `(주)인코어드` keeps its own."""
    after = found.string[found.end() : found.end() + 1]
    return (
        found.group() if found[1] in ("주", "사", "재", "유") else f" {found[1]}{'' if '가' <= after <= '힣' else ' '}"
    )


_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9, "영": 0, "공": 0}
_UNITS = {"십": 10, "백": 100, "천": 1000}
_NUMBER_WORDS = re.compile(
    r"(?<![가-힣\d])((?:[일이삼사오육륙칠팔구]?\s?[천백십만]\s?)+[일이삼사오육륙칠팔구]?)\s?(?=억|조|년(?!째"
    r"|\s?동안)|원|퍼센트|평|제곱|여\s?개|개(?!인|발|월))"
)


_SHORTEST_NUMBER = 3
"""Syllables of a number word; a shorter one may be another word."""


def _digits(found: re.Match[str]) -> str:
    written = found[1].replace(" ", "")
    if found.string[found.end() :].lstrip().startswith("년") and "천" not in written:  # 삼십년 is how long
        return found.group()
    if len(written) < _SHORTEST_NUMBER and written[-1:] not in _UNITS:  # 이천 is a town, and 만 means only
        return found.group()
    whole, part, digit = 0, 0, 0
    for letter in written:
        if letter in _SINO:
            digit = _SINO[letter]
        elif letter in _UNITS:
            part, digit = part + (digit or 1) * _UNITS[letter], 0
        else:  # 만
            whole, part, digit = (part + digit or 1) * 10_000, 0, 0
    return str(whole + part + digit)


_EXCLUSION = re.compile(
    r"(?P<what>(?:[가-힣A-Za-z0-9]+(?:(?:이나|나|이랑|랑|하고|와|과)\s+"
    r"|[,·]\s?))*(?:\d\S*\s)?[가-힣A-Za-z0-9]+?(?<![하되프쓰가오보먹리치]지))(?:은|는|을|를)?"
    r"(?:\s?(?:말고(?:는|도|요)?|빼고(?:는)?|빼면|뺀|제외하고(?:는)?|제외하면|제외한|제외)|\s이?외에(?:는|도)?)(?=\s"
    r"|$|,)"
)
_EXCLUDED_NAMES = re.compile(r"(?:이나|나|이랑|랑|하고|와|과)\s+|[,·]\s?")
_EXCLUSION_ENGLISH = compiled_for_any_case(
    r"\b(?:other than|apart from|besides|except(?: for)?|excluding|not counting"
    r"|aside from)\s+(?:the\s+)?(?P<what>[\w-]+)\s*,?\s*"
)
_SHORTEST_QUESTION = 3
"""Letters that must be left without what is excluded."""
_POINTING = ("그거", "그것", "이거", "이것", "저거", "그런거", "그건")


def without_exclusions(text: str) -> Query:
    """The question without what it excludes: '전남대 말고 다른 대학은요?' asks '다른 대학은요?', not 전남대."""
    excluded: list[str] = []
    if len(text) > _LONGEST:
        return Query(text)

    def took(found: re.Match[str]) -> str:
        names = [name.strip() for name in _EXCLUDED_NAMES.split(found["what"]) if name.strip()]
        if not names or any(name in _POINTING for name in names):
            return found.group()
        excluded.extend(names)
        return " "

    rest = _EXCLUSION_ENGLISH.sub(took, _EXCLUSION.sub(took, text))
    rest = re.sub(r"\s+", " ", rest).strip(" ,")
    if not excluded or len(re.sub(r"\W", "", rest)) < _SHORTEST_QUESTION:
        return Query(text)
    return Query(rest, tuple(excluded))


_OF_THE_REST = compiled_for_any_case(
    r"(?:(?<=^)|(?<=\s))(?:또\s?)?(?:다른|나머지|그\s?밖의|그\s?외의?|기타|여타|딴|또|other|else|more)(?:\s(?:또|다른))?(?:\s|$)"
)


def on_the_rest(text: str) -> str:
    """The question without the words for 'other', which say no more than that something was excluded."""
    return _OF_THE_REST.sub(" ", text).strip() or text


_ASKING = compiled_for_any_case(
    r"언제|언젠|어디|어딘|누구|누군|누가|얼마|뭐|뭘|뭔|뭣|무엇|무슨|어떤|어떻게|왜|어느|(?<![가-힣])몇|\b(?:where|when|who|what|which"
    r"|how|why)\b"
)
_JOINT = compiled_for_any_case(
    r"(?<=[?!.])\s+|\n+|(?<=[가-힣])(?<!그리)(?:(?<![다라냐자하싶])고|(?<=하)고(?!\s?싶)|이며|(?<=[하되])며"
    r"|(?<![으])면서)(?=[,\s])"
    r"|[,，]\s*|\s(?:그리고|및|and(?:\salso)?)(?=\s)"
)
_LEADING = compiled_for_any_case(r"^[\s,]*(?:그리고|또|및|and|also)?[\s,]*")
_TRAILING = compiled_for_any_case(r"[\s,]+(?:and|and also|그리고|및)[\s,]*$")


def parts_of(text: str) -> tuple[str, ...]:
    """The questions of a message that asks several, each by itself ('어디고 얼마예요?'); none where it asks one.

    Only what asks with a word of its own counts as a question, so that a list of things stays one.
    """
    if len(text) > _LONGEST:
        return ()
    parts: list[str] = []
    start = 0
    for joint in _JOINT.finditer(text):
        if _ASKING.search(text, start, joint.start()) and _ASKING.search(text, joint.end()):
            parts.append(text[start : joint.end()])
            start = joint.end()
    parts.append(text[start:])
    clean = [_TRAILING.sub("", _LEADING.sub("", part)).strip(" ,") for part in parts]
    return tuple(clean[:_MOST_PARTS]) if len(clean) > 1 else ()


_THING_JOINT = re.compile(
    r"(?<=[가-힣A-Za-z0-9)])(?:(?:이랑|랑|하고|와|과)\s+|\s(?:및|그리고|and)\s+|\s?[,，·/]\s*(?:그리고\s)?|및\s+)"
)
_REQUEST = compiled_for_any_case(
    rf"(?:[은는이가을를의도]|에\s?(?:대해서?|관해)|들[은이]?)?(?:\s+(?:좀|각각|다|모두|둘\s?다|전부))*\s*"
    rf"(?:(?<=\s)(?:알려|가르쳐|궁금|설명|말해|말씀|답해|부탁|보여|정리|대해|관해|해\s?줘)|(?<=[\s은는이가의])(?:{_ASKING.pattern})).*$"
    r"|(?:[은는이가]요?)?[?.!\s]*$"
)
_TOGETHER = re.compile(
    r"비교|차이|관계|사이|중에|함께|같이|보다|협력|협약|(?<=[가-힣])(?:세요|십시오|습니까|나요)[?.!\s]*$"
)
"""Asks something of the things together; or a request or question of another kind stands at the end."""
_MOST_WORDS_OF_A_THING = 3


def each_thing(text: str) -> tuple[str, ...]:
    """The same question on each of several things ('면적이랑 예산 알려 주세요'); none where there is one."""
    first, *more = _THING_JOINT.split(text) if len(text) <= _SHORT else [text]
    if not more or len(more) >= _MOST_PARTS:
        return ()
    asked = _REQUEST.search(more[-1])
    tail = asked.group() if asked else ""
    more[-1] = more[-1].removesuffix(tail).strip()
    if _TOGETHER.search(more[-1]) or re.search("관계|차이|비교", tail):
        return ()
    *before, thing = first.split()
    last = more[-1].split()
    if len(last) > 1:  # each has a subject of its own
        before, thing = [], first
        shared = first.split()[-1]
        if shared in last[:-1]:  # 에너지 기업과 자동차 기업 수
            thing = " ".join((first, *last[last.index(shared) + 1 :]))
    things = (thing, *more)
    if not all(0 < len(each.split()) <= _MOST_WORDS_OF_A_THING for each in things):
        return ()
    tail = re.sub(r"\s(?:좀|각각|모두|둘\s?다)(?=\s)", "", tail)
    return tuple(" ".join((*before, f"{each}{tail}")) for each in things)


def names_no_question(text: str) -> bool:
    """Whether a message only lists what it wants to know of, and asks with no word of its own."""
    return not _ASKING.search(text)
