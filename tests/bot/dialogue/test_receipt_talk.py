"""What is said of a receipt is told apart from questions that hold the same words."""

import pytest

from bot.dialogue.interpreter import ReceiptTalk, receipt_talk

CANCEL = [
    "취소할게요",
    "취소해 주세요",
    "알림 취소할래요",
    "접수 취소 부탁드립니다",
    "답변 안 받을래요",
    "이제 답변 필요 없어요",
]
WHEN = [
    "언제쯤 답이 오나요",
    "답변 언제 나와요?",
    "아직 답변 없나요?",
    "제 질문 어떻게 됐어요?",
    "답변은 언제쯤 받을 수 있나요?",
    "얼마나 기다려야 답이 와요?",
    "답 오려면 며칠 걸려요?",
    "When will I get an answer?",
]
NEITHER = [
    "교육 신청 취소는 어떻게 하나요?",
    "예약 취소 수수료가 얼마예요?",
    "집적단지 언제 완공돼요?",
    "접수 언제까지 하나요?",
    "신청은 언제 하나요?",
    "예산 결과 언제 나와요?",
    "답변 언제 " + "오나요 " * 60,
]


@pytest.mark.parametrize("text", CANCEL)
def test_citizen_wants_no_answer_any_more(text: str) -> None:
    assert receipt_talk(text) is ReceiptTalk.CANCEL


@pytest.mark.parametrize("text", WHEN)
def test_citizen_asks_when_the_answer_comes(text: str) -> None:
    assert receipt_talk(text) is ReceiptTalk.WHEN


@pytest.mark.parametrize("text", NEITHER)
def test_question_is_neither(text: str) -> None:
    assert receipt_talk(text) is None
