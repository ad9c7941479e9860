"""The lone consonants of chat: ㅇㅇ, ㄱㄱ, ㄹㅇ. They ask nothing."""

import re

from knowledge.text.hangul import CONSONANTS, keystrokes

_CHAT = re.compile(rf"(?<![가-힣{CONSONANTS}ㅏ-ㅣ])([{CONSONANTS}]{{2,}}|ㄳ|ㅄ)(?![ㄱ-ㅣ])")

_SAID = frozenset(
    """
ㅇㅇ ㄱㄱ ㄴㄴ ㅇㅈ ㄹㅇ ㄷㄷ ㅎㄷㄷ ㄱㅅ ㅎㅇ ㅂㅇ ㅂㅂ ㅅㄱ ㅊㅋ ㅈㅅ ㅇㅋ ㅇㅎ ㄱㄷ ㅁㅊ ㅅㅂ ㅂㅅ ㅈㄴ ㅈㄹ ㄲㅂ
ㄱㅊ ㄴㅇㅅ ㅁㄹ ㅃㅇ ㅌㅌ ㅍㅎ ㅉㅉ ㅊㅊ ㅎㄹ ㄱㅇㄷ ㅂㅂㅇ ㅇㄴ ㄹㄷ ㄴㄱㄴ ㅇㄱㄹㅇ ㅂㅂㅂㄱ ㅇㅈㄹ ㅈㄱㄴ ㄱㄴㄲ
ㅇㅆ ㅋㄷ ㅋㅎ ㅎㅋ ㄱㅁㅅ ㄱㅆ
""".split()  # noqa: SIM905
)


def without_chat(text: str) -> str:
    """`text` without the lone consonants of chat: ㅇㅇ, ㄱㄱ, ㄹㅇ."""
    return _CHAT.sub(lambda found: " " if is_chat(found.group(1)) else found.group(), text)


def is_chat(consonants: str) -> bool:
    """Whether lone consonants are a word of chat, or one letter over and over."""
    typed = keystrokes(consonants)
    return typed in _SAID or (len(typed) > 1 and len(set(typed)) == 1)
