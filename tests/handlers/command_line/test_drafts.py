"""Staff answers are put into the editors' files once nothing speaks against it: all of them, or nothing."""

import asyncio
import json
import shutil
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.records.groups import StaffMember
from bot.records.questions import Nearest, NewQuestion, QuestionState
from knowledge.finding import Outcome
from tests.handlers.command_line.small_program import KNOWLEDGE, SmallRoot, invoke


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def _answered(root: SmallRoot, *questions: str, answer: str = "8시부터 다닙니다.", near: str = "budget") -> None:
    """Staff answered a group of these questions."""

    async def run() -> int:
        async with root.storage() as storage:
            numbers = [await storage.questions.record(_question(text, near)) for text in questions]
            follow_up = root.follow_up(storage)
            groups = [await follow_up.placement.group_of(number) for number in numbers]
            for other in groups[1:]:
                await follow_up.desk.merge(groups[0], other, StaffMember("terminal:kim", "kim"))
            return numbers[0]

    _done(root, "questions", "answer", asyncio.run(run()), answer, "--yes")


def _question(text: str, near: str) -> NewQuestion:
    nearest = (Nearest(near, 0.2),)
    return NewQuestion(text, text, "ko", Outcome.FALLBACK, QuestionState.OPEN, nearest, datetime.now(UTC))


def _done(root: SmallRoot, *arguments: Any) -> str:
    result = invoke(root, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def _refused(root: SmallRoot, *arguments: Any) -> str:
    result = invoke(root, *arguments)
    assert result.exit_code == 1, result.output
    return result.stderr


def _files(root: SmallRoot) -> dict[str, str]:
    """The files of the knowledge base."""
    kept = sorted(path for path in root.folder.rglob("*") if path.suffix in {".yaml", ".jsonl"})
    return {str(path.relative_to(root.folder)): path.read_text(encoding="utf-8") for path in kept}


def _drafts(root: SmallRoot, *options: str) -> list[dict[str, Any]]:
    return list(json.loads(_done(root, "drafts", "list", "--json", *options)))


def test_answer_is_found_by_the_next_who_asks_once_its_draft_is_written(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요", "셔틀 언제 다녀요")
    assert "8시부터" not in _done(root, "ask", "셔틀 언제 다녀요")
    said = _done(root, "drafts", "write", "--all")
    assert "셔틀 버스 있나요: no answer → answer syeoteul-beoseu-itnayo" in said
    assert "No practice question has another outcome (0 asked)." in said
    assert "8시부터 다닙니다." in _done(root, "ask", "셔틀 언제 다녀요")
    files = _files(root)
    assert files["entries/cluster.yaml"].startswith(KNOWLEDGE.rstrip("\n"))
    assert "staff:\n  name: {ko: 담당자 답변, en: Staff}\n" in files["sources.yaml"]
    line = {"id": "staff-1", "question": "셔틀 버스 있나요", "entry": ["syeoteul-beoseu-itnayo"]}
    assert [json.loads(each) for each in files["questions/staff/staff.jsonl"].splitlines()] == [line]
    assert _drafts(root) == []
    assert [draft["state"] for draft in _drafts(root, "--all")] == ["written"]
    assert "0 errors" in _done(root, "check")


def test_dry_run_says_the_same_and_writes_nothing(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요")
    before = _files(root)
    said = _done(root, "drafts", "write", "1", "--dry-run")
    assert "no answer → answer syeoteul-beoseu-itnayo" in said
    assert "Drafts 1 can be put into:" in said
    assert _files(root) == before
    assert [draft["state"] for draft in _drafts(root)] == ["new"]


def test_programs_are_told_what_changes(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요")
    told = json.loads(_done(root, "drafts", "write", "--all", "--json"))
    assert (told["written"], told["files"], told["asked"]) == (
        True,
        ["sources.yaml", "entries/cluster.yaml", "questions/staff/staff.jsonl"],
        0,
    )
    (question,) = told["questions"]
    assert (question["before"]["outcome"], question["after"]["entry_id"]) == ("fallback", "syeoteul-beoseu-itnayo")


def test_practice_question_that_is_answered_otherwise_is_told(root: SmallRoot) -> None:
    folder = root.folder / "questions/first"
    folder.mkdir(parents=True)
    cases = [
        {"question": "셔틀 버스 요금", "unanswerable": True},
        {"question": "집적단지 예산 얼마", "entry": "budget"},
    ]
    (folder / "q.jsonl").write_text("\n".join(map(json.dumps, cases)), encoding="utf-8")
    _answered(root, "셔틀 버스 요금 있나요")
    said = _done(root, "drafts", "write", "--all", "--dry-run")
    assert "1 practice questions have another outcome, of 2 asked:" in said
    assert "[worse] 셔틀 버스 요금: no answer → suggestions syeoteul-beoseu-yogeum-itnayo" in said
    assert "of 2 asked" not in _done(root, "drafts", "write", "--all", "--dry-run", "--quick")


def test_linked_questions_become_phrasings(root: SmallRoot) -> None:
    _answered(root, "본부가 어느 동네예요")
    _done(root, "questions", "undo", 1)
    _done(root, "questions", "link", 1, "place", "--yes")
    _done(root, "drafts", "write", "--all")
    assert "    phrasings:\n      ko:\n        - 본부가 어느 동네예요\n" in _files(root)["entries/cluster.yaml"]
    assert "sources.yaml" in _files(root)
    assert "staff:" not in _files(root)["sources.yaml"]


def test_answer_near_to_nothing_goes_into_a_file_of_its_own(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요", near="gap-parking")
    _done(root, "drafts", "write", "--all")
    text = _files(root)["entries/staff.yaml"]
    assert text.startswith(
        "topic: staff\ntitle: {ko: 담당자 답변, en: Answers by staff}\nentries:\n  - id: syeoteul-beoseu-itnayo\n"
    )


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("집적단지 주차 요금", "3천원", "is asked under the known gap 'gap-parking'; take the gap out of its file"),
        ("집적단지 위치 어디", "저기", "is asked under 'place'; discard it, or leave the words out"),
        ("셔틀?", "가" * 3501, "the answer has 3,501 characters; an entry holds 3,500; shorten it: drafts change 1"),
        ("셔틀?", "**굵게", "a ** that would make words bold and is not closed; mend it: drafts change 1 --answer"),
        ("[전화번호*****]", "네", "none of the citizens' words can be the question"),
    ],
)
def test_fault_names_the_draft_and_what_to_do(root: SmallRoot, question: str, answer: str, said: str) -> None:
    _answered(root, question, answer=answer)
    before = _files(root)
    told = _refused(root, "drafts", "write", "--all")
    assert told.startswith("draft 1: ")
    assert said in told
    assert _files(root) == before
    assert [draft["state"] for draft in _drafts(root)] == ["new"]


def test_fault_is_mended_by_changing_the_draft(root: SmallRoot) -> None:
    _answered(root, "[전화번호*****]", answer="**네")
    change = ("drafts", "change", 1, "--question", "셔틀이 있나요?", "--answer", "네.", "--entry-id", "shuttle")
    assert "Changed draft 1." in _done(root, *change)
    _done(root, "drafts", "write", "1")
    assert "8시" not in _done(root, "ask", "셔틀이 있나요?")
    assert "id: shuttle" in _files(root)["entries/cluster.yaml"]


@pytest.mark.parametrize(
    ("entry_id", "said"),
    [
        ("budget", "an entry has the id 'budget'"),
        ("Bad Id", "'Bad Id' is not an id"),
        ("old-one", "no id is used again"),
    ],
)
def test_id_is_never_used_twice(root: SmallRoot, entry_id: str, said: str) -> None:
    _answered(root, "셔틀 버스 있나요", near="old-one")
    _done(root, "drafts", "change", 1, "--entry-id", entry_id)
    assert said in _refused(root, "drafts", "write", "--all")


def test_two_drafts_that_ask_the_same_are_not_both_written(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요")
    _answered(root, "주차 되나요")
    _done(root, "drafts", "change", 2, "--question", "셔틀 버스 있나요!")
    assert "draft 2: '셔틀 버스 있나요!' is asked under" in _refused(root, "drafts", "write", "--all")
    _done(root, "drafts", "change", 2, "--question", "주차 되나요", "--entry-id", "syeoteul-beoseu-itnayo")
    assert "draft 2: an entry has the id" in _refused(root, "drafts", "write", "--all")


def test_broken_knowledge_base_is_mended_first(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요")
    (root.folder / "entries/broken.yaml").write_text("topic: [\n", encoding="utf-8")
    before = _files(root)
    assert "entries/broken.yaml:1:8: " in _refused(root, "drafts", "write", "--all")
    assert _files(root) == before


def test_file_that_cannot_be_written_leaves_all_as_it_was(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요")
    (root.folder / "questions").write_text("a file where a folder should be", encoding="utf-8")
    before = _files(root)
    told = _refused(root, "drafts", "write", "--all")
    assert "staff.jsonl cannot be written: " in told
    assert "nothing was changed" in told
    assert _files(root) == before
    assert [draft["state"] for draft in _drafts(root)] == ["new"]


def test_interrupted_writing_is_finished_by_the_next(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요")
    copy = root.folder.parent / "copy.db"
    _done(root, "database", "backup", copy)
    (key,) = root.folder.parent.rglob("*.key")
    shutil.copy(key, f"{copy}.key")
    _done(root, "drafts", "write", "--all")
    before = _files(root)
    root.overrides.database = f"sqlite+aiosqlite:///{copy}"  # the files were written, the database had not kept it
    assert "Drafts 1 stand in the files already." in _done(root, "drafts", "write", "--all")
    assert _files(root) == before
    assert _drafts(root) == []


def test_discarded_draft_is_not_written(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요")
    assert "Discarded drafts: 1." in _done(root, "drafts", "discard", 1)
    assert "there is no new draft 1" in _refused(root, "drafts", "write", 1)
    assert "There are no drafts." in _done(root, "drafts", "write", "--all")
    acts = json.loads(_done(root, "questions", "audit", "--json"))
    assert (acts[0]["act"], acts[0]["after"]) == ("discard_draft", {"draft": 1})


def test_numbers_or_all_are_named(root: SmallRoot) -> None:
    for arguments in ((), (1, "--all")):
        assert "name the numbers of drafts, or --all" in _refused(root, "drafts", "write", *arguments)
    assert "nothing to change was named" in _refused(root, "drafts", "change", 1)


def test_drafts_are_listed_and_shown(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요", "셔틀 언제 다녀요")
    assert _done(root, "drafts", "list") == "1\tentry\tnew\tsyeoteul-beoseu-itnayo\t셔틀 버스 있나요\n"
    shown = _done(root, "drafts", "show", 1)
    assert "Question (ko): 셔틀 버스 있나요\n  - 셔틀 언제 다녀요\nAnswer (ko):\n8시부터 다닙니다.\n" in shown
    assert "there is no new draft 9" in _refused(root, "drafts", "show", 9)


def test_english_answer_stands_for_both_languages(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요", answer="네")
    _done(root, "questions", "undo", 1)
    _done(root, "questions", "answer", 1, "From 8 am.", "--language", "en", "--yes")
    _done(root, "drafts", "write", "--all")
    assert "From 8 am." in _done(root, "ask", "셔틀 버스 있나요")


def _chosen(root: SmallRoot, text: str, entry: str) -> int:
    """The number of a question whose asker chose that entry among suggestions."""

    async def run() -> int:
        async with root.storage() as storage:
            offered = NewQuestion(text, text, "ko", Outcome.SUGGESTIONS, QuestionState.OFFERED, (), datetime.now(UTC))
            number = await storage.questions.record(offered)
            await storage.questions.settle(number, entry)
            return number

    return asyncio.run(run())


def test_wording_of_citizens_is_suggested_accepted_and_written(root: SmallRoot) -> None:
    invoke(root, "database", "upgrade")
    assert _done(root, "drafts", "suggest") == "There is no wording to suggest.\n"
    number = _chosen(root, "돈 얼마나 든대요", "budget")
    listed = _done(root, "drafts", "suggest").splitlines()
    assert listed[0] == f'{number}  "돈 얼마나 든대요"  asked so by 1, who then chose budget'
    assert json.loads(_done(root, "drafts", "suggest", "--json"))[0]["people"] == 1
    before = _files(root)
    said = _done(root, "drafts", "suggest", "--accept", number)
    assert said.startswith("Draft 1 is made: a phrasing for budget.")
    assert _files(root) == before  # nothing is added by itself
    _done(root, "drafts", "write", "1")
    assert "돈 얼마나 든대요" in "".join(_files(root).values())
    assert _done(root, "drafts", "suggest") == "There is no wording to suggest.\n"


def test_wording_that_nobody_used_cannot_be_accepted(root: SmallRoot) -> None:
    invoke(root, "database", "upgrade")
    assert "no suggested wording 7" in _refused(root, "drafts", "suggest", "--accept", 7)


def test_words_with_a_number_are_written_once_somebody_has_looked_at_them(root: SmallRoot) -> None:
    _answered(root, "셔틀 버스 있나요")
    _done(root, "drafts", "change", "1", "--question", "010-8546-8662인데 셔틀 버스 있나요")
    assert "run it again with --checked" in _refused(root, "drafts", "write", "--all")
    assert len(_drafts(root)) == 1
    _done(root, "drafts", "write", "--all", "--checked")
    assert _drafts(root) == []
