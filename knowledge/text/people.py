"""Which persons a text names: a full Korean name with a title behind it."""

import re

_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하"
    "곽성차주우구민진엄채원천방공현함변염석선설마길연위표명기반왕금옥"
)
_TITLES = (
    "시장|군수|구청장|도지사|지사|대통령|총리|장관|차관|의원|의장|위원장|대표|회장|사장|이사장|원장|총장|학장|교수"
    "|박사|소장|국장|과장|단장|팀장|관장|선생|감독|씨|님"
)
_ENDING = "(?:님|이|은|는|의|가|을|를|도|과|와|께|한테|에게)*"
_PERSON = re.compile(rf"(?<![가-힣])([{_SURNAMES}][가-힣]{{2}})\s?(?:[전현]\s)?(?:{_TITLES}){_ENDING}(?![가-힣])")


def people_in(text: str) -> frozenset[str]:
    """What stands where a person's name of three syllables stands, before a title: 강기정 in 강기정 시장님은.

    It need not be a name: who knows the words of the text tells.
    """
    return frozenset(_PERSON.findall(text))
