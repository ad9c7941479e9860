"""Questions are kept once, as they were asked, without saying who asked them."""

import asyncio
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from bot.errors import UnknownQuestionError
from bot.records.questions import Nearest, QuestionState, RecordedQuestion
from bot.storage.storage import Storage
from knowledge.finding import Outcome
from tests.bot.storage.building import NOON, a_question, content


async def test_recorded_question_is_read_back_as_it_was(storage: Storage) -> None:
    number = await storage.questions.record(a_question())
    assert await storage.questions.get(number) == RecordedQuestion(
        number, "예산이 얼마예요?", "ko", Outcome.FALLBACK, QuestionState.OPEN, (Nearest("cluster-budget", 0.25),), NOON
    )


async def test_moment_of_another_time_zone_is_kept_in_utc(storage: Storage) -> None:
    seoul = NOON.astimezone(timezone(timedelta(hours=9)))
    number = await storage.questions.record(a_question(asked_at=seoul))
    kept = (await storage.questions.get(number)).asked_at
    assert (kept, kept.utcoffset()) == (NOON, timedelta())


async def test_same_origin_at_once_is_one_record(storage: Storage) -> None:
    numbers = await asyncio.gather(*(storage.questions.record(a_question()) for _ in range(50)))
    assert len(set(numbers)) == 1
    assert len(await storage.questions.listed()) == 1


async def test_same_origin_through_two_instances_is_one_record(url: str) -> None:
    async with Storage.open(url) as one, Storage.open(url) as other:
        numbers = await asyncio.gather(
            *(storage.questions.record(a_question(str(i))) for i in range(25) for storage in (one, other))
        )
        assert len(set(numbers)) == len(await one.questions.listed()) == 25


async def test_other_origins_are_other_records(storage: Storage) -> None:
    numbers = [await storage.questions.record(a_question(origin)) for origin in ("a:1:1", "a:1:2", "b:1:1")]
    assert len(set(numbers)) == 3


async def test_same_origin_after_a_restart_is_one_record(url: str) -> None:
    numbers = []
    for _ in range(2):
        async with Storage.open(url) as storage:
            numbers.append(await storage.questions.record(a_question()))
    assert numbers[0] == numbers[1]


async def test_origin_is_not_in_the_file(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.questions.record(a_question("telegram:8201054321:77"))
    kept = content(file)
    assert "예산이 얼마예요?".encode() in kept
    assert b"8201054321" not in kept


async def test_deployments_digest_the_same_origin_differently(tmp_path: Path) -> None:
    digests = set()
    for name in ("a.db", "b.db"):
        async with Storage.open(f"sqlite+aiosqlite:///{tmp_path / name}") as storage:
            digests.add(storage.questions._values(a_question())["origin_digest"])
    assert len(digests) == 2


async def test_offered_question_is_opened_once(storage: Storage) -> None:
    number = await storage.questions.record(a_question(state=QuestionState.OFFERED))
    assert [await storage.questions.turn_down(number) for _ in range(2)] == [True, False]
    assert (await storage.questions.get(number)).state is QuestionState.OPEN


async def test_settled_question_cannot_be_turned_down(storage: Storage) -> None:
    number = await storage.questions.record(a_question(state=QuestionState.OFFERED))
    assert await storage.questions.settle(number, "budget")
    assert not await storage.questions.turn_down(number)
    assert (await storage.questions.get(number)).state is QuestionState.SETTLED


async def test_open_question_cannot_be_settled(storage: Storage) -> None:
    assert not await storage.questions.settle(await storage.questions.record(a_question()), "budget")


async def test_list_is_newest_first_without_what_staff_need_not_see(storage: Storage) -> None:
    states = [QuestionState.OPEN, QuestionState.OFFERED, QuestionState.ANSWERED, QuestionState.SETTLED]
    numbers = [await storage.questions.record(a_question(state, state=state)) for state in states]
    assert [question.number for question in await storage.questions.listed()] == [numbers[2], numbers[0]]


async def test_list_can_be_of_one_state_and_short(storage: Storage) -> None:
    for origin in "abc":
        await storage.questions.record(a_question(origin, origin, QuestionState.OFFERED))
    listed = await storage.questions.listed(QuestionState.OFFERED, limit=2)
    assert [question.text for question in listed] == ["c", "b"]


@pytest.mark.parametrize("number", [0, -1, 99, 2**40, 2**63, 10**30])
async def test_unknown_number_is_said_to_be_unknown(storage: Storage, number: int) -> None:
    with pytest.raises(UnknownQuestionError, match=f"no recorded question {number};"):
        await storage.questions.get(number)
    assert not await storage.questions.turn_down(number)
    assert not await storage.questions.settle(number, "budget")


@pytest.mark.parametrize(
    "text", ["\ud83d", "\0", "'; DROP TABLE questions; --", "가" * 4096, "👩‍👩‍👧‍👦", "", "\N{RIGHT-TO-LEFT OVERRIDE}"]
)
async def test_odd_text_is_kept(storage: Storage, text: str) -> None:
    number = await storage.questions.record(a_question(f"odd \udcff {text}", text))
    assert len((await storage.questions.get(number)).text) == len(text)
