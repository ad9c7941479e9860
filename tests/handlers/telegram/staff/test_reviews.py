"""The month's list of entries that somebody must look at once more."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from handlers.telegram.staff.background_jobs import BackgroundJobs
from handlers.telegram.staff.staff_messages import reviews_text
from knowledge.base import Bilingual, Entry
from tests.handlers.telegram.staff.building import STAFF, Office


def _lists(office: Office) -> list[str]:
    return [seen.text for seen in office.staff().screen() if seen.text.startswith("확인할 날이 지난 답")]


async def _remind(office: Office) -> list[str]:
    await office.jobs.remind(office.door.outbox)
    await office.settled()
    return _lists(office)


async def test_the_list_comes_once_a_month_in_the_morning(office: Office) -> None:
    office.now = datetime(2026, 4, 1, 8, 59, tzinfo=UTC)
    assert await _remind(office) == []
    office.now += timedelta(minutes=1)
    (told,) = await _remind(office)
    assert "담당이 적혀 있지 않은 것: 1개\n- 예산이 얼마예요? (2024-12-31까지)" in told
    office.now = datetime(2026, 4, 30, 23, tzinfo=UTC)
    assert len(await _remind(office)) == 1
    office.now = datetime(2026, 5, 1, 9, tzinfo=UTC)
    assert len(await _remind(office)) == 2


async def test_a_month_whose_first_days_nothing_ran_in_is_made_up(office: Office) -> None:
    office.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    assert len(await _remind(office)) == 1
    office.now = datetime(2026, 6, 17, 15, tzinfo=UTC)
    assert len(await _remind(office)) == 2
    assert len(await _remind(office)) == 2


async def test_of_several_instances_one_sends_the_list(office: Office) -> None:
    office.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    other = BackgroundJobs(office.follow_up, office.group_chat)
    assert [await jobs.remind(office.door.outbox) for jobs in (office.jobs, other)] == [1, 0]


def _entry(number: int, owner: str | None) -> Entry:
    question = Bilingual(f"{'아주 긴 물음 ' * 20}{number}")
    return Entry(f"e-{number}", "t", question, Bilingual("답"), review_by=date(2024, 1, 1), owner=owner)


async def test_the_list_of_many_owners_fits_into_a_message(office: Office) -> None:
    due: dict[str | None, tuple[Entry, ...]] = {
        f"{'과 ' * 40}{owner}": tuple(_entry(number, None) for number in range(90)) for owner in range(40)
    }
    text = reviews_text(due, office.group_chat)
    assert len(text) < 4096
    assert "답 3600개" in text
    assert text.endswith("- 그 밖에 2880개 (모두 보기: python main.py check --stale)")
    assert office.group_chat.chat == STAFF


async def test_nothing_due_says_nothing(office: Office) -> None:
    knowledge = office.follow_up.workspace.knowledge()
    topics = tuple(
        replace(topic, entries=tuple(replace(entry, verified=date(2026, 3, 31)) for entry in topic.entries))
        for topic in knowledge.topics
    )
    assert replace(knowledge, topics=topics).due_by_owner(date(2026, 4, 1)) == {}
    assert replace(knowledge, topics=topics).due_by_owner(date(2027, 4, 1)).keys() == {None}
