"""A draft is marked as written in the same act as the files change: both, or neither."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.errors import StorageError
from bot.follow_up.drafts.draft_desk import DraftChanges
from bot.records.drafts import DraftState
from bot.records.errors import DraftFaultsError, UnconfirmedTextError, UnknownDraftError
from bot.records.groups import Act
from tests.bot.follow_up.building import KIM, LEE, Office


class _Files:
    """Files that only note what happens to them."""

    def __init__(self, error: Exception | None = None) -> None:
        self.acts: list[str] = []
        self._error = error

    def publish(self) -> None:
        self.acts.append("published")
        if self._error:
            raise self._error

    def undo(self) -> None:
        self.acts.append("undone")


async def _draft(office: Office) -> int:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    (draft,) = await office.follow_up.drafts.listed()
    return draft.number


async def _states(office: Office) -> list[DraftState]:
    return [draft.state for draft in await office.follow_up.drafts.listed()]


async def test_plan_says_what_is_added(office: Office) -> None:
    await _draft(office)
    plan = await office.follow_up.drafts.plan()
    (entry,) = plan.additions.entries
    assert (entry.id, entry.topic, entry.source) == ("syeoteul-itnayo", "cluster", "staff")
    assert (entry.question, entry.phrasings) == ({"ko": "셔틀 있나요?"}, {"ko": ("셔틀 언제?",)})
    (line,) = plan.additions.regression
    assert (line.question, line.entry_id) == ("셔틀 있나요?", "syeoteul-itnayo")


async def test_written_draft_is_on_record(office: Office) -> None:
    number, files = await _draft(office), _Files()
    await office.follow_up.drafts.write(await office.follow_up.drafts.plan(), LEE, files.publish, files.undo)
    assert (await _states(office), files.acts) == ([DraftState.WRITTEN], ["published"])
    record = (await office.follow_up.desk.audit())[0]
    assert (record.act, record.by, record.after["draft"]) == (Act.WRITE_DRAFT, LEE, number)


async def test_files_that_cannot_be_written_leave_the_draft_new(office: Office) -> None:
    await _draft(office)
    files = _Files(OSError("full"))
    with pytest.raises(OSError, match="full"):
        await office.follow_up.drafts.write(await office.follow_up.drafts.plan(), LEE, files.publish, files.undo)
    assert (await _states(office), files.acts) == ([DraftState.NEW], ["published"])


async def test_draft_that_cannot_be_marked_puts_the_files_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await _draft(office)
    plan, files = await office.follow_up.drafts.plan(), _Files()
    unit = office.storage.unit

    @asynccontextmanager
    async def unit_that_cannot_be_kept() -> AsyncIterator[None]:
        async with unit():
            yield
            raise StorageError("the disk is full")

    monkeypatch.setattr(office.storage, "unit", unit_that_cannot_be_kept)
    with pytest.raises(StorageError, match="full"):
        await office.follow_up.drafts.write(plan, LEE, files.publish, files.undo)
    assert (await _states(office), files.acts) == ([DraftState.NEW], ["published", "undone"])


async def test_second_writer_finds_nothing_to_write(office: Office) -> None:
    await _draft(office)
    plan, files = await office.follow_up.drafts.plan(), _Files()
    await office.follow_up.drafts.write(plan, KIM, files.publish, files.undo)
    with pytest.raises(UnknownDraftError):
        await office.follow_up.drafts.write(plan, LEE, files.publish, files.undo)
    assert files.acts == ["published"]


async def test_plan_of_what_is_not_there_is_refused(office: Office) -> None:
    for number in (1, 0, 10**30):
        with pytest.raises(UnknownDraftError, match=f"there is no new draft {number}"):
            await office.follow_up.drafts.plan([number])


async def test_all_faults_of_all_drafts_are_told_at_once(office: Office) -> None:
    for first_chat, text in ((100, "예산이 얼마예요?"), (200, "주차 요금이 얼마예요?")):
        number = await office.group(text, first_chat=first_chat)
        await office.follow_up.desk.answer(number, "**네", "ko", KIM)
    with pytest.raises(DraftFaultsError) as caught:
        await office.follow_up.drafts.plan()
    assert [fault.draft for fault in caught.value.faults] == [1, 1, 2, 2]


async def test_left_out_words_and_another_id_are_kept(office: Office) -> None:
    number = await _draft(office)
    changes = DraftChanges(entry_id="shuttle", answer={"en": "Yes."}, without=("셔틀 언제?",))
    draft = await office.follow_up.drafts.change(number, changes, LEE)
    assert (await office.follow_up.drafts.listed()) == [draft]
    assert (draft.entry_id, draft.content.asked()) == ("shuttle", [("ko", "셔틀 있나요?")])
    assert draft.content.answer == {"ko": "있습니다.", "en": "Yes."}
    assert (await office.follow_up.desk.audit())[0].act is Act.CHANGE_DRAFT


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (DraftChanges(entry_id="gone"), "no entry has the id 'gone'; name the one that answers"),
        (DraftChanges(without=("예산이 궁금해요",)), "no words are left in it; discard it: drafts discard 1"),
    ],
)
async def test_phrasings_that_cannot_be_written_are_told(office: Office, changes: DraftChanges, said: str) -> None:
    number = await office.group("예산이 궁금해요")
    await office.follow_up.desk.link(number, "budget", KIM)
    await office.follow_up.drafts.change(1, changes, LEE)
    with pytest.raises(DraftFaultsError, match=said):
        await office.follow_up.drafts.plan()


async def test_too_long_question_is_told(office: Office) -> None:
    number = await _draft(office)
    await office.follow_up.drafts.change(number, DraftChanges(question={"ko": "가" * 301}), LEE)
    with pytest.raises(DraftFaultsError, match="is empty or over 300 characters"):
        await office.follow_up.drafts.plan()


async def test_words_with_what_looks_personal_are_public_only_when_a_person_has_looked(office: Office) -> None:
    number, files = await _draft(office), _Files()
    words = "홍길동 010-8546-8662 셔틀 되나요?"
    await office.follow_up.drafts.change(number, DraftChanges(question={"ko": words}), LEE)
    plan = await office.follow_up.drafts.plan()
    assert plan.doubtful == [words]
    with pytest.raises(UnconfirmedTextError):
        await office.follow_up.drafts.write(plan, LEE, files.publish, files.undo)
    assert (await _states(office), files.acts) == ([DraftState.NEW], [])
    await office.follow_up.drafts.write(plan, LEE, files.publish, files.undo, confirmed=True)
    assert await _states(office) == [DraftState.WRITTEN]
