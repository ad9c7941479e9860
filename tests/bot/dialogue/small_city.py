"""A small knowledge base with all that a conversation can come across, and which questions are known to its matcher."""

from dataclasses import replace
from datetime import date

from knowledge.base import About, Bilingual, Entry, KnowledgeBase, Source, Topic

LONGEST_ID = "a" * 48


def _entry(entry_id: str, ko: str, answer: str, en: str | None = None) -> Entry:
    translated = f"In English: {en}" if en else None
    return Entry(entry_id, "investment", Bilingual(ko, en), Bilingual(answer, translated))


BUDGET = replace(
    _entry("budget", "예산이 얼마예요?", "**4,116억 원**입니다 <국비 & 시비>.", "What is the budget?"),
    source=Source("gwangju-ilbo", Bilingual("광주일보", "Gwangju Ilbo")),
    as_of="2020",
    review_by=date(2024, 12, 31),
    see_also=("period", "parking"),
)
PERIOD = _entry("period", "언제까지 하나요?", "2020년부터 2024년까지입니다.", "How long does it take?")
PARKING = replace(_entry("parking", "주차 요금은요?", "주차 요금은 아직 알려진 것이 없습니다."), known_gap=True)
LONG = _entry(LONGEST_ID, "아주 긴 질문이에요? " * 20, "긴 <답> & 문단.\n\n" * 300)
MANY = tuple(
    _entry(f"program-{number}", f"교육 {number}은 뭐예요?", f"교육 {number}입니다.") for number in range(1, 12)
)
KNOWLEDGE = KnowledgeBase(
    (
        Topic("investment", Bilingual("투자와 예산", "Investment"), (BUDGET, PERIOD, PARKING, LONG)),
        Topic("training", Bilingual("교육", "Training"), MANY),
        Topic("gaps", Bilingual("모르는 것"), (PARKING,)),
    ),
    about=About(samples=(Bilingual("예산이 얼마예요?", "What is the budget?"),)),
)
KNOWN = {
    "예산이 얼마예요?": [("budget", 0.95)],
    "dPtksdl djfaodPdy?": [("budget", 0.95)],
    "What is the budget?": [("budget", 0.95)],
    "얼마나 들어요?": [("budget", 0.5), ("period", 0.3), ("parking", 0.2)],
    "How much?": [("budget", 0.5), ("period", 0.3)],
    "긴 거요?": [(LONGEST_ID, 0.95)],
    "긴 거 아니면 짧은 거요?": [(LONGEST_ID, 0.5), ("period", 0.3)],
    "주차비는요?": [("parking", 0.95)],
    "언제까지 하나요?": [("period", 0.95)],
    "예산이 얼마예요? > 그럼 언제?": [("period", 0.95)],
    "언제까지 하나요? > 그럼 얼마?": [("budget", 0.95)],
    "How long does it take? > And how much?": [("budget", 0.95)],
}
