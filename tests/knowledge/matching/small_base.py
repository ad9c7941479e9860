"""A knowledge base of four entries and a few practice questions, small enough to know every outcome."""

from dataclasses import replace

from knowledge.base import Bilingual, Entry, KnowledgeBase, PracticeQuestion, Topic, Vocabulary

BUDGET = Entry(
    "budget",
    "t",
    Bilingual("집적단지 예산이 얼마예요?", "How much is the budget?"),
    Bilingual("4116억원을 들여 데이터센터를 짓습니다.", "411.6 billion won."),
    {"ko": ("예산 얼마", "사업비가 얼마인가요"), "en": ("cost of the cluster",)},
)
PLACE = Entry(
    "place",
    "t",
    Bilingual("집적단지는 어디에 생기나요?"),
    Bilingual("첨단3지구에 생깁니다."),
    {"ko": ("단지 위치 어디", "집적단지 위치가 어디예요")},
)
COMPANY = Entry(
    "company",
    "t",
    Bilingual("인코어드는 어떤 회사예요?"),
    Bilingual("에너지 데이터를 다루는 회사로, 부산에도 있습니다."),
    {"ko": ("인코어드가 뭐 하는 회사인가요",)},
)
PARKING = Entry(
    "gap-parking",
    "t",
    Bilingual("집적단지 주차 요금이 얼마예요?"),
    Bilingual("주차 요금은 알려진 것이 없습니다."),
    {"ko": ("주차장 어디", "주차비 무료인가요")},
    known_gap=True,
)
VOCABULARY = Vocabulary(
    synonyms=(("예산", "사업비"), ("인코어드", "인코어트")),
    elsewhere=("부산", "은하수테크", "삼성", "Samsung"),
)
PRACTICE = (
    PracticeQuestion("돈은 얼마나 드나요", ("budget", "place"), "first"),
    PracticeQuestion("어느 동네에 들어서나요", ("place",), "second"),
    PracticeQuestion("오늘 날씨 어때요", (), "first", kind="far"),
    PracticeQuestion("구내식당 있나요", (), "second"),
    PracticeQuestion("집저단지 얘산", ("budget",), "first", noise="typo"),
    PracticeQuestion("그럼 위치는요", ("place",), "first", before=("집적단지 예산이 얼마예요?",)),
    PracticeQuestion("없어진 것은요", ("gone",), "first"),
)
BASE = KnowledgeBase(
    (Topic("t", Bilingual("t"), (BUDGET, PLACE, COMPANY, PARKING)),), vocabulary=VOCABULARY, practice=PRACTICE
)
WITHOUT_PRACTICE = replace(BASE, practice=())
EMPTY = KnowledgeBase(())
