"""Several instances on one PostgreSQL database: each update and call is one instance's alone, and in order."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

import pytest

from bot.delivery import Closed, Inbox, Postponed, Sent
from bot.errors import LeaseLostError, StorageError
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON, a_question
from tests.bot.storage.delivering import a_call, an_update, bodies, claimed, in_seconds, texts, until
from tests.bot.storage.processes import a_process, line_of
from tests.postgresql import PostgreSQLServer

_CLAIM_AND_WAIT = """
import asyncio, sys
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON, a_question

async def main(url):
    async with Storage.open(url) as storage:
        inbox = storage.inbox("telegram")
        (head,) = await inbox.claim(1, NOON)
        async with storage.unit():
            await storage.questions.record(a_question())
            await inbox.finish(head.number)
            await inbox.counts()
            print("done but for the end", flush=True)
            await asyncio.sleep(600)

asyncio.run(main(sys.argv[1]))
"""


@pytest.fixture
async def two(postgresql_url: str) -> AsyncIterator[tuple[Storage, Storage]]:
    async with Storage.open(postgresql_url) as one, Storage.open(postgresql_url) as other:
        yield one, other


async def test_update_that_another_handles_cannot_be_claimed(two: tuple[Storage, Storage]) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update("a"), an_update("b")], NOON)
    (head,) = await one.claim(9, NOON)
    assert await other.claim(9, in_seconds(9)) == [], "the other update is of the same chat, so it comes after"
    async with two[0].unit():
        await one.finish(head.number)
        assert (await one.counts()).waiting == 1, "what was appended is done with what is waited for"
        assert await other.claim(9, in_seconds(99)) == [], "the one before it is not committed yet"
    assert await bodies(other) == ['{"key":"b"}']


async def test_lease_that_is_renewed_does_not_end(two: tuple[Storage, Storage]) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update("a")], NOON)
    (head,) = await one.claim(9, NOON)
    await other.renew([head.number], in_seconds(500))
    for seconds in (9, 18, 27):
        await one.renew([head.number], in_seconds(seconds))
        assert await other.claim(9, in_seconds(seconds + 9)) == []
    assert await other.claim(9, in_seconds(37)) == [head]


async def test_update_whose_lease_ended_and_that_another_took_over_is_handled_once(
    two: tuple[Storage, Storage],
) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update("a")], NOON)
    (head,) = await one.claim(9, NOON)
    assert await other.claim(9, in_seconds(10)) == [head]

    async def finish(storage: Storage, inbox: Inbox) -> None:
        async with storage.unit():
            await storage.questions.record(a_question())
            await inbox.finish(head.number)

    with pytest.raises(LeaseLostError, match=f"update {head.number} was handled already, or another process"):
        await finish(two[0], one)
    assert await one.failed(head.number) == 0
    with pytest.raises(LeaseLostError):
        await one.bury(head.number, "slow")
    await finish(two[1], other)
    assert len(await two[0].questions.listed()) == 1


async def test_slow_holder_whose_update_nobody_took_over_may_finish_it(two: tuple[Storage, Storage]) -> None:
    inbox = two[0].inbox("telegram")
    await inbox.add([an_update("a")], NOON)
    (head,) = await inbox.claim(9, NOON)
    await inbox.finish(head.number)
    assert await two[1].inbox("telegram").claim(9, in_seconds(99)) == []


async def test_handed_back_updates_can_be_claimed_at_once(two: tuple[Storage, Storage]) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update(key, chat) for chat, key in enumerate("abc")], NOON)
    first, second, third = await one.claim(9, NOON)
    await one.release(but=[first.number])
    assert await other.claim(1, NOON) == [second]
    await one.release()
    assert await other.claim(9, NOON, without=[second.chat]) == [first, third]


async def test_what_a_process_holds_it_may_claim_anew(two: tuple[Storage, Storage]) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update("a")], NOON)
    (head,) = await one.claim(9, NOON)
    assert await other.claim(9, in_seconds(9)) == []
    assert await one.claim(9, in_seconds(9)) == [head]


async def test_what_others_hold_is_left_to_them_for_some_seconds_after_the_database_was_away(
    two: tuple[Storage, Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update("handled", 1), an_update("stored", 2)], NOON)
    (head,) = await one.claim(1, NOON)
    with two[1].offline(), pytest.raises(StorageError):
        await other.claim(9, NOON)
    for _ in range(2):
        assert await other.claim(9, in_seconds(99)) == []
    await one.failed(head.number)
    assert await other.claim(9, in_seconds(99)) == [replace(head, attempts=1)], "nobody holds it"
    monkeypatch.setattr("bot.storage.inbox._GRACE", 0.0)
    assert [update.chat for update in await other.claim(9, in_seconds(99), without=[1])] == [2]


async def test_what_others_hold_is_left_to_them_though_the_database_was_away_between_two_claims(
    two: tuple[Storage, Storage], postgresql: PostgreSQLServer
) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update("a")], NOON, own=True)
    assert await other.claim(9, NOON) == []
    postgresql.stop()
    with pytest.raises(StorageError):
        await other.counts()
    postgresql.start()
    assert await other.claim(9, in_seconds(99)) == []


async def test_what_a_dead_instance_held_is_taken_over_though_statements_fail(
    two: tuple[Storage, Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update("a", 1)], NOON)
    await one.claim(9, NOON)
    monkeypatch.setattr("bot.storage.inbox.storable_number", lambda number: number)
    with pytest.raises(StorageError):
        await other.add([an_update("b", 2**70)], NOON)
    assert [update.chat for update in await other.claim(9, in_seconds(99))] == [1]


async def test_what_was_stored_before_a_database_that_hung_is_left_to_whoever_stored_it(
    two: tuple[Storage, Storage], postgresql_url: str, postgresql: PostgreSQLServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await other.add([an_update("its own", 2)], NOON)
    monkeypatch.setattr("bot.storage.inbox._SLOW", 0.2)
    with postgresql.holding("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE", postgresql_url):
        adding = asyncio.create_task(one.add([an_update("a")], NOON))
        await asyncio.sleep(0.2)
        claiming = asyncio.create_task(other.claim(9, in_seconds(99)))
        await asyncio.sleep(0.5)
    assert await adding == 1
    assert [update.chat for update in await claiming] == [2]
    assert await other.claim(9, in_seconds(99), without=[2]) == []
    assert [update.chat for update in await one.claim(9, NOON)] == [1]


async def test_what_is_stored_as_its_own_is_left_to_whoever_stored_it_for_two_seconds(
    two: tuple[Storage, Storage],
) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update("own", 1), an_update("own too", 2)], NOON, own=True)
    await one.add([an_update("anybody's", 3)], NOON)
    assert [update.chat for update in await other.claim(9, in_seconds(1.9))] == [3]
    assert [update.chat for update in await one.claim(1, NOON)] == [1]
    assert [update.chat for update in await other.claim(9, in_seconds(9), without=[3])] == [2]


async def _claims_nothing_once_stopped(inbox: Inbox, server: PostgreSQLServer) -> None:
    server.stop()
    with pytest.raises(StorageError):
        await inbox.claim(9, NOON)


async def test_what_another_has_stored_already_is_nobodys_own(
    two: tuple[Storage, Storage], postgresql: PostgreSQLServer
) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await other.add([an_update("a")], NOON)
    assert await one.add([an_update("a")], NOON, own=True) == 0
    await _claims_nothing_once_stopped(one, postgresql)


async def test_what_was_stored_as_its_own_is_handed_back_with_the_rest(
    two: tuple[Storage, Storage], postgresql: PostgreSQLServer
) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update("a")], NOON, own=True)
    await one.release()
    assert [update.chat for update in await other.claim(9, NOON)] == [1]
    await _claims_nothing_once_stopped(one, postgresql)


async def test_what_was_stored_as_its_own_is_claimed_while_the_server_is_away(
    two: tuple[Storage, Storage], postgresql: PostgreSQLServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.inbox._SURE", 60.0)
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update(key, chat) for key, chat in (("a", 1), ("b", 1), ("c", 2), ("d", 3))], NOON, own=True)
    assert [update.body for update in await one.claim(1, NOON, without=[2, 3])] == ['{"key":"a"}']
    postgresql.stop()
    assert [update.body for update in await one.claim(1, NOON, without=[3])] == ['{"key":"b"}']
    assert [update.body for update in await one.claim(9, NOON, without=[3])] == ['{"key":"c"}']
    assert [update.body for update in await one.claim(9, NOON)] == ['{"key":"d"}']
    for inbox in (one, other):
        with pytest.raises(StorageError):
            await inbox.claim(9, NOON)


async def test_what_others_may_have_claimed_is_not_claimed_while_the_server_is_away(
    two: tuple[Storage, Storage], postgresql: PostgreSQLServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = two[0].inbox("telegram")
    monkeypatch.setattr("bot.storage.inbox._SURE", 0.0)
    await inbox.add([an_update("a")], NOON, own=True)
    await _claims_nothing_once_stopped(inbox, postgresql)


async def test_it_is_known_since_when_a_server_is_away(
    two: tuple[Storage, Storage], postgresql: PostgreSQLServer
) -> None:
    database, inbox = two[0]._database, two[0].inbox("telegram")
    for use in (inbox.counts, partial(inbox.add, [an_update("a")], NOON)):
        postgresql.stop()
        before = time.monotonic()
        for _ in range(2):
            with pytest.raises(StorageError):
                await use()
        since = database.away_since
        assert since is not None
        assert since >= before
        with pytest.raises(StorageError):
            await use()
        assert database.away_since == since
        postgresql.start()
        await use()
        assert database.away_since is None


async def test_nothing_is_claimed_by_one_that_alone_cannot_use_the_database(
    two: tuple[Storage, Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = two[0].inbox("telegram")
    monkeypatch.setattr("bot.storage.inbox._SURE", 60.0)
    monkeypatch.setattr("bot.storage.database._LOOKING_SECONDS", 0.2)
    await inbox.add([an_update("a")], NOON, own=True)
    with two[0].offline(), pytest.raises(StorageError):
        await inbox.claim(9, NOON)
    assert [update.chat for update in await inbox.claim(9, NOON)] == [1]


async def test_more_that_is_known_of_what_waits_is_kept(two: tuple[Storage, Storage]) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update("waits", 1), an_update("ends", 2)], NOON)
    (ends,) = await one.claim(1, NOON, without=[1])
    await one.finish(ends.number)
    again = [an_update(key, chat, "more") for chat, key in enumerate(("waits", "ends", "new"), 1)]
    assert await one.add(again, NOON, again=True) == 1
    assert [(update.chat, update.body) for update in await other.claim(9, NOON)] == [(1, "more"), (3, "more")]


async def test_failed_update_can_be_claimed_at_once(two: tuple[Storage, Storage]) -> None:
    one, other = (storage.inbox("telegram") for storage in two)
    await one.add([an_update("a")], NOON)
    (head,) = await one.claim(9, NOON)
    assert await one.failed(head.number) == 1
    assert [update.attempts for update in await other.claim(9, NOON)] == [1]


async def test_instances_share_updates_without_ever_sharing_a_chat(two: tuple[Storage, Storage]) -> None:
    chosen = random.Random(7)  # noqa: S311  # which chats come in which order, not a secret
    keys = [(f"{number:03}", chosen.randrange(9)) for number in range(120)]
    await two[0].inbox("telegram").add([an_update(key, chat, key) for key, chat in keys], NOON)
    in_work: set[int] = set()
    handled: dict[int, list[str]] = defaultdict(list)

    async def work(storage: Storage) -> None:
        inbox = storage.inbox("telegram")
        while claimed := await inbox.claim(3, NOON):
            for head in claimed:
                async with storage.unit():
                    assert head.chat not in in_work
                    in_work.add(head.chat)
                    await asyncio.sleep(chosen.random() / 200)
                    in_work.remove(head.chat)
                    handled[head.chat].append(head.body)
                    await inbox.finish(head.number)

    await asyncio.gather(*(work(storage) for storage in two for _ in range(4)))
    assert {chat: bodies for chat, bodies in handled.items() if bodies != sorted(bodies)} == {}
    assert sorted(key for bodies in handled.values() for key in bodies) == [key for key, _ in keys]


async def test_update_of_an_instance_that_is_killed_is_handled_by_another(postgresql_url: str) -> None:
    async with Storage.open(postgresql_url) as storage:
        inbox = storage.inbox("telegram")
        await inbox.add([an_update("a"), an_update("b")], NOON)
        with a_process(_CLAIM_AND_WAIT, postgresql_url) as process:
            assert line_of(process) == "done but for the end"
            assert await inbox.claim(9, in_seconds(99)) == []

        async def claimed_by_another() -> bool:
            return [update.body for update in await inbox.claim(9, in_seconds(10))] == ['{"key":"a"}']

        await until(claimed_by_another)
        assert await storage.questions.listed() == []


async def test_handler_whose_connection_is_cut_has_no_effect_and_the_next_goes_on(
    postgresql: PostgreSQLServer, postgresql_url: str
) -> None:
    async with Storage.open(postgresql_url, busy_timeout=1) as storage:
        inbox = storage.inbox("telegram")
        await inbox.add([an_update("a")], NOON)
        (head,) = await inbox.claim(1, NOON)

        async def handle(*, cut: bool) -> None:
            async with storage.unit():
                await storage.questions.record(a_question())
                if cut:
                    postgresql.restart()
                await inbox.finish(head.number)

        with pytest.raises(StorageError):
            await handle(cut=True)
        assert await storage.questions.listed() == []
        await handle(cut=False)
        assert len(await storage.questions.listed()) == 1


@pytest.mark.parametrize("how", ["stop", "kill"])
async def test_server_that_is_away_is_told_and_used_again_when_it_is_back(
    postgresql: PostgreSQLServer, postgresql_url: str, how: str
) -> None:
    async with Storage.open(postgresql_url, busy_timeout=1) as storage:
        inbox = storage.inbox("telegram")
        assert await inbox.add([an_update("before")], NOON) == 1
        getattr(postgresql, how)()
        for _ in range(3):
            with pytest.raises(StorageError):
                await inbox.add([an_update("meanwhile")], NOON)
        postgresql.start()
        assert await inbox.add([an_update("before"), an_update("meanwhile")], NOON) == 1


async def test_call_is_claimed_by_one_instance(two: tuple[Storage, Storage]) -> None:
    outboxes = [storage.outbox("telegram") for storage in two]
    await outboxes[0].add([a_call(str(chat), chat) for chat in range(40)], NOON)
    claims = await asyncio.gather(*(claimed(outbox, limit=5) for outbox in outboxes for _ in range(8)))
    while more := await claimed(outboxes[0], limit=5):
        claims.append(more)
    assert sorted(text for calls in claims for text in texts(calls)) == sorted(map(str, range(40)))


async def test_call_of_an_instance_that_died_is_anothers_when_its_lease_ends(two: tuple[Storage, Storage]) -> None:
    one, other = (storage.outbox("telegram") for storage in two)
    await one.add([a_call("a"), a_call("b")], NOON)
    await claimed(one, newest=41)
    assert await other.recover(in_seconds(5)) == 0
    assert await claimed(other, in_seconds(5)) == []
    (call,) = await claimed(other, in_seconds(20))
    assert (call.arguments["text"], call.doubtful, call.after) == ("a", True, 41)


async def test_call_that_a_stopping_instance_lets_go_is_anothers_at_once_and_doubtful(
    two: tuple[Storage, Storage],
) -> None:
    one, other = (storage.outbox("telegram") for storage in two)
    await one.add([a_call("a", 1), a_call("b", 2), a_call("c", 3)], NOON)
    made, _ = await claimed(one, newest=41, limit=2)
    (others,) = await claimed(other)
    await claimed(one, NOON, Sent(made.number, 42), limit=0)
    assert await one.let_go(in_seconds(1)) == 1, "neither what was made nor what another makes"
    assert await claimed(other, NOON) == []
    (call,) = await claimed(other, in_seconds(1))
    assert (call.arguments["text"], call.doubtful, call.after) == ("b", True, 41)
    assert others.number != call.number
    assert await one.let_go(in_seconds(2)) == 0, "it is the other's now"


async def test_of_an_instance_whose_lease_has_ended_only_that_it_sent_still_counts(
    two: tuple[Storage, Storage],
) -> None:
    one, other = (storage.outbox("telegram") for storage in two)
    await one.add([a_call("a"), a_call("b")], NOON)
    (slow,) = await claimed(one)
    await claimed(other, in_seconds(20))
    for late in (Postponed(slow.number, NOON), Closed(slow.number, "late")):
        assert await claimed(one, in_seconds(21), late) == []
    assert texts(await claimed(one, in_seconds(22), Sent(slow.number, 7))) == ["b"]
    assert await claimed(other, in_seconds(23), Postponed(slow.number, NOON)) == []
    assert await one.known_messages(0) == {7}


async def test_of_instances_that_claim_a_report_at_once_one_has_it(two: tuple[Storage, Storage]) -> None:
    claims = (storage.follow_up.cards.claim_digest("telegram-staff-reviews", NOON.date(), NOON) for storage in two)
    assert sorted(await asyncio.gather(*claims)) == [False, True]
