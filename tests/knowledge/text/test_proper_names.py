"""Which municipalities, years and persons a text names."""

import pytest

from knowledge.text.proper_names import people_in, places_in, years_in


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("목포시는 산후조리비 얼마 줘요?", {"목포"}),
        ("목포는요", {"목포"}),
        ("부산에서도 되나요", {"부산"}),
        ("서울시민도 되나요", {"서울"}),
        ("순천시청은 어디예요", {"순천"}),
        ("예산군에서는요", {"예산"}),
        ("예산이 얼마예요", set()),
        ("음성 안내가 있나요", set()),
        ("강남구에서 이사 왔어요", {"강남구"}),
        ("", set()),
    ],
)
def test_places_are_named_with_and_without_their_ending(text: str, places: set[str]) -> None:
    assert places_in(text) == places


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("그때 2018년에는", {2018}),
        ("18년도 예산", {2018}),
        ("'99년 자료", {1999}),
        ("2024 축제", {2024}),
        ("10년 거주해야 하나요", set()),
        ("4116억원", set()),
    ],
)
def test_years_are_told_from_durations_and_sums(text: str, years: set[int]) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("강기정 시장님은 어디 출신이에요?", {"강기정"}),
        ("홍길동 전 교수와 김철수씨", {"홍길동", "김철수"}),
        ("박원순시장이 뭐라고 했나요", {"박원순"}),
        ("광주 시장은 누구예요?", set()),
        ("우리 시장님 성함", set()),
        ("강기정 식당 예약", set()),
    ],
)
def test_a_name_of_three_syllables_before_a_title_is_a_person(text: str, people: set[str]) -> None:
    assert people_in(text) == people
