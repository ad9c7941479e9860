"""Everyday misspellings that need no dictionary: 됬, 잇나요, 머에요, 임니까. They are too common to be remarked on."""

import re
from collections.abc import Callable

from knowledge.text.hangul import join, split

_Replacement = str | Callable[[re.Match[str]], str]


def _closed_with_b(found: re.Match[str]) -> str:
    """임니까 is 입니까: it is written as it sounds."""
    initial, vowel, final = split(found.group())
    return join(initial, vowel, "ㅂ") if final == "ㅁ" else found.group()


_SLIPS: tuple[tuple[re.Pattern[str], _Replacement], ...] = (
    (re.compile("됬"), "됐"),
    (re.compile("햇(?=[다어나는던지죠고으습을네])"), "했"),
    (re.compile("(?<![가-힣])잇(?=나|냐|어|음|으|는지|는데|는거|는가|을|습|다면|다는|다고|던|죠|지[?요])"), "있"),
    (re.compile("(?<![가-힣])없(?=[ 음다어나는]*엇)"), "없"),
    (re.compile("(?<=[가-힣])엿(?=[나지죠어는던습을다])"), "였"),
    (re.compile("(?<![가-힣])갓(?=나요|다[가 온]|어요|는지|죠|습)"), "갔"),
    (re.compile("(?<![가-힣])머(?=머|에요|예요|에여|죠|야|임|냐|가|하|고|엿|였|지(?!않))"), "뭐"),
    (re.compile("(?<=뭐)머"), "뭐"),
    (re.compile("(?<![가-힣])먼(?=가요|가여|대요|데요)"), "뭔"),
    (re.compile("[가-힣](?=니[까다])"), _closed_with_b),
    (re.compile("(?<=[주하시가오보])새(?=요|여|용)"), "세"),
    (re.compile("(?<=[가-힣][나가데지까어아해에예세네줘])여(?![가-힣])"), "요"),
    (re.compile("(?<=[나세에예까데])용(?![가-힣])"), "요"),
    (re.compile("(?<![가-힣])조(?=은|아[지요졌하]|을까|습니)"), "좋"),
    (re.compile("(?<![가-힣])(?:어떻케|어케|어캐|으케|우째)(?=$|[ 되하해돼가])"), "어떻게"),
    (re.compile("되(?=요(?![가-힣])|서(?![가-힣]))"), "돼"),
    (re.compile("몇게"), "몇 개"),
    (re.compile("애요(?![가-힣])"), "예요"),
)


def respell(text: str) -> str:
    """`text` with the most common misspellings of endings and little words as they should be."""
    for slip, meant in _SLIPS:
        text = slip.sub(meant, text)
    return text
