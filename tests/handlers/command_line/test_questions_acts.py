"""Staff do the whole follow-up from a terminal: a question's number stands for its group."""

import asyncio
import json
import os
import pwd
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.records.questions import NewQuestion, QuestionState
from knowledge.finding import Outcome
from tests.handlers.command_line.small_program import SmallRoot, invoke

LOGIN = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def _ask(root: SmallRoot, *texts: str, told: bool = True) -> list[int]:
    """The numbers of new open questions, each of another citizen."""

    async def run() -> list[int]:
        async with root.storage() as storage:
            follow_up = root.follow_up(storage)
            numbers = []
            for index, text in enumerate(texts, start=100 * told):
                origin, now = f"telegram:{index}:1", datetime.now(UTC)
                question = NewQuestion(origin, text, "ko", Outcome.FALLBACK, QuestionState.OPEN, (), now)
                numbers.append(await storage.questions.record(question))
                if told:
                    await follow_up.citizens.tell_me(numbers[-1], "telegram", index, 1, language="ko")
            return numbers

    return asyncio.run(run())


def _sure(arguments: tuple[Any, ...]) -> tuple[str, ...]:
    """What programs add to acts that tell citizens something."""
    return ("--yes",) if arguments[0] in {"answer", "link", "dismiss", "ask-back"} else ()


def _said(root: SmallRoot, *arguments: Any, given: str = "") -> str:
    result = invoke(root, "questions", *arguments, *_sure(arguments), given=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def _refused(root: SmallRoot, *arguments: Any) -> str:
    result = invoke(root, "questions", *arguments, *_sure(arguments))
    assert (result.exit_code, result.stdout) == (1, "")
    return result.stderr


def _group(root: SmallRoot, number: int) -> dict[str, Any]:
    return dict(json.loads(_said(root, "show", number, "--json"))["details"])


def test_answer_closes_the_whole_group_and_says_when_citizens_are_told(root: SmallRoot) -> None:
    first, second = _ask(root, "셔틀 있나요?", "셔틀 언제 와요?")
    _said(root, "merge", first, second)
    said = _said(root, "answer", second, "8시부터 다닙니다.")
    assert "Group 1, answer: it is answered now and has 2 questions." in said
    assert "2 citizens are told at" in said
    assert f"To undo within a minute: python main.py questions undo {second}" in said
    group = _group(root, first)
    assert (group["answer"]["ko"], group["answered"]["id"]) == ("8시부터 다닙니다.", f"terminal:{LOGIN}")
    assert group["askers"] == {"waiting": 2}


def test_answer_may_come_from_the_input_with_its_lines_and_in_english(root: SmallRoot) -> None:
    (number,) = _ask(root, "셔틀 있나요?")
    text = "Yes:\n- 8 am\n- 9 am"
    done = json.loads(_said(root, "answer", number, "-", "--language", "en", "--json", given=text + "\n"))
    assert (done["answer"], done["questions"], done["waiting"]) == ({"ko": None, "en": text}, [1], 1)


def test_second_answer_is_refused_in_the_terminals_language(root: SmallRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    (number,) = _ask(root, "셔틀 있나요?")
    _said(root, "answer", number, "네")
    assert f"{LOGIN} answered it already, at 20" in _refused(root, "answer", number, "아니요")
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert "이미 답변했습니다" in _refused(root, "answer", number, "아니요")


@pytest.mark.parametrize(("text", "said"), [("", "is empty"), ("\u200b", "only invisible"), ("가" * 4097, "4,097")])
def test_unsuitable_answer_is_refused(root: SmallRoot, text: str, said: str) -> None:
    (number,) = _ask(root, "셔틀 있나요?")
    assert said in _refused(root, "answer", number, text)


def test_personal_number_in_an_answer_is_warned_of(root: SmallRoot) -> None:
    (number,) = _ask(root, "셔틀 있나요?")
    result = invoke(root, "questions", "answer", number, "담당 010-1234-5678", "--yes")
    assert result.exit_code == 0
    assert "Caution: It holds what looks like a personal number." in result.stderr


def test_undo_takes_the_answer_back(root: SmallRoot) -> None:
    (number,) = _ask(root, "셔틀 있나요?")
    _said(root, "answer", number, "네")
    assert "it is open now" in _said(root, "undo", number)
    assert "There is nothing to undo." in _refused(root, "undo", number)
    assert _group(root, number)["answer"] is None


def test_link_dismiss_take_hand_over_and_reopen(root: SmallRoot) -> None:
    linked, dismissed = _ask(root, "셔틀 있나요?", "바보")
    _said(root, "take", linked)
    assert _group(root, linked)["taken"]["by"] == LOGIN
    _said(root, "hand-over", linked)
    _said(root, "link", linked, "place")
    assert _group(root, linked)["entry_id"] == "place"
    _said(root, "dismiss", dismissed, "--reason", "a joke")
    assert (_group(root, dismissed)["state"], _group(root, dismissed)["reason"]) == ("dismissed", "a joke")
    _said(root, "reopen", dismissed)
    assert _group(root, dismissed)["state"] == "open"
    assert "no entry has the id 'nowhere'" in _refused(root, "link", dismissed, "nowhere")


def test_reason_with_a_number_is_kept_once_somebody_has_looked_at_it(root: SmallRoot) -> None:
    (number,) = _ask(root, "누구한테 물어요?")
    reason = "010-8546-8662에 물으세요"
    said = _refused(root, "dismiss", number, "--reason", reason)
    assert f"Make sure that citizens may read it. Then run it again with --checked: {reason!r}" in said
    assert _group(root, number)["state"] == "open"
    _said(root, "dismiss", number, "--reason", reason, "--checked")
    assert _group(root, number)["reason"] == reason


def test_split_makes_a_group_of_its_own(root: SmallRoot) -> None:
    first, second = _ask(root, "셔틀 있나요?", "주차 되나요?")
    _said(root, "merge", first, second)
    new = json.loads(_said(root, "split", second, "--json"))
    assert (new["questions"], new["title"]) == ([second], "주차 되나요?")
    assert _group(root, first)["count"] == 1


def test_question_to_citizens(root: SmallRoot) -> None:
    (number,) = _ask(root, "셔틀 있나요?")
    assert "1 citizens are asked at" in _said(root, "ask-back", number, "어느 정류장요?")
    (silent,) = _ask(root, "주차?", told=False)
    assert "Nobody wants to be told" in _refused(root, "ask-back", silent, "네?")


def test_second_person_approves(root: SmallRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPROVAL_REQUIRED", "true")
    (number,) = _ask(root, "셔틀 있나요?")
    assert "it is drafted now" in _said(root, "answer", number, "네")
    assert f"{LOGIN} drafted this answer. Another staff member must approve it." in _refused(root, "approve", number)


@pytest.mark.parametrize("number", ["99", "0"])
def test_unknown_question_is_said_to_be_unknown(root: SmallRoot, number: str) -> None:
    invoke(root, "database", "upgrade")
    assert f"there is no recorded question {number}" in _refused(root, "take", number)


def test_groups_are_listed_with_the_number_of_a_question(root: SmallRoot) -> None:
    first, second, _ = _ask(root, "셔틀 있나요?", "셔틀\t언제?", "주차?")
    _said(root, "merge", first, second)
    _said(root, "take", 3)
    lines = [line.split("\t") for line in _said(root, "groups").splitlines()]
    assert [(line[0], line[2], line[3], line[5]) for line in lines] == [
        ("3", "1", "taken", "주차?"),
        ("1", "2", "open", "셔틀 있나요?"),
    ]
    (group,) = map(json.loads, _said(root, "groups", "--state", "open", "--json").splitlines())
    assert (group["group"], group["state"], group["numbers"]) == (1, "open", [1, 2])
    assert group["questions"] == ["셔틀 있나요?", "셔틀\t언제?"]


def test_groups_are_placed_before_they_are_listed(root: SmallRoot) -> None:
    _ask(root, "셔틀 있나요?", "셔틀있나요", "주차?")
    groups = [json.loads(line) for line in _said(root, "groups", "--json").splitlines()]
    assert [(group["group"], group["questions"]) for group in groups] == [
        (3, ["주차?"]),
        (1, ["셔틀 있나요?", "셔틀있나요"]),
    ]


def test_a_group_has_the_number_of_its_first_question(root: SmallRoot) -> None:
    _ask(root, "셔틀 있나요?", "셔틀있나요", "주차?")
    _said(root, "groups")
    assert [_group(root, number)["group"] for number in (1, 2, 3)] == [1, 1, 3]


def test_acts_are_listed(root: SmallRoot) -> None:
    (number,) = _ask(root, "셔틀 있나요?")
    _said(root, "take", number)
    _said(root, "answer", number, "네")
    acts = json.loads(_said(root, "audit", "--json"))
    assert [(act["act"], act["by"]["id"]) for act in acts] == [
        ("answer", f"terminal:{LOGIN}"),
        ("take", f"terminal:{LOGIN}"),
    ]
    assert [line.split("\t")[3] for line in _said(root, "audit", "--limit", "1").splitlines()] == ["answer"]


def test_show_tells_people_what_became_of_the_group(root: SmallRoot) -> None:
    (number,) = _ask(root, "셔틀 있나요?")
    _said(root, "answer", number, "네,\n있습니다.")
    shown = _said(root, "show", number)
    assert "Group: 1 · answered · Count 1\n" in shown
    assert "Answer: 네, 있습니다.\n" in shown
    assert "Want to be told: waiting 1\n" in shown


def test_statistics_for_people_and_programs(root: SmallRoot) -> None:
    (number,) = _ask(root, "셔틀 있나요?")
    assert "Staff answered no group" in _said(root, "stats")
    _said(root, "answer", number, "네")
    figures = json.loads(_said(root, "stats", "--days", "7", "--json"))
    assert (figures["total"]["answered_by_staff"], figures["groups_answered"], len(figures["by_day"])) == (1, 1, 7)
    shown = _said(root, "stats")
    assert "Time to answer (1 groups)" in shown
    assert "1  셔틀 있나요?" in shown


def test_export_has_what_staff_answered(root: SmallRoot, tmp_path: Path) -> None:
    (number,) = _ask(root, "셔틀 있나요?")
    _said(root, "answer", number, "네")
    (row,) = json.loads(_said(root, "export", "--format", "json"))
    assert (row["answer_ko"], row["answer_en"], row["group"], row["state"]) == ("네", None, 1, "answered")
    file = tmp_path / "questions.xlsx"
    _said(root, "export", "--format", "xlsx", "--output", file)
    assert file.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    "act",
    [
        ("answer", 1, "8시부터 다닙니다."),
        ("link", 1, "place"),
        ("dismiss", 1, "--reason", "joke"),
        ("ask-back", 1, "네?"),
    ],
)
def test_nothing_is_sent_before_somebody_has_seen_the_questions(root: SmallRoot, act: tuple[Any, ...]) -> None:
    _ask(root, "셔틀 있나요?")
    result = invoke(root, "questions", *act)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "1  셔틀 있나요?" in result.stderr
    assert "Nothing was sent." in result.stderr
    assert _group(root, 1)["state"] == "open"


def test_answers_are_stopped_and_given_again_from_the_terminal(root: SmallRoot) -> None:
    invoke(root, "database", "upgrade")
    assert f"No answers are given ({LOGIN}," in _said(root, "pause")
    assert "Answers are given again." in _said(root, "resume")
    assert "It was not paused" in _said(root, "resume")
