"""What staff read at the terminal, in Korean and English."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.questions import QuestionState
from knowledge.base import Language
from knowledge.finding import Outcome

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order in which terminals obey them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSentences:
    """One language's sentences. `{names}` in them are filled in by the caller."""

    number: str
    asked_at: str
    state: str
    outcome: str
    language: str
    question: str
    nearest: str
    states: Mapping[QuestionState, str]
    outcomes: Mapping[Outcome, str]
    no_questions: str
    upgraded: str
    """With {revision}."""
    backed_up: str
    """With {file}."""
    purged: str
    """With {offered} and {expired}: how many questions."""


KOREAN = StaffSentences(
    number="번호",
    asked_at="받은 때",
    state="상태",
    outcome="처리",
    language="언어",
    question="질문",
    nearest="가까운 항목",
    states={
        QuestionState.OFFERED: "제안함",
        QuestionState.SETTLED: "제안으로 해결",
        QuestionState.OPEN: "미답변",
        QuestionState.ANSWERED: "답변함",
        QuestionState.DISMISSED: "종결",
    },
    outcomes={Outcome.ANSWER: "답변", Outcome.SUGGESTIONS: "제안", Outcome.FALLBACK: "답 없음"},
    no_questions="기록된 질문이 없습니다.",
    upgraded="데이터베이스가 최신 상태입니다(버전 {revision}).",
    backed_up="{file}에 백업했습니다.",
    purged="파기한 질문: 제안에 회신이 없는 질문 {offered}건, 보유 기간이 지난 질문 {expired}건.",
)

ENGLISH = StaffSentences(
    number="No.",
    asked_at="Asked at",
    state="State",
    outcome="Outcome",
    language="Language",
    question="Question",
    nearest="Nearest entries",
    states={
        QuestionState.OFFERED: "offered",
        QuestionState.SETTLED: "settled",
        QuestionState.OPEN: "open",
        QuestionState.ANSWERED: "answered",
        QuestionState.DISMISSED: "dismissed",
    },
    outcomes={Outcome.ANSWER: "answer", Outcome.SUGGESTIONS: "suggestions", Outcome.FALLBACK: "no answer"},
    no_questions="No questions are recorded.",
    upgraded="The database is up to date (version {revision}).",
    backed_up="Backed up to {file}.",
    purged="Destroyed questions: {offered} with suggestions nobody turned down, {expired} past their retention.",
)

_BY_LANGUAGE: dict[Language, StaffSentences] = {"ko": KOREAN, "en": ENGLISH}


def staff_sentences(language: Language) -> StaffSentences:
    """The sentences of that language."""
    return _BY_LANGUAGE[language]


def terminal_language(environment: Mapping[str, str]) -> Language:
    """The language a terminal is set to: English where it says so, else Korean."""
    locale = next((value for name in _LOCALE_VARIABLES if (value := environment.get(name))), "")
    return "en" if locale.startswith("en") else "ko"
