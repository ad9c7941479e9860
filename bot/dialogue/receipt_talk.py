"""What citizens say of a receipt that they hold: that they want the answer no more, or when it will come."""

from enum import StrEnum

from knowledge.text.hangul import compiled_for_any_case


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


_LONGEST = 40
"""Characters; who writes more says something else too."""


def receipt_talk(text: str) -> ReceiptTalk | None:
    """What is said of a receipt, where nothing else is said; only who holds one means it so."""
    said = text.strip(" \t\n.,!?~ㅠㅜ")
    if len(said) > _LONGEST:
        return None
    if _CANCEL.fullmatch(said):
        return ReceiptTalk.CANCEL
    return ReceiptTalk.WHEN if _WHEN.fullmatch(said) else None
