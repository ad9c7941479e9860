"""What messages are, before anything is looked up."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue.interpreter import Interpretation, LatinWords, Setting, interpret, prepare
from bot.dialogue.query import Query
from bot.dialogue.safety import Danger, alarm_in
from bot.dialogue.small_talk import Service, Talk

_HERE = Path(__file__).parent
_KNOWN = LatinWords(frozenset(("ai", "gist", "parc")), frozenset(("complex", "cluster", "budget")))
_SETTING = Setting(places=("광주광역시", "광주시", "광주", "Gwangju", "전남 광주"), known=_KNOWN)
_NUMBERS = {
    Danger.SELF_HARM: {"109"},
    Danger.MEDICAL: {"119"},
    Danger.CHILD: {"112", "1388"},
    Danger.PARTNER: {"112", "1366"},
    Danger.SCHOOL: {"117"},
    Danger.VIOLENCE: {"112"},
}


def _read(name: str) -> Any:
    return yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))


def _said(text: str) -> Interpretation:
    return interpret(text, _SETTING, alarm_in(text))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [(text, set(map(str, group["numbers"]))) for group in _read("crisis.yaml") for text in group["said"]],
)
def test_who_is_in_danger_is_heard(text: str, numbers: set[str]) -> None:
    alarm = _said(text).alarm
    assert alarm
    assert numbers & set().union(*(_NUMBERS[danger] for danger in alarm.dangers))


@pytest.mark.parametrize("text", _read("not_crisis.yaml"))
def test_what_only_sounds_like_danger_raises_no_alarm(text: str) -> None:
    assert _said(text).alarm is None


@pytest.mark.parametrize("text", _read("unseen_wordings.yaml")["danger"])
def test_danger_is_heard_in_words_not_seen_before(text: str) -> None:
    assert _said(text).service is Service.SAFETY


@pytest.mark.parametrize("text", _read("unseen_wordings.yaml")["courtesy"])
def test_courtesies_are_heard_in_words_not_seen_before(text: str) -> None:
    said = _said(text)
    assert said.service in (Service.COURTESY, Service.CLARIFY) or said.remark


@pytest.mark.parametrize("text", _read("unseen_wordings.yaml")["neither"])
def test_what_shares_words_with_danger_is_a_question(text: str) -> None:
    assert _said(text).service is not Service.SAFETY


@pytest.mark.parametrize(
    ("talk", "text"), [(talk, text) for talk, texts in _read("small_talk.yaml").items() for text in texts]
)
def test_small_talk_is_heard_as_what_it_is(talk: str, text: str) -> None:
    assert _said(text).talk == talk


@pytest.mark.parametrize(("case"), _read("courtesies_around.yaml"))
def test_courtesies_around_a_question_are_taken_off(case: dict[str, str]) -> None:
    heard = _said(case["said"])
    assert (heard.talk, heard.question) == (None, case["question"])


@pytest.mark.parametrize(
    "text",
    [
        "Xin chào, khu AI ở đâu?",
        "人工智能中心在哪里",
        "Где находится кластер?",
        "¿Dónde está el centro?",
        "annyeonghaseyo yesan eolmayeyo",
        "AI jipjeokdanji eodieyo",
        "予算は？",
    ],
)
def test_other_languages_are_told_apart(text: str) -> None:
    assert _said(text).talk is Talk.FOREIGN


@pytest.mark.parametrize("text", ["AI", "gist", "GIST?", "dPtksdl djfaodPdy", "집적단지 budget"])
def test_a_name_alone_is_korean_for_a_korean(text: str) -> None:
    heard = _said(text)
    assert (heard.talk, heard.language) == (None, "ko")


def test_a_name_alone_is_english_for_whose_program_is_english() -> None:
    assert interpret("GIST", Setting("en", known=_KNOWN)).language == "en"


def test_english_is_foreign_where_it_is_not_spoken() -> None:
    heard = interpret("where is the cluster?", Setting(languages=("ko",)))
    assert (heard.talk, heard.language) == (Talk.FOREIGN, "ko")


@pytest.mark.parametrize(
    "text",
    [
        "지금 시장은 누구예요", "올해도 교육생을 뽑나요", "데이터센터 문 열었나요",
        "아직도 짓고 있어요?", "예산은 다 썼대요?", "요새 어떻게 돼 가요", "착공했나요", "입주 시작됐어요?",
        "최근 소식 있어요?", "계획이 바뀌었나요", "내년에도 하나요",
        "공사 진행 상황 알려 주세요", "Has the data centre opened?", "Who is the mayor now?",
        "Is it still under construction?",
    ],
)  # fmt: skip
def test_questions_on_today_are_told_from_questions_on_the_plan(text: str) -> None:
    assert _said(text).about_today


@pytest.mark.parametrize(
    "text",
    [
        "언제 완공돼요?", "2024년까지 무엇을 짓나요", "팔로알토연구소는 언제 생겼나요",
        "시장은 언제 실리콘밸리에 갔나요",
        "예산이 얼마로 잡혔나요", "어떤 시설이 들어설 예정인가요", "누가 협약을 맺었나요",
        "When will the cluster be built?",
        "구글을 방문했나요", "What will be built by 2024?",
    ],
)  # fmt: skip
def test_questions_on_the_plan_are_not_on_today(text: str) -> None:
    assert not _said(text).about_today


@pytest.mark.parametrize(
    ("text", "looked_up"),
    [
        ("24년까지 얼마 들어요", "2024년까지 얼마 들어요"),
        ("’24년에 끝나요?", "2024년에 끝나요?"),
        ("20~24년 사업비", "2020~2024년 사업비"),
        ("30년까지 뭐 해요", "2030년까지 뭐 해요"),
        ("이십사년 동안 뭐 했어요", "이십사년 동안 뭐 했어요"),
        ("10년 동안 뭐 했어요", "10년 동안 뭐 했어요"),
        ("삼십년 경력인데요", "삼십년 경력인데요"),
        ("[집적단지] <예산>", "집적단지 예산"),
        ("“데이터센터”는 어디예요", "데이터센터는 어디예요"),
        ("(주)인코어드는 뭐예요", "(주)인코어드는 뭐예요"),
        ("사천백십육억원 어디에 써요", "4116억원 어디에 써요"),
        ("이천이십년부터 시작인가요", "2020년부터 시작인가요"),
        ("이천 쌀 축제", "이천 쌀 축제"),
        ("4천억 맞나요", "4천억 맞나요"),
        ("what's the budget", "what's the budget"),
    ],
)
def test_years_numbers_and_brackets_are_written_out(text: str, looked_up: str) -> None:
    assert _said(text).queries == (Query(looked_up),)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("전남대 빼고 다른 대학은?", Query("다른 대학은?", ("전남대",))),
        ("자동차랑 에너지 말고 나머지는 뭐예요", Query("나머지는 뭐예요", ("자동차", "에너지"))),
        ("과학관 제외하고 어디가 참여해요", Query("어디가 참여해요", ("과학관",))),
        ("인코어드 외에 협약한 곳은?", Query("협약한 곳은?", ("인코어드",))),
        ("해외에 나간 적 있나요", Query("해외에 나간 적 있나요")),
        ("걱정하지 말고 말해 주세요", Query("걱정하지 말고 말해 주세요")),
        ("Which universities besides Chosun take part?", Query("Which universities take part?", ("Chosun",))),
    ],
)
def test_what_stands_before_an_exclusion_is_excluded(text: str, query: Query) -> None:
    assert _said(text).queries == (query,)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("어디고 예산은 얼마고 언제 끝나요?", ["어디고", "예산은 얼마고", "언제 끝나요?"]),
        ("위치가 어디예요? 그리고 예산은 얼마예요?", ["위치가 어디예요?", "예산은 얼마예요?"]),
        ("대표는 누구고 무슨 회사예요", ["대표는 누구고", "무슨 회사예요"]),
        ("Where is it and how much does it cost?", ["Where is it", "how much does it cost?"]),
        ("AI를 배우고 싶은데 어디서 배워요", ["AI를 배우고 싶은데 어디서 배워요"]),
        ("자동차, 에너지, 헬스케어가 뭐예요", ["자동차, 에너지, 헬스케어가 뭐예요"]),
        ("뭐라고 했나요", ["뭐라고 했나요"]),
    ],
)
def test_a_message_is_taken_apart_into_its_questions(text: str, parts: list[str]) -> None:
    assert [query.text for query in _said(text).queries] == parts


def test_one_question_on_two_things_can_be_asked_of_each() -> None:
    assert [query.text for query in _said("단지 면적이랑 예산 알려주세요").things] == [
        "단지 면적 알려주세요",
        "단지 예산 알려주세요",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "경기도 광주 사는데요",
        "부산 AI 사업은요?",
        "나 부산 사는데 부산은 뭐 하나요",
        "대구에 짓는 단지는 어디예요",
        "Is this Gwangju in Gyeonggi?",
    ],
)
def test_another_place_is_noticed(text: str) -> None:
    assert _said(text).talk is Talk.ELSEWHERE


@pytest.mark.parametrize(
    "text",
    [
        "서울 사람도 신청할 수 있나요", "광주와 대구를 비교해 주세요", "고양이 사료", "요즘 경기가 어때요",
        "우리 시는 서울보다 나아요?", "나주에 본사 있는 그 회사도 참여해요?",
    ],
)  # fmt: skip
def test_who_comes_from_elsewhere_asks_about_ours(text: str) -> None:
    assert _said(text).talk is None


def test_a_base_without_a_place_speaks_for_none() -> None:
    assert interpret("부산 AI 사업은요?").talk is None


def test_how_to_apply_is_unclear_only_at_the_beginning() -> None:
    assert interpret("어떻게 신청해요?").talk is Talk.UNCLEAR
    assert interpret("어떻게 신청해요?", Setting(follows=True)).talk is None
    assert interpret("교육은 어떻게 신청해요?").talk is None


def test_a_long_message_is_read_to_its_end() -> None:
    assert _said(f"{'오늘은 날씨가 좋았습니다. ' * 200}그런데 이제 죽고 싶어요").alarm


@pytest.mark.parametrize("repeated", ["가", "감사", "정말 ", "누가 ", "전화", "네 ", "a ", "1번 "])
def test_a_text_without_an_end_is_read_in_steps_that_do_not_multiply(repeated: str) -> None:
    """A pattern that tries every way to divide such a text would not end within anybody's patience."""
    assert _said(repeated * 4000).alarm is None


_SMALL = 100
"""Characters of a pattern that is compiled in no time."""


def test_nothing_is_left_to_compile_for_the_first_message(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare()
    compiled: list[str] = []
    compile_pattern = re._compiler.compile  # type: ignore[attr-defined]

    def compile_noted(pattern: str, flags: int) -> Any:
        compiled.append(pattern)
        return compile_pattern(pattern, flags)

    monkeypatch.setattr("re._compiler.compile", compile_noted)
    for text in ("안녕하세요", "죽고 싶어요", "면적이랑 예산 알려 주세요", "How much is it?"):
        _said(text)
    assert not [pattern for pattern in compiled if len(pattern) > _SMALL]


@pytest.mark.parametrize(
    "piece", ["죽고 싶", "안 ", "불이 ", "도와 ", "골뱅이", "전화", "1 ", "공일공에", "want to ", "ㅋ", "."]
)
def test_time_to_look_for_danger_grows_with_length_only(piece: str) -> None:
    short, long = (piece * 1000)[:200], (piece * 1000)[:1000]
    alarm_in(short)  # what is compiled at first use is compiled by now
    least = min(_seconds(short) for _ in range(5))
    assert any(_seconds(long) < 4 * 5 * least for _ in range(3))


def _seconds(text: str) -> float:
    begun = time.thread_time()
    alarm_in(text)
    return time.thread_time() - begun
