"""A call is made in the order of its chat, by one process at a time, until its end is written down."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery import ClaimedCall, Closed, Moved, OutboxCounts, OutgoingCall, Postponed, Sent, Unknown
from bot.errors import StorageError
from bot.storage.outbox import LEASE, KeptOutbox
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON
from tests.bot.storage.delivering import a_call, added, claimed, in_seconds, texts


@pytest.fixture
def outbox(storage: Storage) -> KeptOutbox:
    return storage.outbox("telegram")


async def test_call_is_claimed_as_it_was_added(outbox: KeptOutbox) -> None:
    arguments = {"text": "예산 \0 \ud83d", "reply_markup": {"rows": [[1, None, True]]}}
    (number,) = await added(outbox, [OutgoingCall(-100_5, "sendMessage", arguments, "plain \0", "notice:12")])
    assert await claimed(outbox, newest=41) == [
        ClaimedCall(
            number, -100_5, "sendMessage", arguments, "plain \N{REPLACEMENT CHARACTER}", "notice:12",
            attempts=0, doubtful=False, after=41,
        )
    ]  # fmt: skip


async def test_calls_of_a_chat_are_made_one_after_the_other_and_chats_at_once(outbox: KeptOutbox) -> None:
    numbers = await added(outbox, [a_call(text, chat) for text, chat in (("a", 1), ("b", 1), ("c", 2), ("d", 1))])
    assert numbers == sorted(numbers)
    first = await claimed(outbox)
    assert texts(first) == ["a", "c"]
    assert await claimed(outbox) == []
    second = await claimed(outbox, NOON, Sent(first[0].number, 7))
    assert texts(second) == ["b"]
    assert texts(await claimed(outbox, NOON, Sent(second[0].number, 8))) == ["d"]


async def test_no_more_calls_are_claimed_than_asked_for_the_oldest_first(outbox: KeptOutbox) -> None:
    await outbox.add([a_call(str(chat), chat) for chat in (5, 3, 9)], NOON)
    assert await claimed(outbox, limit=0) == []
    assert texts(await claimed(outbox, limit=2)) == ["5", "3"]


async def test_chats_named_are_left_out(outbox: KeptOutbox) -> None:
    await outbox.add([a_call(str(chat), chat) for chat in (1, 2, 3)], NOON)
    assert texts(await outbox.turn_over([], NOON, limit=9, newest=0, without={1, 3})) == ["2"]


async def test_flood_to_one_chat_hides_no_other(outbox: KeptOutbox) -> None:
    await outbox.add([a_call("flood", 1) for _ in range(1200)] + [a_call("other", 2)], NOON)
    assert texts(await claimed(outbox)) == ["flood", "other"]


async def test_adding_nothing_adds_nothing(outbox: KeptOutbox) -> None:
    assert await added(outbox, []) == []
    assert await claimed(outbox) == []


async def test_calls_added_in_a_unit_that_fails_are_not_made(storage: Storage, outbox: KeptOutbox) -> None:
    async def unit() -> None:
        async with storage.unit():
            await outbox.add([a_call()], NOON)
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  # which one it is does not matter here
        await unit()
    assert await claimed(outbox) == []


async def test_sent_call_leaves_its_message_and_no_word(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        outbox = storage.outbox("telegram")
        await outbox.add([a_call("지워져야 하는 문장")], NOON)
        (call,) = await claimed(outbox)
        await claimed(outbox, NOON, Sent(call.number, 77))
        assert await outbox.newest_message() == 77
        await storage._database.destroy_deleted()
        content = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert "지워져야".encode() not in content
    assert b"\\uc9c0" not in content


async def test_messages_that_were_sent_are_known(outbox: KeptOutbox) -> None:
    assert (await outbox.newest_message(), await outbox.known_messages(0)) == (0, set())
    await outbox.add([a_call(chat=chat) for chat in (1, 2, 3, 4)], NOON)
    messages = [500, 20, None, 30]
    ends = [Sent(call.number, message) for call, message in zip(await claimed(outbox), messages, strict=True)]
    assert await outbox.being_made() == 4
    await claimed(outbox, NOON, *ends)
    assert await outbox.being_made() == 0
    assert await outbox.newest_message() == 500
    assert await outbox.known_messages(20) == {30, 500}


async def test_postponed_call_is_made_again_when_it_is_due_and_holds_up_its_chat_alone(outbox: KeptOutbox) -> None:
    await outbox.add([a_call("a", 1), a_call("b", 1), a_call("c", 2)], NOON)
    first, other = await claimed(outbox)
    assert await claimed(outbox, NOON, Postponed(first.number, in_seconds(30)), Sent(other.number)) == []
    assert await claimed(outbox, in_seconds(29)) == []
    (again,) = await claimed(outbox, in_seconds(30))
    assert (again.arguments["text"], again.attempts, again.doubtful) == ("a", 1, False)


async def test_closed_call_is_never_made_and_counted(outbox: KeptOutbox) -> None:
    await outbox.add([a_call("a"), a_call("b")], NOON)
    (first,) = await claimed(outbox)
    assert texts(await claimed(outbox, NOON, Closed(first.number, "blocked \0"))) == ["b"]
    assert await outbox.counts() == OutboxCounts(waiting=1, oldest=NOON, closed=1)


async def test_calls_follow_a_chat_that_moved(outbox: KeptOutbox) -> None:
    await outbox.add([a_call("a", -5), a_call("other", 7), a_call("b", -5)], NOON)
    first, _ = await claimed(outbox)
    (again,) = await claimed(outbox, NOON, Moved(first.number, -100_5))
    assert (again.chat, again.arguments["text"], again.doubtful) == (-100_5, "a", False)
    (following,) = await claimed(outbox, NOON, Sent(again.number, 1))
    assert (following.chat, following.arguments["text"]) == (-100_5, "b")


async def test_call_to_a_chat_that_something_else_moves_into_waits_for_its_turn(outbox: KeptOutbox) -> None:
    await outbox.add([a_call("old", -5), a_call("new", -100_5)], NOON)
    old, new = await claimed(outbox)
    assert await claimed(outbox, NOON, Moved(old.number, -100_5)) == []
    assert texts(await claimed(outbox, NOON, Sent(new.number, 1))) == ["old"]


async def test_lease_ends_and_the_call_is_doubtful(outbox: KeptOutbox) -> None:
    await outbox.add([a_call("a"), a_call("b")], NOON)
    await claimed(outbox, newest=10)
    assert await claimed(outbox, NOON + LEASE - timedelta(seconds=1)) == []
    (doubtful,) = await claimed(outbox, NOON + LEASE, newest=99)
    assert (doubtful.arguments["text"], doubtful.doubtful, doubtful.attempts, doubtful.after) == ("a", True, 1, 10)


async def test_call_whose_end_is_unknown_is_doubtful_to_whoever_claims_it_next(outbox: KeptOutbox) -> None:
    await outbox.add([a_call("a")], NOON)
    (call,) = await claimed(outbox)
    assert await claimed(outbox, NOON, Unknown(call.number, in_seconds(1))) == []
    (doubtful,) = await claimed(outbox, in_seconds(1))
    assert doubtful.doubtful


async def test_next_due_is_that_of_the_oldest_of_a_chat_or_the_end_of_a_lease(outbox: KeptOutbox) -> None:
    assert await outbox.next_due() is None
    await outbox.add([a_call("a", 1), a_call("behind", 1), a_call("b", 2)], NOON)
    assert await outbox.next_due() == NOON
    first, second = await claimed(outbox)
    assert await outbox.next_due() == NOON + LEASE
    await claimed(outbox, NOON, Postponed(first.number, in_seconds(60)), Postponed(second.number, in_seconds(40)))
    assert await outbox.next_due() == in_seconds(40)


async def test_ends_are_written_once(outbox: KeptOutbox) -> None:
    await outbox.add([a_call("a"), a_call("b")], NOON)
    (first,) = await claimed(outbox)
    (second,) = await claimed(outbox, NOON, Sent(first.number, 7))
    for late in (Closed(first.number, "late"), Postponed(first.number, NOON), Moved(first.number, 9)):
        assert await claimed(outbox, NOON, late) == []
    assert await outbox.counts() == OutboxCounts(waiting=1, oldest=NOON, closed=0)
    assert await outbox.known_messages(0) == {7}
    assert texts([second]) == ["b"]


async def test_channels_know_nothing_of_each_other(storage: Storage) -> None:
    one, other = storage.outbox("telegram"), storage.outbox("chat:0af3")
    await one.add([a_call("theirs")], NOON)
    assert await claimed(other) == []
    (call,) = await claimed(one)
    await claimed(other, NOON, Sent(call.number, 7))
    assert (await other.counts(), (await one.counts()).waiting) == (OutboxCounts(0, None, 0), 1)
    assert (await other.newest_message(), await one.newest_message()) == (0, 0)
    assert await other.next_due() is None


async def test_call_of_a_process_that_died_is_doubtful_at_once_where_one_process_owns_the_file(sqlite_url: str) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.outbox("telegram").add([a_call("a"), a_call("b", 2)], NOON)
        await claimed(storage.outbox("telegram"), limit=1)
    async with Storage.open(sqlite_url) as storage:
        outbox = storage.outbox("telegram")
        assert await storage.outbox("chat:0af3").recover(in_seconds(1)) == 0
        assert await outbox.recover(in_seconds(1)) == 1
        calls = await claimed(outbox, in_seconds(1))
        assert [(call.arguments["text"], call.doubtful) for call in calls] == [("a", True), ("b", False)]


async def test_unfinished_turn_over_changes_nothing(storage: Storage) -> None:
    async def refuse(_: str, __: Sent | Closed) -> None:
        raise StorageError("the notice cannot be written down")

    outbox = storage.outbox("telegram", {"notice": refuse})
    await outbox.add([a_call("a", reference="notice:1"), a_call("b")], NOON)
    (call,) = await claimed(outbox)
    for _ in range(2):
        with pytest.raises(StorageError, match="the notice cannot"):
            await claimed(outbox, NOON, Sent(call.number, 7))
    assert (await outbox.counts()).waiting == 2
    assert texts(await claimed(storage.outbox("telegram"), NOON, Sent(call.number, 7))) == ["b"]


async def test_cancelled_turn_over_is_made_up_for(outbox: KeptOutbox) -> None:
    await outbox.add([a_call(str(chat), chat) for chat in range(30)], NOON)
    seen = []
    for number in range(30):
        turning = asyncio.create_task(outbox.turn_over([], NOON, limit=1, newest=0))
        await asyncio.sleep(number / 5000)
        turning.cancel()
        seen += [result for result in await asyncio.gather(turning, return_exceptions=True) if isinstance(result, list)]
    known = {text for calls in seen for text in texts(calls)}
    left = await claimed(outbox, NOON + LEASE)
    assert {call.arguments["text"] for call in left} == {str(chat) for chat in range(30)}
    assert all(call.doubtful for call in left if call.arguments["text"] in known)


async def test_sent_call_leaves_no_chat(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        outbox = storage.outbox("telegram")
        await outbox.add([a_call("words", 8201054321), a_call("card", -1008201054321)], NOON)
        calls = await claimed(outbox)
        await claimed(outbox, NOON, *(Sent(call.number, 70 + call.number, call.chat > 0) for call in calls))
        assert await outbox.known_messages(0) == {71}
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT chat, message FROM outbox").fetchall() == [(0, 71), (0, None)]
