"""What the conversation in a terminal says besides the assistant's own messages, and text as it is safe there."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.base import Language

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order in which terminals obey them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalSentences:
    """One language's sentences for the terminal. `{names}` in them are filled in by the caller."""

    assistant: str
    """Stands over the assistant's messages."""
    prompt: str
    hint: str
    no_such_button: str
    """With {count}: how many buttons there are."""
    goodbye: str
    pages: str
    """With {address}: where the pages of the local mode are."""


_KOREAN = TerminalSentences(
    assistant="안내",
    prompt="질문> ",
    hint="질문을 적고 Enter 를 누르세요. 번호가 붙은 것은 번호로 고릅니다. 끝내려면 /끝 또는 Ctrl-D.",
    no_such_button="그 번호는 없어요. 1부터 {count}까지 고를 수 있습니다.",
    goodbye="안녕히 가세요.",
    pages=(
        "\n대화 화면     {address}\n담당자 화면   {address}/console\n\n"
        "이 컴퓨터에서만 열립니다. 끝내려면 Ctrl-C. 터미널에서 대화하려면: python main.py chat"
    ),
)
_ENGLISH = TerminalSentences(
    assistant="Assistant",
    prompt="You> ",
    hint="Write a question and press Enter. What has a number is chosen by it. To end: exit, or Ctrl-D.",
    no_such_button="There is no such number. Choose 1 to {count}.",
    goodbye="Goodbye.",
    pages=(
        "\nChat            {address}\nStaff console   {address}/console\n\n"
        "Only this computer can open them. To end: Ctrl-C. To talk in the terminal: python main.py chat"
    ),
)
_BY_LANGUAGE: dict[Language, TerminalSentences] = {"ko": _KOREAN, "en": _ENGLISH}


def terminal_sentences(language: Language) -> TerminalSentences:
    """The terminal's sentences of that language."""
    return _BY_LANGUAGE[language]


def terminal_language(environment: Mapping[str, str]) -> Language:
    """The language a terminal is set to: English where it says so, else Korean."""
    locale = next((value for name in _LOCALE_VARIABLES if (value := environment.get(name))), "")
    return "en" if locale.startswith("en") else "ko"


def plain_lines(text: str) -> str:
    """The text with its lines, each of them without the characters by which it could act on a terminal."""
    return "\n".join(map(one_line, text.splitlines()))


def one_line(text: str) -> str:
    """The text on one line and without the control characters by which it could act on a terminal or a table."""
    plain = "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
    visible = (character for character in plain if unicodedata.category(character) not in {"Cf", "Cs"})
    return " ".join("".join(visible).split())
