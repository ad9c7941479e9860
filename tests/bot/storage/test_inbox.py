"""An update is stored once however often it is delivered, and handled in the order of its chat."""

import asyncio
from pathlib import Path

import pytest

from bot.delivery import DeadLetter, InboxCounts, WaitingUpdate
from bot.errors import LeaseLostError, StorageError
from bot.storage.inbox import KeptInbox
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON
from tests.bot.storage.delivering import an_update, bodies, claimable, in_seconds


@pytest.fixture
def inbox(storage: Storage) -> KeptInbox:
    return storage.inbox("telegram")


async def test_stored_update_is_read_back_as_it_was(inbox: KeptInbox) -> None:
    assert await inbox.add([an_update("a", -100_123, '{"text":"예산?"}')], NOON) == 1
    (head,) = await claimable(inbox, 10)
    assert head == WaitingUpdate(head.number, -100_123, '{"text":"예산?"}', attempts=0, received_at=NOON)


async def test_update_delivered_three_times_is_stored_once(inbox: KeptInbox) -> None:
    stored = [await inbox.add([an_update("a"), an_update("b")], NOON) for _ in range(3)]
    assert stored == [2, 0, 0]
    assert (await inbox.counts()).waiting == 2


async def test_what_nobody_waits_for_any_more_is_not_stored(inbox: KeptInbox) -> None:
    with pytest.raises(StorageError):
        await inbox.add([an_update("a")], NOON, is_wanted=lambda: False)
    assert (await inbox.counts()).waiting == 0
    assert await inbox.add([an_update("a")], NOON) == 1


async def test_update_twice_in_one_batch_keeps_its_first_place(inbox: KeptInbox) -> None:
    assert await inbox.add([an_update(key) for key in "abcab"], NOON) == 3
    handled = []
    while heads := await claimable(inbox, 1):
        handled.append(heads[0].body[8])
        await inbox.finish(heads[0].number)
    assert handled == ["a", "b", "c"]


async def test_update_delivered_at_once_through_two_instances_is_stored_once(url: str) -> None:
    batch = [an_update(str(number), number % 7) for number in range(50)]
    async with Storage.open(url) as one, Storage.open(url) as other:
        inboxes = [instance.inbox("telegram") for instance in (one, other)]
        stored = await asyncio.gather(*(inbox.add(batch, NOON) for inbox in inboxes for _ in range(3)))
        assert sum(stored) == (await inboxes[0].counts()).waiting == 50


async def test_handled_update_is_not_stored_again_after_a_restart(url: str) -> None:
    async with Storage.open(url) as storage:
        inbox = storage.inbox("telegram")
        await inbox.add([an_update("a")], NOON)
        await inbox.finish((await claimable(inbox, 1))[0].number)
    async with Storage.open(url) as storage:
        assert await storage.inbox("telegram").add([an_update("a")], NOON) == 0
        assert await bodies(storage.inbox("telegram")) == []


async def test_nothing_is_stored_of_no_updates(inbox: KeptInbox) -> None:
    assert await inbox.add([], NOON) == 0


async def test_channels_know_nothing_of_each_other(storage: Storage) -> None:
    one, other = storage.inbox("telegram"), storage.inbox("chat:0af3")
    await one.add([an_update("a")], NOON)
    assert await other.add([an_update("a")], NOON) == 1
    (head,) = await claimable(one, 10)
    for end in (other.finish(head.number), other.bury(head.number, "not theirs")):
        with pytest.raises(LeaseLostError):
            await end
    assert (await one.counts(), await other.counts()) == (InboxCounts(1, NOON, 0), InboxCounts(1, NOON, 0))


async def test_only_the_oldest_update_of_a_chat_is_a_head_and_the_oldest_comes_first(inbox: KeptInbox) -> None:
    chats = {"a": 5, "b": 5, "c": 3, "d": 5, "e": 9, "f": 3}
    await inbox.add([an_update(key, chat, key) for key, chat in chats.items()], NOON)
    assert await bodies(inbox) == ["a", "c", "e"]
    assert await bodies(inbox, limit=2) == ["a", "c"]
    await inbox.finish((await claimable(inbox, 1))[0].number)
    assert await bodies(inbox) == ["b", "c", "e"]


async def test_chats_that_are_being_handled_are_left_out(inbox: KeptInbox) -> None:
    await inbox.add([an_update(str(chat), chat, str(chat)) for chat in (1, 2, 3, 1)], NOON)
    assert await bodies(inbox, without=(1, 3, 77)) == ["2"]
    assert await bodies(inbox, limit=1, without=(1,)) == ["2"]


async def test_what_came_later_can_be_left_out(inbox: KeptInbox) -> None:
    await inbox.add([an_update("a", chat=1)], NOON)
    await inbox.add([an_update("b", chat=2)], in_seconds(1))
    assert [update.chat for update in await inbox.claim(9, NOON, received_by=NOON)] == [1]


async def test_flood_of_one_chat_hides_no_other(inbox: KeptInbox) -> None:
    flood = [an_update(str(number), 1, "flood") for number in range(1500)]
    others = [an_update(f"other {chat}", chat, str(chat)) for chat in range(2, 22)]
    await inbox.add([*flood, *others], NOON)
    assert await bodies(inbox, limit=21) == ["flood", *map(str, range(2, 22))]
    assert await bodies(inbox, limit=5, without=(1,)) == ["2", "3", "4", "5", "6"]


async def test_flood_before_more_chats_than_are_looked_at_one_by_one_hides_no_other(inbox: KeptInbox) -> None:
    flood = [an_update(str(number), 5000, "flood") for number in range(1100)]
    others = [an_update(f"other {chat}", chat, str(chat)) for chat in range(3100, 2000, -1)]
    await inbox.add([*flood, *others], NOON)
    assert await bodies(inbox, limit=4) == ["flood", "3100", "3099", "3098"]


async def test_finished_update_leaves_no_word_and_no_chat(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        inbox = storage.inbox("telegram")
        await inbox.add([an_update("key-8201054321", 8201054321, "지워져야 하는 문장")], NOON)
        await inbox.finish((await claimable(inbox, 1))[0].number)
        await storage._database.destroy_deleted()
        content = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert "지워져야".encode() not in content
    assert b"8201054321" not in content
    assert (8201054321).to_bytes(6) not in content


async def test_finishing_twice_is_refused(inbox: KeptInbox) -> None:
    await inbox.add([an_update("a")], NOON)
    (head,) = await claimable(inbox, 1)
    await inbox.finish(head.number)
    with pytest.raises(StorageError, match=f"update {head.number} was handled already"):
        await inbox.finish(head.number)


async def test_failed_attempts_are_counted(inbox: KeptInbox) -> None:
    await inbox.add([an_update("a")], NOON)
    (head,) = await claimable(inbox, 1)
    for attempts in (1, 2, 3):
        assert await inbox.failed(head.number) == attempts
        assert [update.attempts for update in await inbox.claim(1, NOON)] == [attempts]
    await inbox.finish(head.number)
    assert await inbox.failed(head.number) == 0


async def test_dead_letter_keeps_its_body_and_lets_those_behind_it_be_handled(inbox: KeptInbox) -> None:
    await inbox.add([an_update("a", 1, "poison\0"), an_update("b", 1, "behind")], NOON)
    (head,) = await claimable(inbox, 1)
    await inbox.bury(head.number, "ValueError: \udcff")
    assert await bodies(inbox) == ["behind"]
    odd = "\N{REPLACEMENT CHARACTER}"
    assert await inbox.dead_letters() == [DeadLetter(head.number, f"poison{odd}", f"ValueError: {odd}", NOON)]
    assert await inbox.counts() == InboxCounts(waiting=1, oldest=NOON, dead=1)
    assert await inbox.add([an_update("a")], NOON) == 0


async def test_dead_letters_are_newest_first_and_not_all(inbox: KeptInbox) -> None:
    await inbox.add([an_update(key, chat) for chat, key in enumerate("abc")], NOON)
    for head in await claimable(inbox, 3):
        await inbox.bury(head.number, "broken")
    assert [letter.body for letter in await inbox.dead_letters(2)] == ['{"key":"c"}', '{"key":"b"}']


async def test_counts_tell_since_when_the_oldest_waits(inbox: KeptInbox) -> None:
    assert await inbox.counts() == InboxCounts(0, None, 0)
    await inbox.add([an_update("a")], NOON)
    await inbox.add([an_update("b", 2)], in_seconds(9))
    assert await inbox.counts() == InboxCounts(2, NOON, 0)
    await inbox.finish((await claimable(inbox, 1))[0].number)
    assert await inbox.counts() == InboxCounts(1, in_seconds(9), 0)


async def test_update_that_was_handled_already_is_stored_as_done(inbox: KeptInbox) -> None:
    await inbox.add([an_update("waits")], NOON)
    stored = [await inbox.add([an_update("waits"), an_update("new")], NOON, done=True) for _ in range(2)]
    assert stored == [2, 0]
    assert await inbox.counts() == InboxCounts(0, None, 0)
    assert await inbox.add([an_update("waits"), an_update("new")], NOON) == 0


@pytest.mark.parametrize("chat", [2**63, -(2**63) - 1, 10**400])
async def test_chat_of_an_impossible_number_holds_no_batch_up(inbox: KeptInbox, chat: int) -> None:
    assert await inbox.add([an_update("odd", chat), an_update("next", 2)], NOON) == 2
    assert [head.chat for head in await claimable(inbox, 5)] == [0, 2]


async def test_batch_is_stored_whole_or_not_at_all(inbox: KeptInbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.inbox.storable_number", lambda number: number)
    with pytest.raises((StorageError, OverflowError)):
        await inbox.add([an_update("a"), an_update("b", 2**70)], NOON)
    assert await bodies(inbox) == []
