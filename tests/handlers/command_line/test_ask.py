"""`ask`: readable for people, exact for programs, and never stopped by a line it cannot read."""

import asyncio
import json
from typing import Any

import pytest

from bot.records.questions import RecordedQuestion
from handlers.command_line.ask_desk import MAX_LINE_BYTES
from tests.handlers.command_line.small_program import SmallRoot, invoke


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def _lines(root: SmallRoot, *given: str | bytes, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    raw = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in given)
    result = invoke(root, "ask", "--json", "-", *options, given=raw)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def _asked(question: str, **more: str | None) -> str:
    return json.dumps({"question": question} | more)


def _recorded(root: SmallRoot) -> list[RecordedQuestion]:
    async def listed() -> list[RecordedQuestion]:
        async with root.storage() as storage:
            return await storage.questions.listed()

    return asyncio.run(listed())


def test_answer_is_shown_with_its_basis_and_neighbours(root: SmallRoot) -> None:
    result = invoke(root, "ask", "집적단지 예산 얼마")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "4116억원입니다.", "", "2020년 광주일보 기사 기준", "- 집적단지 위치 어디  (place)",
    ]  # fmt: skip


def test_suggestions_are_listed(root: SmallRoot) -> None:
    assert invoke(root, "ask", "집적단지").stdout.splitlines()[1:] == [
        "- 집적단지 예산 얼마  (budget)",
        "- 집적단지 위치 어디  (place)",
    ]


def test_known_gap_gives_its_reason(root: SmallRoot) -> None:
    assert (
        invoke(root, "ask", "집적단지 주차 요금").stdout
        == "주차 요금은 알려진 것이 없습니다.\n\n안내해 드릴 연락처가 아직 등록되어 있지 않아요.\n"
    )


def test_json_of_an_answer_is_exact(root: SmallRoot) -> None:
    result = invoke(root, "ask", "--json", "집적단지 예산 얼마")
    assert json.loads(result.stdout) == {
        "question": "집적단지 예산 얼마",
        "outcome": "answer",
        "service": None,
        "entry_id": "budget",
        "confidence": 1.0,
        "answer": "**4116억원**입니다.",
        "language": "ko",
        "text": "4116억원입니다.\n\n2020년 광주일보 기사 기준\n- 집적단지 위치 어디",
        "suggestions": [],
        "candidates": [
            {"entry_id": "budget", "confidence": 1.0},
            {"entry_id": "place", "confidence": 0.2},
            {"entry_id": "gap-parking", "confidence": 0.2},
        ],
        "recorded": False,
    }


def test_json_of_a_service_reply_has_nothing_of_the_knowledge_base(root: SmallRoot) -> None:
    danger, thanks = _lines(root, "죽고 싶어요", "감사합니다")
    assert [reply["service"] for reply in (danger, thanks)] == ["safety", "courtesy"]
    for reply in (danger, thanks):
        assert (reply["outcome"], reply["candidates"], reply["recorded"]) == ("service", [], False)
    assert danger["text"].startswith("109")


def test_json_of_suggestions_has_their_answers(root: SmallRoot) -> None:
    (reply,) = _lines(root, "cluster")
    assert (reply["outcome"], reply["entry_id"], reply["answer"], reply["language"]) == (
        "suggestions",
        None,
        None,
        "en",
    )
    assert reply["suggestions"] == [
        {"entry_id": "budget", "question": "cluster budget", "answer": "411.6 billion won."},
        {"entry_id": "place", "question": "cluster place", "answer": "The Cheomdan 3 district."},
    ]


def test_json_of_a_known_gap_is_a_fallback_without_answer(root: SmallRoot) -> None:
    (reply,) = _lines(root, "집적단지 주차 요금")
    assert (reply["outcome"], reply["entry_id"], reply["answer"]) == ("fallback", None, None)
    assert reply["candidates"][0] == {"entry_id": "gap-parking", "confidence": 1.0}


def test_json_without_candidates_is_a_fallback(root: SmallRoot) -> None:
    (reply,) = _lines(root, "날씨")
    assert (reply["outcome"], reply["confidence"], reply["candidates"]) == ("fallback", 0.0, [])


def test_each_line_has_one_reply_in_order_whatever_it_holds(root: SmallRoot) -> None:
    bad: list[str | bytes] = [
        "", "   ", b"\xff\xfe", "{broken", '{"question": 1}', '{"session": "a"}', '{"question": " "}',
        '{"question": "q", "session": 5}', '{"question": "q", "language": "de"}', '{"question": "\\ud800"}',
        "x" * (MAX_LINE_BYTES + 1), "x" * (5 * MAX_LINE_BYTES), '{"a":' * 20_000,
    ]  # fmt: skip
    replies = _lines(root, "날씨", *bad, '{"question": "집적단지 예산 얼마"}')
    assert [set(reply) == {"error"} for reply in replies] == [False, *[True] * len(bad), False]
    assert replies[-1]["entry_id"] == "budget"


def test_last_line_needs_no_end(root: SmallRoot) -> None:
    result = invoke(root, "ask", "--json", "-", given="날씨\r\n집적단지 예산 얼마")
    assert [json.loads(line)["question"] for line in result.stdout.splitlines()] == ["날씨", "집적단지 예산 얼마"]


def test_question_with_strange_line_ends_stays_on_one_line(root: SmallRoot) -> None:
    (reply,) = _lines(root, "날씨\u2028\x85맑음")
    assert reply["question"] == "날씨\u2028\x85맑음"


def test_lines_of_one_session_share_a_conversation(root: SmallRoot) -> None:
    first, follow_up = _asked("집적단지 예산 얼마", session="a"), _asked("그럼 위치 어디", session="a")
    assert [reply["entry_id"] for reply in _lines(root, first, "날씨", follow_up)] == ["budget", None, "place"]


@pytest.mark.parametrize("session", ["b", None])
def test_other_sessions_and_none_share_nothing(root: SmallRoot, session: str | None) -> None:
    first, other = _asked("집적단지 예산 얼마", session="a"), _asked("그럼 위치 어디", session=session)
    assert _lines(root, first, other)[1]["outcome"] == "suggestions"


def test_question_without_answer_does_not_end_a_conversation(root: SmallRoot) -> None:
    questions = ("집적단지 예산 얼마", "날씨", "그럼 위치 어디")
    replies = _lines(root, *(_asked(question, session="a") for question in questions))
    assert [reply["entry_id"] for reply in replies] == ["budget", None, "place"]


def test_recording_changes_nothing_in_a_conversation(root: SmallRoot) -> None:
    first, follow_up = _asked("집적단지 예산 얼마", session="a"), _asked("그럼 위치 어디", session="a")
    assert _lines(root, first, follow_up, options=("--record",))[1]["entry_id"] == "place"


def test_two_questions_have_both_answers_in_one_reply(root: SmallRoot) -> None:
    (reply,) = _lines(root, "집적단지 예산 얼마 그리고 집적단지 위치 어디")
    assert (reply["outcome"], reply["entry_id"], reply["confidence"]) == ("answer", "budget", 1.0)
    assert reply["answer"] == "**4116억원**입니다.\n\n첨단3지구입니다."


def test_two_answers_are_shown_each_under_its_question(root: SmallRoot) -> None:
    shown = invoke(root, "ask", "--explain", "집적단지 예산 얼마 그리고 집적단지 위치 어디").stdout
    assert shown.startswith(
        "집적단지 예산 얼마\n4116억원입니다.\n\n2020년 광주일보 기사 기준\n\n집적단지 위치 어디\n첨단3지구입니다.\n"
    )
    assert "Answered too: place" in shown


def test_language_overrides_that_of_the_question(root: SmallRoot) -> None:
    (reply,) = _lines(root, _asked("집적단지 예산 얼마", language="en"))
    assert (reply["language"], reply["answer"]) == ("en", "411.6 billion won.")


def test_nothing_is_recorded_without_record(root: SmallRoot) -> None:
    _lines(root, "날씨")
    assert not (root.folder / "test.db").exists()


def test_record_keeps_each_unanswered_line_masked(root: SmallRoot) -> None:
    _lines(root, "집적단지 예산 얼마", "날씨 010-1234-5678", "날씨 010-1234-5678", options=("--record",))
    texts = [question.text for question in _recorded(root)]
    assert len(texts) == 2
    assert "1234" not in texts[0]


def test_database_that_fails_on_the_way_costs_a_line_not_the_run(
    root: SmallRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.errors import StorageError
    from bot.storage.questions import Questions

    async def fail(*_: Any) -> int:
        raise StorageError("the disk is full")

    monkeypatch.setattr(Questions, "record", fail)
    replies = _lines(root, "날씨", "집적단지 예산 얼마", options=("--record",))
    assert (replies[0], replies[1]["entry_id"]) == ({"error": "the disk is full"}, "budget")


def _explained(root: SmallRoot, question: str) -> list[str]:
    return invoke(root, "ask", "--explain", question).stdout.rpartition("\n\n")[2].splitlines()


def test_explain_says_why_and_which_entries_were_nearest(root: SmallRoot) -> None:
    assert _explained(root, "집적단지 예산 얼마") == [
        "It was taken for ‘집적단지 예산 얼마’ (budget) and answered: right with a chance of 100 %.",
        "Nearest entries, and how likely each is meant:",
        "  100%  budget  집적단지 예산 얼마",
        "   20%  place  집적단지 위치 어디",
        "   20%  gap-parking  집적단지 주차 요금 (a known gap)",
    ]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("집적단지", "The nearest is ‘집적단지 예산 얼마’ (budget) with 33 %, too little to answer"),
        ("집적단지 주차 요금", "It was taken for ‘집적단지 주차 요금’ (gap-parking) with 100 %, which is not known."),
        ("날씨", "No entry is near at all."),
        ("안녕하세요", "It was taken for a greeting"),
    ],
)
def test_explain_begins_with_a_sentence_that_fits_the_reply(root: SmallRoot, question: str, said: str) -> None:
    assert _explained(root, question)[0].startswith(said)


def test_features_are_shown_where_they_are_asked_for(root: SmallRoot) -> None:
    shown = invoke(root, "ask", "집적단지 예산 얼마", "--features").stdout
    assert "It was taken for" in shown
    assert "outcome answer, language ko, confidence 1.000" in shown
    assert all(word in shown for word in ("budget", "place", "gap-parking", "0.200", "common", "words"))


def test_explain_shows_how_the_question_was_read(root: SmallRoot) -> None:
    assert "Read as: 집적단지" in invoke(root, "ask", "wlqwjrekswl", "--explain").stdout


@pytest.mark.parametrize("arguments", [["ask", "-"], ["ask", " "], ["ask"]])
def test_wrong_use_is_told(root: SmallRoot, arguments: list[str]) -> None:
    assert invoke(root, *arguments).exit_code == 2
