import pytest

from knowledge.grouping import GroupTexts, QuestionGrouping
from knowledge.matching.analysis import Analyzer
from knowledge.matching.likeness import open_embedder

PARKING = GroupTexts(
    ("집적단지 주차 요금이 얼마예요?", "집적단지에 주차하면 돈을 내야 하나요?", "주차 요금이 궁금해요")
)
ROBOTS = GroupTexts(
    ("로봇 경진대회는 언제 열려요?", "로봇 대회 일정이 어떻게 되나요?", "로봇 경진대회 날짜 알려 주세요")
)
SHUTTLE = GroupTexts(("셔틀버스 정류장이 어디예요?", "셔틀버스는 어디서 타나요?", "셔틀버스 타는 곳 알려 주세요"))
GROUPS = (PARKING, ROBOTS, SHUTTLE)


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("집적단지 주차 요금은 얼마인가요?", 0),
        ("주차 요금 얼마 내야 해요?", 0),
        ("로봇 경진대회 언제 하나요", 1),
        ("로봇 경진대회 일정을 알고 싶습니다", 1),
        ("셔틀버스 어디서 타요?", 2),
        ("셔틀버스 정류장 위치가 어떻게 되죠?", 2),
    ],
)
def test_paraphrase_joins_its_group(grouping: QuestionGrouping, question: str, group: int) -> None:
    placed = grouping.place(question, GROUPS)
    assert placed.group == group
    assert placed.nearest[0].group == group


@pytest.mark.parametrize("question", ["어린이집 신청은 어떻게 하나요?", "도서관 몇 시까지 열어요?", "날씨 어때요"])
def test_other_question_starts_a_group(grouping: QuestionGrouping, question: str) -> None:
    assert grouping.place(question, GROUPS).group is None


def test_first_question_starts_a_group(grouping: QuestionGrouping) -> None:
    placed = grouping.place("주차 요금이 얼마예요?", ())
    assert (placed.group, placed.likeness, placed.nearest) == (None, 0.0, ())


def test_likeness_is_a_probability_and_falls(grouping: QuestionGrouping) -> None:
    likenesses = [near.likeness for near in grouping.place("주차 요금이 얼마죠?", GROUPS).nearest]
    assert likenesses == sorted(likenesses, reverse=True)
    assert all(0 <= likeness <= 1 for likeness in likenesses)


def test_placing_again_gives_the_same(grouping: QuestionGrouping) -> None:
    assert grouping.place("주차 요금은요?", GROUPS) == grouping.place("주차 요금은요?", GROUPS)


def test_same_text_is_one_group_whatever_else_is_in_it(grouping: QuestionGrouping) -> None:
    mixed = GroupTexts(("도서관 몇 시까지 열어요?", "날씨 어때요", "버스 언제 와요"))
    placed = grouping.place("날씨 어때요??", (PARKING, mixed))
    assert (placed.group, placed.likeness) == (1, 1.0)


def test_text_without_letters_joins_only_itself(grouping: QuestionGrouping) -> None:
    groups = (PARKING, GroupTexts(("😀😀",)))
    assert grouping.place("😀😀", groups).group == 1
    assert grouping.place("🎉", groups).group is None


def test_staff_are_asked_about_groups_that_are_close(grouping: QuestionGrouping) -> None:
    groups = (GroupTexts(PARKING.texts[:2]), ROBOTS, GroupTexts(("집적단지 주차 요금은 얼마인가요?",)))
    assert [near.group for near in grouping.close(0, groups)] == [2]
    assert [near.group for near in grouping.close(2, groups)] == [0]
    assert grouping.close(1, groups) == ()


def test_a_group_alone_has_none_close_to_it(grouping: QuestionGrouping) -> None:
    assert grouping.close(0, (PARKING,)) == ()


def test_frame_that_all_share_joins_nobody(grouping: QuestionGrouping) -> None:
    things = ("호텔", "병원", "서점", "영화관")
    groups: list[GroupTexts] = []
    for thing in things:
        assert grouping.place(f"집적단지에 {thing} 생기나요?", groups).group is None
        groups.append(GroupTexts((f"집적단지에 {thing} 생기나요?",)))


def test_what_is_asked_of_one_thing_is_kept_apart(grouping: QuestionGrouping) -> None:
    fees = GroupTexts(("박물관 입장료 얼마예요?", "박물관 입장료"))
    assert grouping.place("박물관 휴관일이 언제예요?", (fees,)).group is None
    assert grouping.place("박물관 입장료가 얼마인가요?", (fees,)).group == 0


def test_it_groups_without_an_embedder(analyzer: Analyzer) -> None:
    lexical = QuestionGrouping(analyzer)
    assert lexical.place("집적단지 주차 요금은 얼마인가요?", GROUPS).group == 0
    assert lexical.place("날씨 어때요", GROUPS).group is None


def test_reading_ahead_ends(analyzer: Analyzer) -> None:
    reading = QuestionGrouping(analyzer, ["집적단지는 어디에 있나요?"], embedder=open_embedder())
    texts = [*PARKING.texts, *ROBOTS.texts]
    calls = 1
    while not reading.read_ahead(texts, 3):
        calls += 1
    assert calls == (3 if open_embedder() else 1)
    assert QuestionGrouping(analyzer).read_ahead(texts, 1)


def test_empty_group_is_passed_over(grouping: QuestionGrouping) -> None:
    assert grouping.place("주차 요금이 얼마예요?", (GroupTexts(()), PARKING)).group == 1


HOSTILE = [
    "",
    " ",
    "?!",
    "😀😀",
    "ㅋㅋㅋ",
    "what time does it open",
    "AI hub 주차 parking 요금",
    "東京 天気 اختبار",
    "\x00\u202e",
    "가" * 4096,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_can_be_placed_and_be_in_a_group(grouping: QuestionGrouping, text: str) -> None:
    grouping.place(text, GROUPS)
    grouping.place("주차 요금이 얼마예요?", (GroupTexts((text,)), *GROUPS))
    grouping.place(text, (GroupTexts(()), GroupTexts((text, "😀")), PARKING))


def test_texts_of_full_length_can_be_placed(grouping: QuestionGrouping) -> None:
    long = ("집적단지에 관한 아주 긴 이야기입니다. " * 300)[:4096]
    assert grouping.place(long, GROUPS).group is None
