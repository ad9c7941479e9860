"""The words and marks around digits that say what they are, or that they are nobody's."""

import re

from bot.masking.plain_copy import Window

DOCUMENT = re.compile(
    r"(?:입찰|공고|고시|공시|접수|문서|관리|사건|과제|사업자?|법인|특허|출원|상표|디자인|실용신안|허가|승인|인증"
    r"|주문|송장|모델|제품|시리얼|일련|의안|조례|"
    r"고유|버전|바코드|학번|사번|품번|코드|계약|조달|발주|예약|도서|청구|우편|좌표|위도|경도|지번|필지|호기|로트|"
    r"(?i:isbn|issn|ean|gtin|upc|doi|ver|version|code|serial|lot|sku|order|tracking|invoice|ref|case))"
    r"(?: ?(?:등록|관리|접수|신청)? ?(?:번호|넘버|no\.?|number|id|아이디))?"
    r".{0,5}$|(?:^|[^가-힣])제 ?$"
)
_NUMBER_OF = re.compile(r"([가-힣]{2,12})번호.{0,4}$")
_OF_SOMEBODY = (
    *("전화", "휴대폰", "핸드폰", "폰", "팩스", "연락", "연락처", "직통", "안심", "가상", "계좌", "통장", "카드"),
    *("주민", "등록", "면허", "여권", "차량", "집", "회사", "사무실", "가게", "우리", "저희", "본인", "개인"),
    *("남편", "아내", "엄마", "아빠"),
)
"""Whatever else has a number is no person."""
_REGISTERED = re.compile(r"(?<!주민)(?<!외국인)(?<!외국인 )등록 ?번호.{0,5}$")
_OF_A_DOCUMENT = re.compile(
    r" ?(?:호|조|항|차|번째|번지)(?![가-힣]{0,1}(?:실|텔))(?:[^가-힣]|$|[의에를은는로가와과]|입니다|이)"
)
SUM = re.compile(
    r"(?:천|백|십)?(?:만|억|조)(?![가-힣]나)"
    r"| ?(?:천|백|십)?(?:만|억|조)? ?원"
    r"(?![가-힣])|(?: ?(?:천|백|십)?(?:만|억|조)? ?원)(?:[이은을의에과도만씩정까인짜대]|으로|보다|부터|입니다"
    r"|이하|이상|규모|수준)(?!장|본)"
    r"| ?(?:달러|유로|위안|엔화?|불)(?![가-힣]{3})|(?:명|건|개|대|장|톤|평|회|권|부|주|년|초|분|배|점|위|kg|km|m"
    r"|㎡|%|퍼센트|(?i:krw|usd|won|gb"
    r"|tb|mb))"
    r"(?![가-힣A-Za-z]{2})| ?(?i:krw|usd|won)(?![A-Za-z])"
)
_NEVER_A_SUM = re.compile(r" ?원(?:장|본|서|래|하|룸|칙|문|고|자|리)")
PHONE_NEAR = (
    r"전화|연락|휴대|핸드폰|폰|번호|통화|문자|직통|내선|회신|콜백|(?i:tel|phone|mobile|cell|call|hp|h\.p|fax"
    r"|contact|text me)|팩스|☎|☏|📞|📱"
)
PHONE_WORD = re.compile(rf"(?:{PHONE_NEAR}).{{0,10}}$")
_PHONE_WORD_AFTER = re.compile(r"[ ,]{0,2}(?:으로|로|에|번으로)? ?(?:전화|연락|문자|회신|통화|콜|(?i:call|text))")
NOT_A_PHONE_WORD = re.compile(r"(?:등록|우편|주민|계좌|카드|면허|여권|차량|운전) ?번호.{0,10}$")
CARD_WORD = re.compile(r"(?:카드|체크|신용|결제|(?i:card|visa|master|amex)).{0,12}$")
CARD_WORD_AFTER = re.compile(r"[ ,(]{0,3}(?:[가-힣]{0,4} ?카드|(?i:visa|card|master))")
RESIDENT_WORD = re.compile(r"(?:주민|주번|민번|생년|생일|앞자리|외국인|신분|(?i:resident|rrn|ssn)).{0,16}$")
LICENCE_NEAR = r"면허|(?i:licen[cs]e)"
LICENCE_WORD = re.compile(rf"(?:{LICENCE_NEAR}).{{0,14}}$")
LICENCE_WORD_AFTER = re.compile(r"[ ,(]{0,3}(?:운전|면허|1종|2종)")

_BANK = (
    r"신한|농협|수협|신협|씨티|새마을|우체국|카카오|카뱅|토스|케이뱅크|케뱅|국민은행|우리은행|하나은행|기업은행"
    r"|제일은행|산업은행|"
    r"광주은행|전북은행|경남은행|부산은행|대구은행|제주은행|(?i:kb|nh|ibk|sc|shinhan|woori|hana|kakaobank)"
)
_ACCOUNT_WORD = (
    r"계좌|구좌|통장|입금|송금|이체|예금|환불|급여|입출금|(?:은행|뱅크|금고)(?! ?예산)|보낼 ?곳|받을 ?곳"
    r"|(?i:account|bank|iban)"
)
_BANK_OR_WORD = r"(?:^|[^가-힣])(?:국민|우리|하나|기업|제일|산업) ?$"
ACCOUNT_NEAR = rf"{_ACCOUNT_WORD}|{_BANK}|국민|우리|하나|기업|제일|산업|예금주"
_ACCOUNT_BEFORE = re.compile(rf"(?:{_ACCOUNT_WORD}).{{0,14}}$|(?:{_BANK}).{{0,4}}$")
_BANK_BEFORE = re.compile(_BANK_OR_WORD)
_ACCOUNT_AFTER = re.compile(
    rf"[ ,(/]{{0,3}}(?:{_BANK}|{_ACCOUNT_WORD}|(?:국민|우리|하나|기업|제일|산업)(?: ?은행|\)|$| ?[,.] ?)|예금주)"
)

_INSTITUTION = (
    r"시청|구청|군청|도청|청사|교육청|세무서|센터|재단|진흥원|연구원|연구소|테크노파크|공사|공단|대학교?|협회"
    r"|조합|도서관|박물관|미술관|보건소|"
    r"병원|의원|약국|경찰서|소방서|우체국|민원실?|콜센터|상담실|사무국|사무소|사무실|본부|위원회|사업단|추진단"
    r"|기획단|아카데미|학원|학교|상공회의소|"
    r"대표 ?(?:번호|전화)|대표|문의처?|고객|안내|담당 ?부서|당직실|상황실|교환|(?:[가-힣]{2,8}(?:과|팀|국|실|관"
    r"|청|단))"
)
_INSTITUTION_BEFORE = re.compile(
    rf"(?:{_INSTITUTION})(?:[은는의이가]|에서| 전화| 번호| 대표| 연락처| 팩스){{0,2}}[ :,()☎-]{{0,4}}$"
)
_INSTITUTION_AFTER = re.compile(
    rf"[ (,/은는이가]{{1,3}}(?:이|가|은|는)? ?(?:(?:광주|전남|전라남도|한국|시|북구|남구|서구|동구"
    rf"|광산구)?[가-힣A-Za-z]{{0,10}}?(?:{_INSTITUTION}))"
)
_ABOUT_ONESELF = re.compile(
    r"(?:^|[^가-힣])(?:제|내|저희|우리|제가|저는|저의|나의|본인|엄마|아빠|어머니|아버지|남편|아내|아들|딸|형"
    r"|누나|언니|오빠|동생|친구|할머니|할아버지|집|자택|댁)"
    r"(?:[ 은는이가의집로]|전화|번호|$)|집 ?전화|자택|집번호|직통|(?i:\bmy\b|\bhome\b)"
)
_CALL_ME = re.compile(
    r"(?:으로|로|에|번으로)? ?(?:꼭 |빨리 |좀 |다시 |바로 )?(?:전화|연락|회신|문자|콜백|답장|통보|알려) ?(?:을"
    r"|를|좀)? ?(?:주|부탁|바라|바랍|해 ?주|남겨|달라"
    r"|요망|줘|드릴)|(?i:call me|text me|reach me)"
)


def is_of_a_document(window: Window) -> bool:
    """Whether words around say that it is the number of a document or a thing."""
    return bool(
        DOCUMENT.search(window.before)
        or _REGISTERED.search(window.before)
        or ((named := _NUMBER_OF.search(window.before)) and not named[1].endswith(_OF_SOMEBODY))
        or _OF_A_DOCUMENT.match(window.after)
    )


def is_sum(window: Window) -> bool:
    """Whether a unit after it makes it an amount."""
    return bool(SUM.match(window.after)) and not _NEVER_A_SUM.match(window.after)


def has_account_word(window: Window) -> bool:
    """Whether a word or a bank before or after it makes it an account."""
    return bool(
        _ACCOUNT_BEFORE.search(window.before)
        or _ACCOUNT_AFTER.match(window.after)
        or (window.is_joined and _BANK_BEFORE.search(window.before))
        or (len(window.parts) > 1 and _BANK_BEFORE.search(window.before) and set(window.separators) <= {"-"})
    )


def is_attached_to_letters(window: Window) -> bool:
    """Whether it is a part of a code that has letters."""
    return bool(re.search(r"[A-Za-z]$", window.before)) or bool(re.match(r"[A-Za-z]", window.after))


def is_year(part: str) -> bool:
    """Whether four digits may be a year of our time."""
    return "1950" <= part <= "2049" and len(part) == len("2026")


DATE = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def has_phone_word(window: Window) -> bool:
    """Whether words around make it a telephone."""
    if NOT_A_PHONE_WORD.search(window.before) or DOCUMENT.search(window.before):
        return False
    return bool(PHONE_WORD.search(window.before) or _PHONE_WORD_AFTER.match(window.after))


PUBLIC_PHONE = re.compile(r"(?:0?62)?613[0-9]{4}|080[0-9]{7,8}|1[568][0-9]{6}|0?62(?:120|119)")


def is_private(window: Window) -> bool:
    """Whether a telephone is somebody's own, rather than one that a city or a firm publishes."""
    digits = window.digits
    for prefix in ("0082", "82"):
        digits = digits.removeprefix(prefix)
    if PUBLIC_PHONE.fullmatch(digits):
        return False
    if _CALL_ME.match(window.after) or _ABOUT_ONESELF.search(window.before):
        return True
    return not (_INSTITUTION_BEFORE.search(window.before) or _INSTITUTION_AFTER.match(window.after))
