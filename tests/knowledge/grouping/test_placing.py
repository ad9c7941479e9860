import pytest

from knowledge.grouping import GroupTexts, QuestionGrouping

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


def test_groups_that_a_question_shows_to_be_one_are_named(grouping: QuestionGrouping) -> None:
    apart = (GroupTexts(PARKING.texts[:2]), ROBOTS, GroupTexts(("집적단지 주차 요금이 얼마인가요?",)))
    placed = grouping.place("집적단지 주차 요금은 얼마예요?", apart)
    assert {placed.group, *placed.also} == {0, 2}


def test_nothing_is_said_to_be_one_with_a_new_group(grouping: QuestionGrouping) -> None:
    assert grouping.place("도서관 몇 시까지 열어요?", GROUPS).also == ()


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
