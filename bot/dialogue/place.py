"""Whether a question is about another place than the one that the assistant speaks for."""

import re
from collections.abc import Sequence

_PROVINCES = (
    "경기도|경기|강원도|강원|충청북도|충북|충청남도|충남|충청도|전라북도|전북|전라남도|전남|전라도|경상북도|경북"
    "|경상남도|경남|경상도"
    "|제주특별자치도|제주도|제주|강원특별자치도|전북특별자치도"
)
_CITIES = (
    "서울특별시|서울|부산|대구|인천|대전|울산|세종|광주|수원|성남|용인|부천|안산|안양|남양주|평택|의정부|파주|김포"
    "|군포|오산"
    "|양주|포천|동두천|구리|가평|양평|연천|춘천|원주|강릉|속초|삼척|태백|청주|충주|제천|천안|아산|서산|논산|계룡"
    "|당진|전주|군산|익산|김제|목포|여수|순천|나주|광양|포항|경주|김천|영천|경산|창원|진주|통영|김해|밀양|거제"
    "|서귀포|판교|송도|분당|일산"
)
_ALSO_WORDS = (
    "광명|하남|오산|이천|안성|여주|동해|공주|남원|상주|사천|양산|고양|화성|시흥|구미|안동|일산|보령|영주|문경|의왕"
    "|과천|정읍"
)
"""Cities whose names are words too (여주, 고양이): only with 시."""
_ENGLISH = (
    "seoul|busan|daegu|incheon|daejeon|ulsan|sejong|suwon|seongnam|jeju|jeonju|changwon|pohang|gyeonggi(?:-do)?"
    "|gangwon(?:-do)?|tokyo|beijing|new york|singapore"
)
_TAIL = (
    r"(?:특별시|광역시|특별자치시|특별자치도|시|도)?(?:에서는|에서|에는|에도|에|의|은|는|도|이|가|을|를|과|와|랑"
    r"|하고|로|으로|쪽은?|쪽에|만|부터|까지)?(?![가-힣])"
)
_NAMED = re.compile(rf"(?<![가-힣])(?P<place>(?!경기(?!도))(?:{_PROVINCES})|{_CITIES}|(?:{_ALSO_WORDS})시){_TAIL}")
_NAMED_ENGLISH = re.compile(rf"\b(?P<place>{_ENGLISH})\b", re.IGNORECASE)
_ASKER = re.compile(
    r"\s*(?:사람|시민|도민|주민|출신|거주|사는|살고|살아|산다|사람도|(?:에|으로|로)\s?(?:본사|있는|내려온|이전한"
    r"|이사)|\s?정부|\s?쪽에서|\s?(?:쪽)?에서\s?(?:내놓|발표|선언|왔|온|가는|가려|살|이사|광주|앱|회사)|에\s?(?:사는"
    r"|살|있는\s?회사|있는\s?사람))"
)
"""Follows the place that somebody or something comes from: it may well be ours that is asked about."""
_OURS = re.compile("우리|저희|여기|이 ?(?:도시|시|지역|동네)|\\b(?:our|here)\\b")
_LONGEST = 60
"""Characters; in a longer message places are part of a story."""


def other_place(text: str, own: Sequence[str]) -> str | None:
    """Another place that the question is about, as it names it; None where it is about ours, or names none.

    `own` are the names of the place that the assistant speaks for; without any it speaks for none in particular.
    """
    if not own or len(text) > _LONGEST:
        return None
    namesake = _namesake(text, own)
    if namesake:
        return namesake
    rest = re.sub(
        "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True)), " @ ", text, flags=re.IGNORECASE
    )
    if "@" in rest or _OURS.search(rest):
        return None
    named = (each for pattern in (_NAMED, _NAMED_ENGLISH) for each in pattern.finditer(rest))
    asked = (
        each["place"]
        for each in named
        if not _ASKER.match(rest, each.end()) and not _ASKER.match(rest, each.end("place"))
    )
    return next(asked, None)


def _namesake(text: str, own: Sequence[str]) -> str | None:
    """A place of our name in another province (경기도 광주)."""
    for name in own:
        if re.search("[가-힣]", name):
            found = re.search(rf"(?<![가-힣])(?:{_PROVINCES})\s?{re.escape(name)}", text)
            found = found or re.search(rf"(?<![가-힣]){re.escape(name)}시?\s?[(]?\s?경기도?", text)
        else:
            found = re.search(rf"\b{re.escape(name)}\b[\w\s,]{{0,12}}\bgyeonggi(?:-do)?", text, re.IGNORECASE)
        if found and not any(found.group() in other or found.group().replace(" ", "") in other for other in own):
            return found.group()
    return None
