"""Whether a question is about another place than the one that the assistant speaks for."""

import re
from collections.abc import Iterator, Sequence

from knowledge.text.proper_names import PROVINCES, places_in

_PROVINCE = "|".join(sorted(PROVINCES, key=len, reverse=True))
_ENGLISH = (
    "seoul|busan|daegu|incheon|daejeon|ulsan|sejong|suwon|seongnam|jeju|jeonju|changwon|pohang|gyeonggi(?:-do)?"
    "|gangwon(?:-do)?|tokyo|beijing|new york|singapore"
)
_QUARTER = re.compile("(?<![가-힣])(?P<place>판교|송도)")
"""Known by themselves, without being municipalities."""
_WORD = re.compile("[가-힣]+")
_NAMED_ENGLISH = re.compile(rf"\b(?P<place>{_ENGLISH})\b", re.IGNORECASE)
_ASKER = re.compile(
    r"\s*(?:만큼|보다|처럼|같은|같이|(?:도|까지)?\s?(?:들어가|포함|해당)|사람|시민|도민|주민|출신|거주|사는|살고|살아|산다|사람도|(?:에|으로|로)\s?(?:본사|있는|내려온|이전한"
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
    return next((place for place, ends in _named(rest) if not any(_ASKER.match(rest, end) for end in ends)), None)


def _named(text: str) -> Iterator[tuple[str, list[int]]]:
    """The places that are named, each as it is written, and where it may end: 부산 and 부산시 in 부산시민."""
    for word in _WORD.finditer(text):
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
