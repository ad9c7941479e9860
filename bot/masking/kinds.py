"""The kinds of personal numbers, and how each is written.

Patterns see a folded copy: ASCII digits, hyphens, dots and spaces. Nothing in them repeats something that repeats, and
each begins where no digit stands before it, so that the time for a hostile text grows with its length only.
"""

from bot.masking.checks import is_account, is_account_after_word, is_card, is_not_years, is_private_phone
from bot.masking.kind import kind

_MAIL, _RESIDENT, _LICENCE = "이메일", "주민번호", "면허번호"
_CARD, _PHONE, _ACCOUNT, _PASSPORT, _LONG = "카드번호", "전화번호", "계좌번호", "여권번호", "식별번호"

_FREE = r"(?<![0-9])"
_END = r"(?![0-9])"
_NOT_MONEY = r"(?![0-9]| ?(?:천|백)?(?:만|억|조)? ?원)"

_MAIL_NAME = r"(?:(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+|[가-힣]{1,5})"
_MAIL_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
_MAIL_FIRM = (
    r"(?:(?i:naver|gmail|daum|hanmail|kakao|nate|hotmail|outlook|yahoo|icloud)(?:\.| ?(?:dot|닷|점) ?)[A-Za-z.]{2,6}"
    r"|(?:네이버|지메일|한메일|카카오|네이트|핫메일|아웃룩|다음)(?: ?(?:\.|닷|점) ?(?:컴|넷|com|net))?)"
)
_AT_SIGN = r"(?: ?(?:@|골뱅이|[(\[{<] ?(?i:at|앳|골뱅이) ?[)\]}>]) ?)"

_GAP = r"[-.~/_,() ]{0,3}"
_GAP_READ_OUT = r"(?:[-.~/_,() 에의국]|다시|대시|하이픈){0,4}"
_MOBILE = r"01[016789]"
_AREA = r"0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50[0-9]?)"
_PHONE_WORD = r"(?:전화|연락처|휴대폰|핸드폰|폰번호|(?i:tel|phone|mobile)|☎)[^0-9\n]{0,6}"

_BANK = r"(?:신한|농협|수협|신협|씨티|새마을|우체국|카카오|토스|케이뱅크|KB|NH|IBK|SC)"
_BANK_OR_WORD = r"(?:국민|우리|하나|기업|제일|산업)"
"""Banks' names that are everyday words too: only a long number written in one means an account after them."""
_ACCOUNT_WORD = r"(?:계좌|통장|입금|송금|이체|은행|뱅크|금고|(?i:account))"
_AFTER_ACCOUNT_WORD = rf"(?:{_ACCOUNT_WORD}[^0-9\n]{{0,12}}|{_BANK}[^0-9\n]{{0,2}})"
_AFTER_ANY_ACCOUNT_WORD = rf"(?:{_AFTER_ACCOUNT_WORD}|{_BANK_OR_WORD} ?)"

# The order decides where digits could be of two kinds: the narrower shape comes first.
KINDS = (
    kind(_MAIL, rf"{_MAIL_NAME}{_AT_SIGN}(?:{_MAIL_HOST}|{_MAIL_FIRM})"),
    kind(_MAIL, rf"{_MAIL_NAME} (?i:at) {_MAIL_FIRM}"),
    kind(_LICENCE, rf"{_FREE}[0-9]{{2}}[- .]{{1,3}}[0-9]{{2}}[- .]{{1,3}}[0-9]{{6}}[- .]{{1,3}}[0-9]{{2}}{_END}"),
    kind(_LICENCE, rf"{_FREE}[0-9]{{12}}{_END}", after=r"(?:면허|(?i:licen[cs]e))[^0-9\n]{0,12}"),
    kind(_LICENCE, rf"{_FREE}[0-9]{{2}}-[0-9]{{6}}-[0-9]{{2}}{_END}(?!-)"),
    kind(_ACCOUNT, rf"{_FREE}[0-9]{{10,14}}{_NOT_MONEY}", is_account_after_word, after=_AFTER_ANY_ACCOUNT_WORD),
    kind(_RESIDENT, rf"{_FREE}[0-9]{{6}} ?[-.~/_]{{1,3}} ?[0-9]{{7}}{_END}"),
    kind(_RESIDENT, rf"{_FREE}(?:[0-9]{{6}} {{0,3}}[1-8][0-9]{{6}}|0{{6}} ?0{{7}}){_NOT_MONEY}"),
    kind(_RESIDENT, rf"{_FREE}[0-9]{{6}} ?-{{1,3}} ?[1-8](?=[*xX●○#■]{{2}})"),
    kind(_RESIDENT, rf"[0-9]{{6}}{_GAP_READ_OUT}[1-8][0-9]{{6}}", read_out=True),
    kind(_CARD, rf"{_FREE}[0-9]{{4}}(?:[-. /]{{1,3}}[0-9]{{4}}){{3}}{_END}", is_not_years),
    kind(_CARD, rf"{_FREE}[0-9]{{4}}[-. /]{{1,3}}[0-9]{{6}}[-. /]{{1,3}}[0-9]{{4,5}}{_END}"),
    kind(_CARD, rf"{_FREE}[0-9]{{13,14}}{_NOT_MONEY}", is_card),
    kind(_CARD, rf"{_FREE}[0-9]{{15,16}}{_NOT_MONEY}"),
    kind(_LONG, rf"{_FREE}[0-9]{{17,}}{_NOT_MONEY}"),
    kind(_PHONE, rf"{_FREE}\(?{_MOBILE}{_GAP}[0-9]{{3,4}}{_GAP}[0-9]{{4,5}}{_END}"),
    kind(_PHONE, rf"{_FREE}\(?{_MOBILE}(?:{_GAP}[0-9]){{7,8}}{_END}"),
    kind(_PHONE, rf"{_FREE}0([-. ])1\1[016789](?:\1[0-9]){{7,8}}{_END}"),
    kind(_PHONE, rf"{_FREE}\+?(?:00)?82{_GAP}0?{_GAP}1[016789]{_GAP}[0-9]{{3,4}}{_GAP}[0-9]{{4}}{_END}"),
    kind(_PHONE, rf"\+82{_GAP}[0-9]{{1,3}}{_GAP}[0-9]{{3,4}}{_GAP}[0-9]{{4}}{_END}", is_private_phone),
    kind(_PHONE, rf"{_FREE}(?<![0-9][0-9][-./])\(?{_AREA}{_GAP}[0-9]{{3,4}}{_GAP}[0-9]{{4}}{_END}", is_private_phone),
    kind(_PHONE, rf"{_FREE}0[0-9]{{1,3}} ?- ?[0-9]{{3,4}} ?- ?[0-9]{{4}}{_END}(?!-)", is_private_phone),
    kind(_PHONE, rf"{_FREE}[0-9]{{3,4}}[-. ][0-9]{{4}}{_END}", is_private_phone, after=_PHONE_WORD),
    kind(_PHONE, rf"0 ?1 ?[016789]{_GAP_READ_OUT}[0-9]{{3,4}}{_GAP_READ_OUT}[0-9]{{4}}", read_out=True),
    kind(_PHONE, rf"0 ?1 ?[016789](?:{_GAP_READ_OUT}[0-9]){{7,8}}", read_out=True),
    kind(_PHONE, rf"{_AREA}{_GAP_READ_OUT}[0-9]{{3,4}}{_GAP_READ_OUT}[0-9]{{4}}", is_private_phone, read_out=True),
    kind(_ACCOUNT, rf"{_FREE}(?<![0-9]-)[0-9]{{2,7}}(?: ?- ?[0-9]{{1,7}}){{2,3}}{_END}(?!-[0-9])", is_account),
    kind(
        _ACCOUNT,
        rf"{_FREE}[0-9](?:[- ]?[0-9]){{9,13}}{_NOT_MONEY}",
        is_account_after_word,
        after=_AFTER_ACCOUNT_WORD,
    ),
    kind(_ACCOUNT, rf"{_FREE}(?P<number>[0-9]{{10,14}}) ?\(?(?:{_BANK}|{_ACCOUNT_WORD}|{_BANK_OR_WORD})"),
    kind(_PASSPORT, r"(?<![A-Za-z0-9])(?:[A-Z][0-9]{8}|[A-Z][0-9]{3}[A-Z][0-9]{4}|[A-Z]{2}[0-9]{7})(?![A-Za-z0-9])"),
    kind(
        _PASSPORT,
        r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9][0-9]{2}[A-Za-z0-9][0-9]{4}(?![0-9])",
        after=r"(?:여권|(?i:passport))[^A-Za-z0-9\n]{0,12}",
    ),
)
