"""What tells who somebody is and has letters in it: e-mail addresses, passports, vehicles, a name with an address."""

import re
from collections.abc import Iterator

from bot.masking.plain_copy import FOUND, PlainCopy

MAIL, PASSPORT, VEHICLE, HOME, RESIDENT = "이메일", "여권번호", "차량번호", "주소", "주민번호"

Span = tuple[int, int]

# E-mail. Each part begins where nothing of its own kind stands before it, so that the time grows with the length only.
_FIRM = r"(?i:naver|gmail|daum|hanmail|kakao|nate|hotmail|outlook|yahoo|icloud|google|korea|dreamwiz|msn|live)"
_FIRM_READ_OUT = r"(?:네이버|지메일|쥐메일|한메일|카카오|네이트|핫메일|아웃룩|다음|구글|야후)"
_DOT = r"(?: ?[.,]{1,3} ?| ?[(\[{<]? ?(?i:dot|닷|점|쩜|도트) ?[)\]}>]? ?)"
_END = (
    r"(?i:com|net|org|kr|co|go|or|ac|re|io|ai|edu|gov|info|biz|me|us|jp|cn|uk|de|dev|app|xyz|한국|컴|넷|케이알"
    r"|코|씨오)"
)
_LOCAL = (
    r"(?:(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}|(?<![A-Za-z0-9._%+-])[가-힣]{1,5}"
    r"|(?<![\w.%+-])[^\W0-9_가-힣]{1,64})"
)
_SPACED_LOCAL = r"(?:(?<![\w.])(?:[A-Za-z0-9._] ){3,30})"
_LABEL = r"[\w-]{1,63}+"
_PLAIN_LABEL = r"[A-Za-z0-9-]{1,63}+"
_TOP = r"(?:xn--[A-Za-z0-9-]+|[A-Za-z]{2,24}|한국|닷컴|닷넷|삼성|[^\W\dA-Za-z_가-힣]{2,24})"
_AT = r" {0,3}@{1,3} {0,3}"


def _bracketed(words: str) -> str:
    """A pattern of any of the words in brackets."""
    return rf" ?[(\[{{<] ?(?i:{words}) ?[)\]}}>] ?"


_AT_WORD = rf"(?:{_bracketed('at?|앳|엣|골뱅이|에트|@')}| ?(?:골뱅이|앳|엣|에트)(?:마크)? ?)"
_TO_A_FIRM = rf"(?:{_FIRM}|{_FIRM_READ_OUT})(?:{_DOT}?{_END}(?![A-Za-z])){{0,2}}"
_TO_A_HOST = rf"{_PLAIN_LABEL}(?:{_DOT}{_PLAIN_LABEL}){{0,3}}?(?:{_DOT}{_END}(?![A-Za-z])){{1,2}}"
_AT_IN_BRACKETS = _bracketed("at|앳|엣|골뱅이|@")
_DOT_BEHIND_BRACKETS = rf"(?:{_bracketed('dot|닷|점|쩜|도트')}| (?i:dot|닷|점|쩜|도트) |\.)"
_AT_SIGN, _INSTEAD_OF_AT, _AT_IN_WORDS, _AT_IN_LETTERS = (
    "@",
    "[#*^&~$]",
    r"골뱅이|앳|엣|에트|[(\[{<] ?(?i:at?)",
    r" (?i:at) ",
)
_MAILS = tuple(
    (re.compile(at), re.compile(pattern))
    for at, pattern in (
        (_AT_SIGN, rf"{_LOCAL}{_AT}{_LABEL}(?:\.{{1,3}}{_LABEL}(?=\.)){{0,5}}\.{{1,3}}{_TOP}"),
        (_AT_SIGN, rf"{_LOCAL}{_AT}{_TO_A_FIRM}"),
        (_AT_IN_WORDS, rf"{_LOCAL}{_AT_WORD}{_TO_A_FIRM}"),
        (_AT_SIGN, rf"{_LOCAL}{_AT}{_TO_A_HOST}"),
        (_AT_IN_WORDS, rf"{_LOCAL}{_AT_WORD}{_TO_A_HOST}"),
        (
            _AT_IN_WORDS,
            rf"{_LOCAL}{_AT_IN_BRACKETS}(?:{_PLAIN_LABEL}{_DOT_BEHIND_BRACKETS}){{1,3}}[A-Za-z]{{2,12}}(?![A-Za-z0-9])",
        ),
        (_AT_IN_LETTERS, rf"{_LOCAL} (?i:at) {_FIRM}{_DOT}{_END}(?![A-Za-z])"),
        (
            _AT_IN_LETTERS,
            rf"{_LOCAL} (?i:at) {_PLAIN_LABEL}(?: ?[(\[]? ?(?i:dot|점|닷) ?[)\]]? ?{_PLAIN_LABEL}){{1,3}}",
        ),
        (_AT_SIGN, rf"{_SPACED_LOCAL}@(?: ?[A-Za-z0-9.-]){{4,40}}"),
        (_INSTEAD_OF_AT, rf"{_LOCAL}{_INSTEAD_OF_AT}{_FIRM}(?:{_DOT}{_END}(?![A-Za-z])){{1,2}}"),
    )
)
_NAME_AT_A_FIRM = re.compile(
    rf"(?:{_FIRM}|{_FIRM_READ_OUT})(?: ?이?메일)? ?(?:계정 ?)?(?:아이디[는은가:]?|(?i:id)(?=[^\n0-9]{{0,20}}[0-9])[:]?)"
    r" {0,2}(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{3,40})"
)
"""Whoever knows it knows the address."""

# Passports
_PASSPORT_WORD = re.compile(r"(?:여권|(?i:passport))[^0-9\n\0]{0,14}$")
_PASSPORT_WORD_AFTER = re.compile(r"[ ,(]{0,3}(?:여권|(?i:passport))")
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z](?:[- .]?[A-Za-z])?[- .]{0,2}[0-9](?:[- .]?[0-9]){1,7}(?:[- .]?[A-Za-z][- .]"
    r"?[0-9](?:[- .]?[0-9]){3})?(?![A-Za-z0-9])"
)
_PASSPORT_BY_ITSELF = re.compile(r"[MSRGDPOT][0-9]{8}|[MSRGDPOT][0-9]{3}[A-Z][0-9]{4}|[A-Z]{2}[0-9]{7}")
_PASSPORT_SHAPE = re.compile(r"[A-Za-z]{1,2}[0-9]{6,9}|[A-Za-z][0-9]{3}[A-Za-z][0-9]{4}")
_PASSPORT_WITHOUT_LETTER = re.compile(
    r"여권 ?번호[은는이가:]? {0,3}(?P<number>(?:(?:엠|에스|알|지|디|[A-Za-z]) ?)?"
    r"(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2]))[0-9]{8})(?![0-9])"
)
"""Its letter is left out, or written as it sounds."""
_CODE_WORD = re.compile(
    r"(?:모델|제품|품번|코드|번지|좌표|일련|시리얼|(?i:model|serial|part|code|gpu|sku))[^0-9\n\0]{0,8}$"
)

# Vehicles
_REGION_SHORT = r"(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)"
_PLATE_LETTERS = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자배하허호국합육해공"
_VEHICLE = re.compile(
    rf"(?<![0-9.])(?P<region>{_REGION_SHORT}[ -]?)?[1-9]?[0-9]{{2}}(?P<left>[ .-]{{0,2}})(?P<letter>[{_PLATE_LETTERS}])"
    r"(?P<right>[ .-]{0,2})(?P<number>[0-9]{4})(?![0-9])"
)
_VEHICLE_WORD = re.compile(
    r"(?:차|번호판|주차|차번|견인|과태료|운행|운전|택시|버스|렌트)[가-힣]{0,4}[^0-9\n\0가-힣]{0,4}[가-힣]{0,3} ?$"
)
_VEHICLE_WORD_AFTER = re.compile(r"[ ,(]{0,3}(?:이|가|은|는|을|를)? ?(?:차량|차|승용|번호판|주차|택시|견인|소유|운전)")
_COUNTED = re.compile(
    r" ?(?:년|억|만|원(?![장본])|명|개|건|대(?!의)|장|㎡|%|조|천|월|회|호|호선|번지|평|톤|점|세대|가구|시간|kg"
    r"|km|m|~|-[0-9])"
)
_DOUBTFUL_LETTERS = set("조호주도로부구가고")

# Half-hidden resident numbers, or only their parts
_HIDDEN = "*xX●○■□◯•#?_"
_HALF = re.compile(
    rf"(?<![0-9])(?P<half>[0-9]{{6}} ?[-~ ]{{1,3}} ?[1-8])(?=[{_HIDDEN}]{{2}})"
    r"|주민(?:등록)?(?:번호)?[^0-9\n\0]{0,12}(?P<front>[0-9]{6}(?:-[1-8](?![0-9]))?)(?![0-9-])"
    r"|(?:뒷자리|뒷번호|뒤)(?:[는은가만:]|번호| ){0,3}(?P<back>[1-8][0-9]{6})(?![0-9])"
    r"|(?:앞자리|앞번호)(?:[는은가만:]|번호| ){0,3}"
    r"(?P<alone>[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9])"
)

_BACK_LATER = re.compile(r"(?:그 ?다음|하이픈|다시)[은는에 ]{0,3}(?P<back>[1-8] ?[0-9]{6})(?![0-9])")
_RESIDENT_NUMBER = re.compile(r"주민(?:등록)? ?번호")
_FAR = 60

# A name with an address. The address is found first, by the units of an address that follow each other.
_PROVINCE = (
    r"(?:서울|부산|대구|인천|광주|대전|울산)(?:특별시|광역시|시)?|세종(?:특별자치시|시)?|경기도?"
    r"|강원(?:특별자치도|도)?|"
    r"충청[남북]도|전라[남북]도|경상[남북]도|전북(?:특별자치도)?|충[남북]|전남|경[남북]|제주(?:특별자치도|도)?"
)
_DISTRICT = r"[가-힣]{1,4}[시군구]"
_STREET = (
    r"[가-힣]{1,8}[0-9]{0,4}(?:대로|로|길|동|읍|면|리|가)(?: ?[0-9]{1,4}번?[가-힣]?길)?(?: ?[가-힣]{1,6}[동리길로])?"
)
_HOUSE = r"(?:산 ?)?[0-9]{1,4}(?:-[0-9]{1,4})?(?![0-9년월])(?: ?번지)?"
_UNIT = (
    r"(?:[ ,(]{1,3}(?:지하 ?)?[0-9]{1,2}층)?(?:"
    r"(?:[ ,(]{0,3}[가-힣A-Za-z0-9]{2,14}(?:아파트|APT|빌라|오피스텔|타운|자이|래미안|푸르지오|주택|맨션|파크|빌"
    r"|힐스테이트|마을)?[ ,)]{0,3})??"
    r"[ ,(]{0,3}(?:[0-9]{1,4}|[가-하A-Z])동 ?[0-9]{1,4}호|[ ,]{1,3}[0-9]{1,4}-[0-9]{1,4}(?![0-9-])"
    r"|[ ,(]{1,3}[0-9]{2,4}호)|[ ,(]{1,3}(?:지하 ?)?[0-9]{1,2}층"
)
_ADDRESS = re.compile(
    rf"(?<![가-힣])(?:(?:{_PROVINCE}) ?(?:{_DISTRICT} ?){{0,2}}"
    rf"|{_DISTRICT} (?:{_DISTRICT} )?){_STREET} ?{_HOUSE}(?P<unit>{_UNIT})?"
    rf"|(?<![가-힣]){_STREET} ?{_HOUSE}(?P<only>[ ,(]{{1,3}}(?:[가-힣]{{2,10}} ?)?[0-9]{{1,4}}동 ?[0-9]{{1,4}}호)"
)
_MAY_BE_ADDRESS = re.compile(r"[로길동리가읍면] ?(?:산 ?)?[0-9]")
_SURNAME = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변"
    "염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
)
_NOT_A_NAME = re.compile(
    r"(?:시|청|관|소|대|과|팀|단|부|점|역|층|은|는|을|를|의|에|서|로|물|장|처|회|실|교|터|문의|안내|주소|위치"
    r"|가|요|죠|까|다|네|면|며|야|게|데|고|인지|한지"
    r"|우리|지금|현재|정부|전남|연구원|진흥원|의원|치원|병원|공원"
    r"|법원|학원|직원|회원|지원|[가-힣][송주재무]지)$"
)
_TITLE = "씨|님|어르신|할머니|할아버지|아저씨|아주머니|선생님"
_NAME_BEFORE = re.compile(
    rf"(?:(?P<cued>(?:이름|성함|성명|저는|신청인|신청자|받는 ?사람|수령인|보내는 ?사람|고객명|(?i:name))(?:은|는"
    rf"|이)?[ :]{{0,3}}[가-힣]{{2,5}})"
    rf"|(?<![가-힣])(?P<name>[{_SURNAME}][가-힣]{{2}}))(?: ?(?:{_TITLE}|입니다|이에요|예요|이고요?|고요"
    rf"|라고 ?합니다))?(?: ?(?:댁|집|자택)(?:은|이)?(?= ))?[ ,:/().]{{0,4}}(?(cued)\n?)"
    r"(?:집? ?주소(?:는|:)? ?)?[ ,:]{0,2}$"
)
_NAME_AFTER = re.compile(
    rf"[ ,:/(]{{1,4}}(?P<name>[{_SURNAME}][가-힣]{{2}})(?P<title> ?(?:{_TITLE}|앞|귀하))?"
    rf"(?: ?(?:입니다|이에요|예요))?(?![가-힣])"
    rf"|[ ,:/(]{{1,4}}(?:이름|성함|성명|받는 ?사람|수령인)(?:은|는|이)?[ :]{{0,3}}(?P<cued>[가-힣]{{2,5}})"
    rf"|에? ?(?:사는|사시는|거주하는|살고 ?있는|살고 ?계신) (?P<living>[{_SURNAME}][가-힣]{{1,2}})"
    r"(?=[^가-힣]|$|입니다|이에요|예요|씨|님|[은는이가을를의])"
)
_OFFICE_BEFORE = re.compile(
    r"(?:[시구군도]청|청사|보건소|센터|도서관|박물관|미술관|체육관|수영장|회관|복지관|학교|대학|병원|의원|우체국|경찰서|소방서|법원|세무서"
    r"|공사|공단|재단|진흥원|연구원|공원|시장)(?:은|는|이|가|의)? ?(?:(?:주소|위치)(?:은|는|이|가)?)? ?[ ,:(]{0,3}$"
)
"""What is no home: a word beside the address is taken for a name only where it is called one."""
_LIVING_BEFORE = re.compile(
    r"(?:집 ?주소|제 ?주소|우리 ?집|저희 ?집|자택|거주지|배송지|받을 ?주소|집은|(?i:my address|i live))[^\n\0]{0,8}$"
)
_LIVING_AFTER = re.compile(r"[ ]?(?:에|에서)? ?(?:살아|살고|사는|거주|삽니다|살며|이 ?제 ?집|이 ?우리 ?집)")


_ROMANISED = re.compile(
    r"(?<![0-9-])(?:[0-9]{2,4}-[0-9]{3,4},? )?[0-9]{1,4}(?:-[0-9]{1,4})?,? [A-Z][a-z]{1,14}-?(?:daero|ro|gil)(?![a-z])"
    r"(?:[ -][0-9]{1,3}(?:beon-?)?-?gil)?(?:,? [A-Z][a-z]{1,14}-(?:dong|gu|si))*(?:,? Gwangju)?"
    r"(?:,? (?i:apt|apartment|unit|room)\.? ?#?[0-9-]{2,9})?"
)
_MAY_BE_ROMANISED = re.compile(r"[a-z]-?(?:daero|ro|gil)(?![a-z])")
_LIVING_IN_ENGLISH = re.compile(
    r"(?i:\b(?:i live|my (?:home |new )?address|my house)\b)[^\n\0]{0,40}$"
    r"|(?i:\b(?:i'm|i am|my name is)) [A-Z][a-z]+(?:[- ][A-Z][a-z]+)?,? [^\n\0]{0,12}$"
)


def found_in(copy: PlainCopy) -> Iterator[tuple[Span, str]]:
    """Where the plain copy has such identifiers, and of which kind; places in the copy. They may overlap."""
    text = copy.plain
    for at, pattern in _MAILS:
        if at.search(text):
            yield from ((match.span(), MAIL) for match in pattern.finditer(text))
    yield from ((match.span("name"), MAIL) for match in _NAME_AT_A_FIRM.finditer(text))
    yield from ((span, PASSPORT) for span in _passports(text))
    yield from ((span, VEHICLE) for span in _vehicles(text))
    if _MAY_BE_ADDRESS.search(text):
        yield from ((span, HOME) for span in _homes(text))
    if _MAY_BE_ROMANISED.search(text):
        for match in _ROMANISED.finditer(text):
            if _LIVING_IN_ENGLISH.search(text[max(0, match.start() - _FAR) : match.start()]):
                yield match.span(), HOME


def halves_in(copy: PlainCopy) -> Iterator[tuple[Span, str]]:
    """Where halves of resident numbers stand; places in the copy, in which whole ones are blanked out."""
    for match in _HALF.finditer(copy.plain):
        yield match.span(match.lastgroup or 0), RESIDENT
    for match in _BACK_LATER.finditer(copy.plain):
        if _RESIDENT_NUMBER.search(copy.plain, max(0, match.start() - _FAR), match.start()):
            yield match.span("back"), RESIDENT


def _passports(text: str) -> Iterator[Span]:
    for match in _PASSPORT.finditer(text):
        first, last = match.span()
        before = text[max(0, first - 24) : first]
        bare = re.sub(r"[- .]", "", match.group())
        if not _PASSPORT_SHAPE.fullmatch(bare):
            continue
        has_word = _PASSPORT_WORD.search(before) or _PASSPORT_WORD_AFTER.match(text, last)
        if has_word or (_PASSPORT_BY_ITSELF.fullmatch(match.group()) and not _CODE_WORD.search(before)):
            yield first, last
    yield from (match.span("number") for match in _PASSPORT_WITHOUT_LETTER.finditer(text))


def _vehicles(text: str) -> Iterator[Span]:
    for match in _VEHICLE.finditer(text):
        first, last = match.span()
        before = text[max(0, first - 16) : first]
        has_word = match["region"] or _VEHICLE_WORD.search(before) or _VEHICLE_WORD_AFTER.match(text, last)
        is_counted = _COUNTED.match(text, last) or re.search(r"제 ?$", before)
        is_doubtful = (match["letter"] in _DOUBTFUL_LETTERS and bool(match["right"])) or (
            bool(match["right"]) and match["number"][:2] in ("19", "20")
        )
        is_usual = match["letter"] == "가" and match["number"][:2] not in ("19", "20")
        if not is_counted and (has_word or not is_doubtful or is_usual):
            yield first, last


def _homes(text: str) -> Iterator[Span]:
    for match in _ADDRESS.finditer(text):
        first, last = match.span()
        if FOUND in match.group():
            continue
        before, after = text[max(0, first - 30) : first], text[last : last + 24]
        name_first, name_last = _named(before, after)
        if name_first or name_last:
            yield first - name_first, last + name_last
        elif match["unit"] or match["only"]:
            is_dwelling = re.search(r"동 ?[0-9]{1,4}호$", match.group())
            if is_dwelling or _LIVING_BEFORE.search(before) or _LIVING_AFTER.match(after):
                yield first, last
        elif _LIVING_BEFORE.search(before) or _LIVING_AFTER.match(after):
            yield first, last


def _named(before: str, after: str) -> tuple[int, int]:
    """How many characters before and after an address belong to the name of who lives there."""
    first = last = 0
    is_office = bool(_OFFICE_BEFORE.search(before))
    match = _NAME_BEFORE.search(before)
    if match and (match["cued"] or not (is_office or _NOT_A_NAME.search(match["name"]))):
        first = len(before) - match.start()
    match = _NAME_AFTER.match(after)
    is_told = match and (match["cued"] or match["living"] or match["title"])
    if match and (is_told or not (is_office or _NOT_A_NAME.search(match["name"]))):
        last = match.end(match.lastgroup or 0) if not match["title"] else match.end()
    return first, last
