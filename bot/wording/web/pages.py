"""What every web page says, as fields that each language fills. `{names}` in them are filled in by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FailureSentences:
    """What is said where a request failed: what happened, and what to do."""

    heading: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSentences:
    """One language's sentences of the frame around every page."""

    name_unknown: str
    """The name of an assistant whose editors gave it none."""
    to_content: str
    pages: str
    """Names the list of pages to screen readers."""
    chat: str
    console: str
    other_language: str
    """The name of the other language, written in it."""
    local_notice: str
    back_to_start: str
    failures: Mapping[int, FailureSentences]
    """By the status of the response."""
    other_failure: FailureSentences


PAGES_KOREAN = PageSentences(
    name_unknown="자동 안내",
    to_content="본문으로 바로 가기",
    pages="화면 목록",
    chat="대화",
    console="담당자 화면",
    other_language="English",
    local_notice="이 컴퓨터에서만 열리는 시험 화면입니다. 로그인 없이 모든 기능을 쓸 수 있습니다.",
    back_to_start="처음 화면으로",
    failures={
        403: FailureSentences(
            "요청을 받지 못했습니다", "화면이 오래되었을 수 있습니다. 앞 화면을 새로 고친 뒤 다시 해 주세요."
        ),
        404: FailureSentences("없는 화면입니다", "주소를 확인하시거나 처음 화면에서 다시 시작해 주세요."),
        405: FailureSentences("이 주소에서는 할 수 없는 요청입니다", "처음 화면에서 다시 시작해 주세요."),
        413: FailureSentences("보내신 내용이 너무 깁니다", "내용을 줄여서 다시 보내 주세요."),
        421: FailureSentences("이 주소로는 열 수 없습니다", "안내받으신 주소로 다시 열어 주세요."),
        429: FailureSentences("요청이 너무 많습니다", "잠시 뒤에 다시 해 주세요."),
        503: FailureSentences("지금은 잠시 이용할 수 없습니다", "조금 뒤에 다시 해 주세요."),
    },
    other_failure=FailureSentences("문제가 생겼습니다", "조금 뒤에 다시 해 주세요."),
)


PAGES_ENGLISH = PageSentences(
    name_unknown="Automatic assistant",
    to_content="Skip to content",
    pages="Pages",
    chat="Chat",
    console="Staff console",
    other_language="한국어",
    local_notice="This is a trial that only this computer can open. Everything can be used without signing in.",
    back_to_start="To the start",
    failures={
        403: FailureSentences("The request was not accepted", "The page may be old. Reload it and try again."),
        404: FailureSentences("There is no such page", "Check the address, or begin again from the start."),
        405: FailureSentences("This cannot be done at this address", "Please begin again from the start."),
        413: FailureSentences("That was too long", "Please shorten it and send it again."),
        421: FailureSentences("The page cannot be opened at this address", "Please use the address you were given."),
        429: FailureSentences("Too many requests", "Please try again in a while."),
        503: FailureSentences("Not available at the moment", "Please try again in a little while."),
    },
    other_failure=FailureSentences("Something went wrong", "Please try again in a little while."),
)
