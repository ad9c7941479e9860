"""PostgreSQL as an operator meets it: rights, passwords, few connections, locks, TLS, a server that is away."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from bot.delivery import InboxCounts
from bot.errors import StorageAwayError, StorageError, StorageGoneError
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON
from tests.bot.storage.delivering import an_update
from tests.postgresql import PostgreSQLServer

_FEW = 10
"""Enough for two instances."""


async def test_role_without_rights_is_told_in_one_line(postgresql: PostgreSQLServer) -> None:
    postgresql.new_database("powerless")
    url = postgresql.new_database().replace("://postgres@", "://powerless@")
    with pytest.raises(StorageError, match=r"^the database \S+ cannot be used: permission denied for schema public$"):
        async with Storage.open(url):
            pass


@pytest.mark.parametrize("password", ["p@ss:w/rd", "a?b#c", "'quoted' 0"])
async def test_password_may_hold_any_character(postgresql: PostgreSQLServer, password: str) -> None:
    url = postgresql.new_database("guarded")
    postgresql.ask_for_password("guarded", password)
    async with Storage.open(url.replace("guarded@", f"guarded:{password}@")) as storage:
        await storage.prove_writing()
    with pytest.raises(StorageError, match="password authentication failed") as wrong:
        async with Storage.open(url.replace("guarded@", "guarded:HUNTER2@")):
            pass
    assert "HUNTER2" not in str(wrong.value)
    assert not isinstance(wrong.value, StorageAwayError), "it does not pass by itself"


async def test_instances_that_begin_together_make_the_tables_once(postgresql: PostgreSQLServer) -> None:
    url = postgresql.new_database()

    async def begin(number: int) -> int:
        async with Storage.open(url) as storage:
            return await storage.inbox("telegram").add([an_update(str(number))], NOON)

    assert await asyncio.gather(*map(begin, range(4))) == [1] * 4


async def test_few_connections_make_it_slower_and_nothing_fail(postgresql: PostgreSQLServer) -> None:
    url = postgresql.new_database("city")
    patient = partial(Storage.open, url, busy_timeout=60)
    async with patient() as one, patient() as other:
        locks = [storage._database.backend.lock("receiving") for storage in (one, other)]
        name = url.partition("@/")[2].partition("?")[0]
        postgresql.say(f"ALTER DATABASE {name} CONNECTION LIMIT {_FEW}", url)
        postgresql.cut(url)
        assert [await lock.take() for lock in locks] == [True, False]
        inboxes = [storage.inbox("telegram") for storage in (one, other)]
        adding = [inbox.add([an_update(str(n))], NOON) for n, inbox in enumerate(inboxes * 30)]
        assert await asyncio.gather(*adding) == [1] * 60
        assert (one.failures, other.failures) == (0, 0)
        await locks[0].release()


async def test_instance_in_reserve_keeps_no_connection(postgresql_url: str) -> None:
    async with Storage.open(postgresql_url) as one, Storage.open(postgresql_url) as other:
        holds, waits = (storage._database.backend.lock("receiving") for storage in (one, other))
        assert await holds.take()
        assert not await waits.take()
        assert not await waits.is_held()
        await holds.release()
        assert await waits.take()
        await waits.release()


async def test_statement_that_waits_for_a_lock_gives_up_and_leaves_nothing(
    postgresql: PostgreSQLServer, postgresql_url: str
) -> None:
    async with Storage.open(postgresql_url, busy_timeout=1) as storage:
        inbox = storage.inbox("telegram")
        with (
            postgresql.holding("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE", postgresql_url),
            pytest.raises(StorageError, match="lock timeout"),
        ):
            await inbox.add([an_update("a")], NOON)
        assert await inbox.counts() == InboxCounts(0, None, 0)
        assert await inbox.add([an_update("a")], NOON) == 1


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["127.0.0.1", "127.0.0.2"]])
async def test_server_at_none_of_whose_addresses_anything_listens_is_away_for_everybody(
    addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo

    def looked_up(host: str, *more: Any, **named: Any) -> Any:
        found = addresses if host == "a-server" else [host]
        return [each for address in found for each in look_up(address, *more, **named)]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    with pytest.raises(StorageGoneError, match="cannot be reached"):
        async with Storage.open("postgresql+asyncpg://u@a-server:9/n"):
            pass


async def test_server_that_is_away_at_the_start_is_waited_for(
    postgresql: PostgreSQLServer, postgresql_url: str
) -> None:
    async def begin() -> None:
        async with Storage.open_when_there(postgresql_url) as storage:
            await storage.prove_writing()

    postgresql.stop()
    beginning = asyncio.create_task(begin())
    await asyncio.sleep(0.5)
    assert not beginning.done()
    postgresql.start()
    await beginning


_REFUSED = b"""no pg_hba.conf entry for host "127.0.0.1", user "u", database "n", no encryption"""


@asynccontextmanager
async def _a_server(answer: bytes) -> AsyncIterator[int]:
    """Answers the first message of each connection so; gives its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        length = int.from_bytes(await reader.readexactly(4))
        await reader.readexactly(length - 4)
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1")
    async with server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize(
    ("tls", "answer", "says"),
    [
        ("require", b"N", "cannot be reached|rejected SSL"),
        (
            "disable",
            b"E" + (4 + len(_REFUSED) + 17).to_bytes(4) + b"SFATAL\0C28000\0M" + _REFUSED + b"\0\0",
            "no encryption",
        ),
    ],
    ids=["TLS that the server has not", "TLS that the server requires"],
)
async def test_tls_that_only_one_side_wants_ends_the_start_in_one_line(tls: str, answer: bytes, says: str) -> None:
    async with _a_server(answer) as port:
        url = f"postgresql+asyncpg://u:HUNTER2@127.0.0.1:{port}/n?sslmode={tls}"
        with pytest.raises(StorageError, match=says) as refused:
            async with Storage.open(url):
                pass
    assert not isinstance(refused.value, StorageAwayError), "it does not pass by itself"
    assert len(str(refused.value).splitlines()) == 1
    assert "HUNTER2" not in str(refused.value)


async def test_it_is_known_whether_the_server_is_away_for_everybody(
    postgresql: PostgreSQLServer, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.database._LOOKING_SECONDS", 0.3)
    async with Storage.open(postgresql_url) as storage:
        inbox = storage.inbox("telegram")
        assert not await inbox.is_gone()
        with storage.offline():
            assert not await inbox.is_gone(), "this process alone leaves it"
        await asyncio.to_thread(postgresql.stop)
        try:
            assert await inbox.is_gone()
        finally:
            await asyncio.to_thread(postgresql.start)
        assert not await inbox.is_gone()


async def test_server_that_has_cut_a_connection_is_asked_again_before_that_is_known(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = iter([StorageError("connection was closed"), StorageGoneError("cannot be reached")])

    async def read(_: object) -> None:
        raise next(says)

    monkeypatch.setattr(storage._database, "read", read)
    assert await storage.inbox("telegram").is_gone()
