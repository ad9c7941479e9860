"""What comes next is found quickly, however much waits and however much is done.

The bound is generous: what scans all rows for each step takes several times as long. It is of the processor's time,
PostgreSQL's included: what else the machine does meanwhile does not count.
"""

from collections.abc import Awaitable, Callable
from itertools import count

import pytest
from sqlalchemy import Connection, bindparam, text

from bot.delivery import Sent
from bot.storage.storage import Storage
from bot.storage.tables import UtcTime
from tests.bot.storage.building import NOON
from tests.bot.storage.delivering import a_call, an_update, claimed, in_seconds
from tests.processor import processor_units_of_all

_MANY = 100_000
_DONE = 300_000
_MOST = 6
"""Units of the processor's time."""

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) "
_UPDATES = (
    "INSERT INTO inbox (channel, key_digest, chat, body, state, attempts, received_at) "
    "SELECT 'telegram', CAST('key' || i AS {bytes}), {chat}, '{{}}', '{state}', 0, :now FROM n"
)
_CALLS = (
    "INSERT INTO outbox (channel, chat, method, arguments, state, attempts, due_at, created_at, ended_at, message) "
    "SELECT 'telegram', {chat}, 'sendMessage', '{{}}', '{state}', 0, :now, :now, {ended}, {message} FROM n"
)


each_spread = pytest.mark.parametrize(
    "chat",
    [
        pytest.param("i", id="a chat each"),
        pytest.param("i % 300", id="300 chats", marks=pytest.mark.soak),
        pytest.param("7", id="one chat"),
    ],
)
"""The short form has both ends."""


async def _fill(storage: Storage, statement: str, many: int, **words: str) -> None:
    """Makes many rows at once; added one by one they would take a minute."""
    bytes_type = "BYTEA" if storage._database.backend.shared else "BLOB"
    filled = text(_NUMBERS + statement.format(bytes=bytes_type, **words))

    def work(connection: Connection) -> None:
        connection.execute(filled.bindparams(bindparam("now", NOON, UtcTime), many=many))

    await storage._database.write(work)


async def _quick(step: Callable[[], Awaitable[object]]) -> None:
    """The best of three: what runs beside slows even the processor."""
    taken = [await processor_units_of_all(step) for _ in range(3)]
    assert min(taken) < _MOST, taken


@each_spread
async def test_next_updates_are_found_among_many_that_wait(storage: Storage, chat: str) -> None:
    inbox = storage.inbox("telegram")
    await _fill(storage, _UPDATES, _MANY, state="waiting", chat=chat)
    moments = count()

    async def step() -> None:
        (head, *_) = await inbox.claim(16, in_seconds(20 * next(moments)))
        async with storage.unit():
            await inbox.finish(head.number)

    await _quick(step)
    await _quick(inbox.counts)
    assert (await inbox.counts()).waiting == _MANY - 3


@each_spread
async def test_next_calls_are_found_among_many_that_wait(storage: Storage, chat: str) -> None:
    outbox = storage.outbox("telegram")
    await _fill(storage, _CALLS, _MANY, state="waiting", chat=chat, ended="NULL", message="NULL")

    async def step() -> None:
        calls = await claimed(outbox, in_seconds(1), limit=8)
        assert await claimed(outbox, in_seconds(1), *(Sent(call.number) for call in calls), limit=0) == []

    await _quick(step)
    await _quick(outbox.counts)
    await _quick(outbox.next_due)


@each_spread
async def test_statistics_from_a_time_when_nothing_waited_mislead_nobody(postgresql_url: str, chat: str) -> None:
    def analyze(connection: Connection) -> None:
        for table in ("inbox", "outbox"):
            connection.execute(text(f"ANALYZE {table}"))

    async with Storage.open(postgresql_url) as storage:
        inbox, outbox = storage.inbox("telegram"), storage.outbox("telegram")
        await _fill(storage, _UPDATES, _MANY, state="done", chat="0")
        await _fill(storage, _CALLS, _MANY, state="sent", chat=chat, ended=":now", message="i")
        await storage._database.write(analyze)
        await _fill(storage, _UPDATES.replace("'key'", "'new'"), _MANY, state="waiting", chat=chat)
        await _fill(storage, _CALLS, _MANY, state="waiting", chat=chat, ended="NULL", message="NULL")
        await _quick(lambda: inbox.claim(16, NOON))
        await _quick(lambda: inbox.claim(16, NOON, range(1, 12)))
        await _quick(lambda: claimed(outbox, in_seconds(1), limit=8))
        await _quick(outbox.next_due)


async def test_what_is_done_slows_nothing_down(storage: Storage) -> None:
    inbox, outbox = storage.inbox("telegram"), storage.outbox("telegram")
    await _fill(storage, _UPDATES, _DONE, state="done", chat="0")
    await _fill(storage, _CALLS, _DONE, state="sent", chat="i % 300", ended=":now", message="i")
    keys = iter(range(10))

    async def step() -> None:
        await inbox.add([an_update(f"new {next(keys)}")], NOON)
        (head,) = await inbox.claim(16, NOON)
        async with storage.unit():
            await outbox.add([a_call()], NOON)
            await inbox.finish(head.number)
        (call,) = await claimed(outbox)
        await claimed(outbox, NOON, Sent(call.number, _DONE + 1))

    await _quick(step)
    for look in (inbox.counts, outbox.counts, outbox.next_due, outbox.newest_message, inbox.dead_letters):
        await _quick(look)
    await _quick(lambda: outbox.known_messages(_DONE - 50))
    await _quick(lambda: storage.purge(NOON, 180))
