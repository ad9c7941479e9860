"""Everyone who wants to be told is told exactly once, whatever happens in between."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.delivery import OutgoingCall
from bot.errors import StorageError, UnknownQuestionError
from bot.follow_up.notification import PORTION, Notice, OutboxDoor
from bot.records.errors import ActRefusedError, NotTheAskerError, UnknownReceiptError
from bot.records.groups import GroupState
from bot.records.questions import Asker, AskerState, VoteOutcome
from bot.storage.storage import Storage
from tests.bot.follow_up.building import CHANNEL, KIM, Letters, Office


async def test_answer_goes_to_those_who_want_to_be_told_quoting_their_question(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 버스 언제 와요?")
    await office.ask("셔틀 몇 시?", 300, told=False)
    await office.follow_up.placement.place_open(office.placer)
    await office.follow_up.desk.answer(number, "*8시*부터 <b>다닙니다</b>.", "ko", KIM)
    office.clock.pass_(minutes=1)
    assert await office.tell() == 2
    assert await office.deliver() == [
        (100, "answer|셔틀 있나요?|*8시*부터 <b>다닙니다</b>."),
        (101, "answer|셔틀 버스 언제 와요?|*8시*부터 <b>다닙니다</b>."),
    ]
    assert await office.follow_up.desk.askers(number) == {AskerState.TOLD: 2}
    assert await office.tell() == 0


async def test_each_is_told_in_their_language_where_there_is_one(office: Office) -> None:
    one = await office.group("셔틀 있나요?")
    await office.ask("Shuttle?", 200, language="en")
    await office.follow_up.placement.place_open(office.placer)
    await office.follow_up.desk.merge(one, await office.follow_up.placement.group_of(2), KIM)
    await office.follow_up.desk.answer(one, "있습니다.", "ko", KIM)
    await office.follow_up.desk.answer(one, "Yes.", "en", KIM)
    office.clock.pass_(minutes=1)
    await office.tell()
    assert {text.rpartition("|")[2] for _, text in await office.deliver()} == {"있습니다.", "Yes."}


async def test_two_hundred_askers_are_told_once_though_the_teller_dies_again_and_again(url: str) -> None:
    async with Storage.open(url) as storage:
        office = Office(storage)
        number = await office.group(*(f"셔틀 질문 {index}" for index in range(200)))
        await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    delivered: list[int] = []
    for _ in range(200 // PORTION + 3):
        async with Storage.open(url) as storage:
            office = Office(storage)
            office.clock.pass_(minutes=2)
            doors = {CHANNEL: OutboxDoor(_DiesAtThe(30), office.outbox)}
            with suppress(_KilledError):
                await office.follow_up.notification.tell_due(doors)
            delivered += [chat for chat, _ in await office.deliver()]
    assert sorted(delivered) == list(range(100, 300))


class _KilledError(Exception):
    pass


class _DiesAtThe(Letters):
    """Breaks off in the middle of a portion, as a killed process does."""

    def __init__(self, left: int) -> None:
        self._left = left

    def calls(self, *arguments: object) -> list:  # type: ignore[type-arg]
        self._left -= 1
        if self._left < 0:
            raise _KilledError
        return list(super().calls(*arguments))  # type: ignore[arg-type]


_TELL_FOR_EVER = """
import asyncio, sys
from bot.storage.storage import Storage
from tests.bot.follow_up.building import Office

async def main(url):
    async with Storage.open(url) as storage:
        office = Office(storage)
        office.clock.pass_(minutes=2)
        add = office.outbox.add

        async def tell_and_say(calls, now):
            print(calls[0].chat, flush=True)
            return await add(calls, now)

        office.outbox.add = tell_and_say
        await office.tell()

asyncio.run(main(sys.argv[1]))
"""


def _tell_until_killed(url: str, after: int) -> None:
    command = [sys.executable, "-c", _TELL_FOR_EVER, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for _ in range(after):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("after", [1, pytest.param(25, marks=pytest.mark.soak), 70])
async def test_killed_teller_leaves_whole_portions_behind(sqlite_url: str, after: int) -> None:
    async with Storage.open(sqlite_url) as storage:
        office = Office(storage)
        number = await office.group(*(f"셔틀 질문 {index}" for index in range(100)))
        await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    await asyncio.to_thread(_tell_until_killed, sqlite_url, after)
    async with Storage.open(sqlite_url) as storage:
        office = Office(storage)
        office.clock.pass_(minutes=2)
        before = await office.deliver()
        assert len(before) % PORTION == 0
        assert len(before) + await office.tell() == 100
        assert sorted(chat for chat, _ in before + await office.deliver()) == list(range(100, 200))


async def test_two_tellers_at_once_tell_nobody_twice(url: str) -> None:
    async with Storage.open(url) as one, Storage.open(url) as other:
        offices = [Office(one), Office(other)]
        number = await offices[0].group(*(f"셔틀 질문 {index}" for index in range(50)))
        await offices[0].follow_up.desk.answer(number, "있습니다.", "ko", KIM)
        for office in offices:
            office.clock.pass_(minutes=2)
        told = await asyncio.gather(*(office.tell() for office in offices), return_exceptions=True)
        assert all(isinstance(each, int | StorageError) for each in told)
        await offices[0].tell()
        chats = [chat for chat, _ in await offices[0].deliver()]
        assert sorted(chats) == list(range(100, 150))


async def test_asker_who_blocked_is_shown_to_staff_with_the_reason(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    before = await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    office.clock.pass_(minutes=1)
    await office.tell()
    await office.deliver(blocked=[100])
    (lost,) = await office.follow_up.desk.not_reached(number)
    assert (lost.text, lost.reason) == ("셔틀 있나요?", "blocked")
    assert await office.follow_up.desk.askers(number) == {AskerState.FAILED: 1, AskerState.TOLD: 1}
    assert (await office.follow_up.desk.group(number)).revision > before.revision
    assert await office.tell() == 0


async def test_who_is_told_or_withdrew_leaves_no_address(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    (second,) = await office.follow_up.citizens.mine(CHANNEL, 101)
    await office.follow_up.citizens.withdraw(second.receipt, CHANNEL, 101)
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    office.clock.pass_(minutes=1)
    assert await office.tell() == 1
    await office.deliver()
    for chat, state in ((100, AskerState.TOLD), (101, AskerState.WITHDRAWN)):
        (asker,) = await office.follow_up.citizens.mine(CHANNEL, chat)
        assert (asker.state, asker.chat, asker.message) == (state, None, None)


async def test_who_asks_the_same_later_is_told_what_was_answered(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    office.clock.pass_(days=1)
    await office.tell()
    await office.deliver()
    assert await office.group("셔틀있나요", first_chat=500) == number
    await office.tell()
    assert await office.deliver() == [(500, "answer|셔틀있나요|있습니다.")]


async def test_askers_of_a_dismissed_group_are_told_that_it_is_closed(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.dismiss(number, "사업과 무관", KIM)
    office.clock.pass_(minutes=1)
    await office.tell()
    why = "closed|셔틀 있나요?|사업과 무관\n\n안내해 드릴 연락처가 아직 등록되어 있지 않아요."
    assert await office.deliver() == [(100, why)]


async def test_nobody_is_told_before_a_second_staff_member_approved(strict_office: Office) -> None:
    number = await strict_office.group("셔틀 있나요?")
    await strict_office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    strict_office.clock.pass_(days=1)
    assert await strict_office.tell() == 0


async def test_question_to_citizens_reaches_each_once_and_their_note_is_kept_masked(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    await office.follow_up.desk.ask_back(number, "어느 정류장 말씀이세요?", KIM)
    office.clock.pass_(minutes=1)
    assert [await office.tell(), await office.tell()] == [2, 0]
    assert await office.deliver() == [
        (100, "question|셔틀 있나요?|어느 정류장 말씀이세요?"),
        (101, "question|셔틀 언제?|어느 정류장 말씀이세요?"),
    ]
    assert await office.follow_up.desk.askers(number) == {AskerState.WAITING: 2}
    question = await office.follow_up.citizens.asked_back_in(CHANNEL, 100, 1001)
    assert question == 1
    assert await office.follow_up.citizens.asked_back_in(CHANNEL, 101, 1001) is None
    await office.follow_up.citizens.add_note(question, "광주역요. 제 번호는 010-1234-5678")
    (note,) = await office.follow_up.desk.notes(number)
    assert "광주역요" in note.text
    assert "1234" not in note.text


async def test_nobody_can_be_asked_back_where_nobody_wants_to_be_told(office: Office) -> None:
    number = await office.group("셔틀 있나요?", told=False)
    with pytest.raises(ActRefusedError, match="has nobody who wants to be told"):
        await office.follow_up.desk.ask_back(number, "어느 정류장요?", KIM)


async def test_receipt_is_the_same_when_asked_for_twice_and_after_withdrawing(office: Office) -> None:
    question = await office.ask("셔틀 있나요?", 100)
    (first,) = await office.follow_up.citizens.mine(CHANNEL, 100)
    again = await office.follow_up.citizens.tell_me(question, CHANNEL, 100, 107, language="ko")
    withdrawn = await office.follow_up.citizens.withdraw(first.receipt.lower().replace("-", " "), CHANNEL, 100)
    anew = await office.follow_up.citizens.tell_me(question, CHANNEL, 100, 107, language="ko")
    assert first.receipt == again.receipt == withdrawn.receipt == anew.receipt
    assert (withdrawn.state, anew.state, anew.chat) == (AskerState.WITHDRAWN, AskerState.WAITING, 100)


async def test_nobody_can_be_told_of_somebody_elses_question(office: Office) -> None:
    question = await office.ask("셔틀 있나요?", 100, told=False)
    for chat, message in ((101, 107), (100, 108), (1, 7)):
        with pytest.raises(NotTheAskerError, match="was not asked in this chat"):
            await office.follow_up.citizens.tell_me(question, CHANNEL, chat, message, language="ko")
    for unknown in (0, 99, 2**63):
        with pytest.raises(UnknownQuestionError):
            await office.follow_up.citizens.tell_me(unknown, CHANNEL, 100, 107, language="ko")


async def test_receipt_works_in_its_own_chat_only(office: Office) -> None:
    await office.ask("셔틀 있나요?", 100)
    (asker,) = await office.follow_up.citizens.mine(CHANNEL, 100)
    for receipt, chat in ((asker.receipt, 101), ("A7K-3M2", 100), ("", 100), ("x" * 5000, 100)):
        with pytest.raises(UnknownReceiptError):
            await office.follow_up.citizens.withdraw(receipt, CHANNEL, chat)
    assert (await office.follow_up.citizens.mine(CHANNEL, 100))[0].state is AskerState.WAITING


async def test_forgotten_citizen_is_not_told_and_finds_nothing(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    assert await office.follow_up.citizens.forget(CHANNEL, 100) == 1
    assert await office.follow_up.citizens.mine(CHANNEL, 100) == []
    await office.follow_up.desk.answer(number, "네", "ko", KIM)
    office.clock.pass_(minutes=1)
    await office.tell()
    assert [chat for chat, _ in await office.deliver()] == [101]


async def test_withdrawing_while_the_answer_is_on_its_way_stays_withdrawn(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "네", "ko", KIM)
    office.clock.pass_(minutes=1)
    await office.tell()
    (asker,) = await office.follow_up.citizens.mine(CHANNEL, 100)
    await office.follow_up.citizens.withdraw(asker.receipt, CHANNEL, 100)
    await office.deliver()
    assert await office.follow_up.desk.askers(number) == {AskerState.WITHDRAWN: 1}
    assert (await office.follow_up.desk.group(number)).state is GroupState.ANSWERED


async def test_other_channels_wait_for_their_own_door(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "네", "ko", KIM)
    office.clock.pass_(minutes=1)
    assert await office.follow_up.notification.tell_due({}) == 0
    assert await office.tell() == 1


async def test_forgetting_destroys_notes_and_votes_too(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    for question in (1, 2):
        await office.follow_up.citizens.add_note(question, f"덧붙임 {question}")
    for chat in (100, 101):
        await office.follow_up.citizens.vote(CHANNEL, chat, 5, "budget", helpful=True)
    await office.follow_up.citizens.forget(CHANNEL, 100)
    assert [note.text for note in await office.follow_up.desk.notes(number)] == ["덧붙임 2"]
    votes = [await office.follow_up.citizens.vote(CHANNEL, chat, 5, "budget", helpful=True) for chat in (100, 101)]
    assert votes == [VoteOutcome.COUNTED, VoteOutcome.SAME]


async def test_staff_are_shown_anew_a_group_without_the_notes_of_whoever_is_forgotten(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    await office.follow_up.citizens.add_note(1, "덧붙임")
    before = await office.follow_up.desk.group(number)
    await office.follow_up.citizens.forget(CHANNEL, 100)
    assert (await office.follow_up.desk.group(number)).revision > before.revision


async def test_telling_goes_on_regularly_though_it_fails(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "네", "ko", KIM)
    office.clock.pass_(minutes=1)
    with office.storage.offline():
        task = asyncio.create_task(office.follow_up.notification.tell_regularly(office.doors, pause=0.01))
        await asyncio.sleep(0.05)
    assert not task.done()
    task.cancel()
    notices = _Noticed()
    doors = {CHANNEL: OutboxDoor(notices, office.outbox)}
    going = asyncio.create_task(office.follow_up.notification.tell_regularly(doors, pause=0.01))
    await asyncio.wait_for(notices.told.wait(), 60)
    going.cancel()
    await asyncio.gather(task, going, return_exceptions=True)


class _Noticed(Letters):
    """Says when somebody is told."""

    def __init__(self) -> None:
        self.told = asyncio.Event()

    def calls(self, asker: Asker, notice: Notice) -> Sequence[OutgoingCall]:
        self.told.set()
        return super().calls(asker, notice)


async def test_question_to_citizens_is_not_sent_once_the_group_is_answered(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.ask_back(number, "어느 정류장요?", KIM)
    await office.follow_up.desk.answer(number, "모든 정류장에 섭니다.", "ko", KIM)
    office.clock.pass_(minutes=2)
    await office.tell()
    assert await office.deliver() == [(100, "answer|셔틀 있나요?|모든 정류장에 섭니다.")]


async def test_answer_that_was_taken_back_while_the_teller_looked_is_not_sent(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "네", "ko", KIM)
    due = await office.storage.follow_up.askers.groups_due(office.clock() + timedelta(minutes=2), [CHANNEL])
    assert due == [number]
    await office.follow_up.desk.undo(number, KIM)
    assert await office.follow_up.notification._tell_portion(number, office.doors) == 0


async def test_chat_that_moved_is_told_under_its_new_id(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.storage.follow_up.askers.moved(CHANNEL, 100, -1000)
    await office.follow_up.desk.answer(number, "네", "ko", KIM)
    office.clock.pass_(minutes=1)
    await office.tell()
    assert [chat for chat, _ in await office.deliver()] == [-1000]
    assert len(await office.follow_up.citizens.mine(CHANNEL, -1000)) == 1
