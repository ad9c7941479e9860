"""Whoever is forgotten is in no table any more, also not where something went wrong with their messages."""

from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.delivery import Closed, Inbox, ReceivedUpdate, Sent
from bot.storage.digests import citizen_digest, digest_of
from bot.storage.storage import Storage
from bot.storage.tables import INBOX, METADATA
from tests.bot.follow_up.building import CHANNEL, KIM, Office
from tests.bot.storage.building import NOON
from tests.bot.storage.delivering import a_call, claimed, texts

CHAT, OTHER = 71_077_345, 71_077_346
WORDS = "제 이야기입니다"


@pytest.fixture
def office(storage: Storage) -> Office:
    return Office(storage)


async def _everything_kept_of(office: Office, chat: int) -> None:
    """Whatever can be kept of a citizen."""
    storage, outbox, inbox = office.storage, office.outbox, office.storage.inbox(CHANNEL)
    group = await office.group("셔틀 있나요?", first_chat=chat)
    (asker,) = await office.follow_up.citizens.mine(CHANNEL, chat)
    await office.follow_up.citizens.add_note(asker.question, WORDS)
    await office.follow_up.citizens.vote(CHANNEL, chat, 5, "budget", helpful=True)
    await office.follow_up.desk.answer(group, "네", "ko", KIM)
    office.clock.pass_(minutes=1)
    await office.tell()
    await office.deliver(blocked=[chat])
    for call in (a_call(f"sent {WORDS}", chat), a_call(f"refused {WORDS}", chat)):
        await outbox.add([call], office.clock())
        (made,) = await claimed(outbox, office.clock())
        how = Closed(made.number, "refused") if "refused" in texts([made])[0] else Sent(made.number)
        await claimed(outbox, office.clock(), how)
    for key in ("handled", "dead"):
        await inbox.add([ReceivedUpdate(f"{key} {chat}", chat, f"{key} {WORDS}")], NOON)
        (waiting,) = await inbox.claim(9, NOON)
        await (inbox.finish(waiting.number) if key == "handled" else inbox.bury(waiting.number, "TypeError"))
    assert await storage.questions.number_of(f"{CHANNEL}:{chat}:{chat + 7}") == asker.question


async def _values(storage: Storage) -> list[tuple[str, Any]]:
    """Each value of each table, and where it stands; without what tells a second delivery, which is kept for days."""

    def work(connection: Connection) -> list[tuple[str, Any]]:
        columns = [column for table in METADATA.sorted_tables for column in table.columns]
        return [
            (str(column), value)
            for column in columns
            if column is not INBOX.c.key_digest
            for value in connection.execute(select(column)).scalars()
        ]

    return await storage._database.read(work)


async def _kept_of(storage: Storage, chat: int) -> set[str]:
    """Where the citizen's chat, words, or a digest that tells whose something is, stand."""
    key = storage._key
    origins = {digest_of(f"{CHANNEL}:{chat}:{message}", key) for message in range(chat, chat + 20)}
    digests = {citizen_digest(CHANNEL, chat, key), *origins}
    return {
        place
        for place, value in await _values(storage)
        if (isinstance(value, bytes) and value in digests) or any(word in str(value) for word in (str(chat), WORDS))
    }


async def test_nothing_is_kept_of_whoever_is_forgotten(office: Office) -> None:
    await _everything_kept_of(office, CHAT)
    assert await _kept_of(office.storage, CHAT)
    await office.follow_up.citizens.forget(CHANNEL, CHAT)
    assert await _kept_of(office.storage, CHAT) == set()
    assert [question.text for question in await office.storage.questions.listed()] == ["셔틀 있나요?"]


async def test_others_are_not_forgotten(office: Office) -> None:
    await _everything_kept_of(office, OTHER)
    kept = await _kept_of(office.storage, OTHER)
    await office.follow_up.citizens.forget(CHANNEL, CHAT)
    assert await _kept_of(office.storage, OTHER) == kept


async def test_what_is_still_to_be_sent_to_them_is_sent(office: Office) -> None:
    await office.outbox.add([a_call("an answer", CHAT)], office.clock())
    async with office.storage.unit():
        await office.follow_up.citizens.forget(CHANNEL, CHAT)
        await office.outbox.add([a_call("forgotten", CHAT)], office.clock())
    assert await office.deliver() == [(CHAT, "an answer"), (CHAT, "forgotten")]
    assert await _kept_of(office.storage, CHAT) == set()


async def test_nothing_is_kept_of_whoever_blocks_the_assistant_before_they_are_told(office: Office) -> None:
    await office.outbox.add([a_call("forgotten", CHAT)], office.clock())
    await office.follow_up.citizens.forget(CHANNEL, CHAT)
    await office.deliver(blocked=[CHAT])
    assert await _kept_of(office.storage, CHAT) == set()
    assert (await office.outbox.counts()).closed == 1


async def test_an_update_that_is_delivered_again_is_not_handled_again(office: Office) -> None:
    inbox: Inbox = office.storage.inbox(CHANNEL)
    await _everything_kept_of(office, CHAT)
    await office.follow_up.citizens.forget(CHANNEL, CHAT)
    again = [ReceivedUpdate(f"{key} {CHAT}", CHAT, WORDS) for key in ("handled", "dead")]
    assert await inbox.add(again, NOON) == 0
    (letter,) = await inbox.dead_letters()
    assert (letter.body, letter.reason) == (None, "TypeError")
