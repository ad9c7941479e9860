"""While the database cannot be written, known answers are given, and nothing is confirmed."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from typing import Any

import pytest
from telegram import Update

from handlers.telegram.lifecycle import running
from handlers.telegram.updates.transaction import Routed
from tests.bot.dialogue.small_city import KNOWN
from tests.handlers.telegram.building import World, a_stopped_world, ready
from tests.local_telegram.citizen import Citizen

_PATIENCE = 60
"""Seconds; a busy machine needs some."""


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with (
        a_stopped_world(busy_timeout=0.1) as world,
        running(world.door, world.door.polling.run, ready(world.router)),
    ):
        yield world


@asynccontextmanager
async def locked(world: World) -> AsyncIterator[None]:
    """Another program writes to the database all the time."""
    with closing(sqlite3.connect(world.file, isolation_level=None, check_same_thread=False)) as other:
        await asyncio.to_thread(other.execute, "BEGIN EXCLUSIVE")  # the assistant must be able to end what it writes
        yield
        other.execute("ROLLBACK")


async def _replied_to_while_locked(world: World, citizen: Citizen, question: str) -> None:
    """A run of the assistant in which the question is replied to and confirmed, and cannot be stored."""
    async with running(world.door, world.door.polling.run, ready(world.router)):
        await asyncio.wait_for(world.settled(), _PATIENCE)
        async with locked(world):
            await citizen.type(question)
            await _screen_of(citizen, 2)
            await asyncio.wait_for(world.telegram.all_confirmed(), _PATIENCE)


async def test_known_answers_are_given_and_the_rest_follows_once(world: World) -> None:
    sure, unknown = Citizen(world.telegram, user_id=7), Citizen(world.telegram, user_id=8)
    await asyncio.wait_for(world.settled(), _PATIENCE)
    async with locked(world):
        await sure.type("예산이 얼마예요?")
        await unknown.type("날씨 어때요?")
        await _screen_of(sure, 2)
        assert len(unknown.screen()) == 1
    await asyncio.wait_for(world.settled(), _PATIENCE)
    assert [len(citizen.screen()) for citizen in (sure, unknown)] == [2, 2]
    assert [str(state) for state in await world.states()] == ["open"]


async def test_who_is_in_danger_gets_the_number_at_once(world: World) -> None:
    sure, doubtful = Citizen(world.telegram, user_id=7), Citizen(world.telegram, user_id=8)
    await asyncio.wait_for(world.settled(), _PATIENCE)
    async with locked(world):
        await sure.type("죽고 싶어요")
        await doubtful.type("요즘 너무 우울해요")
        for citizen in (sure, doubtful):
            await _screen_of(citizen, 2)
            assert "109" in citizen.screen()[-1].text
    await asyncio.wait_for(world.settled(), _PATIENCE)


async def test_nothing_is_confirmed_that_is_not_stored(world: World) -> None:
    citizen = Citizen(world.telegram)
    await asyncio.wait_for(world.settled(), _PATIENCE)
    async with locked(world):
        await citizen.type("날씨 어때요?")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(world.telegram.all_confirmed(), 1)
    await asyncio.wait_for(world.settled(), _PATIENCE)
    assert len(citizen.screen()) == 2


async def _screen_of(citizen: Citizen, messages: int) -> None:
    async with asyncio.timeout(_PATIENCE):
        while len(citizen.screen()) < messages:  # noqa: ASYNC110 - a screen has no event
            await asyncio.sleep(0.01)


async def _all_stored(world: World) -> None:
    await world.telegram.all_confirmed()
    while world.journal and world.journal.entries:  # noqa: ASYNC110 - a journal has no event
        await asyncio.sleep(0.01)
    await world.settled()


@pytest.fixture
async def world_with_journal() -> AsyncIterator[World]:
    async with (
        a_stopped_world(busy_timeout=0.1, has_journal=True) as world,
        running(world.door, world.door.polling.run, ready(world.router)),
    ):
        yield world


async def test_with_a_journal_everything_is_confirmed_and_nothing_is_answered_twice(world_with_journal: World) -> None:
    world = world_with_journal
    citizens = [Citizen(world.telegram, user_id=number) for number in range(7, 12)]
    await asyncio.wait_for(world.settled(), _PATIENCE)
    async with locked(world):
        for citizen in citizens[:-1]:
            await citizen.type("예산이 얼마예요?")
        await citizens[-1].type("날씨 어때요?")
        await asyncio.wait_for(world.telegram.all_confirmed(), _PATIENCE)
        for citizen in citizens[:-1]:
            await _screen_of(citizen, 2)
        assert world.journal
        assert [entry.served for entry in world.journal.entries] == [True] * 4 + [False]
    await asyncio.wait_for(_all_stored(world), _PATIENCE)
    assert [len(citizen.screen()) for citizen in citizens] == [2] * 5
    assert world.journal.entries == []
    assert [str(state) for state in await world.states()] == ["open"]


async def test_what_was_stored_just_before_is_replied_to_as_well(
    world_with_journal: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, is_away, consider = world_with_journal, asyncio.Event(), world_with_journal.router.consider
    known, unknown = (Citizen(world.telegram, user_id=number) for number in (7, 8))
    await asyncio.wait_for(world.settled(), _PATIENCE)

    async def considered(update: Update) -> Routed:
        await is_away.wait()
        return await consider(update)

    monkeypatch.setattr(world.router, "consider", considered)
    await known.type("예산이 얼마예요?")
    await unknown.type("날씨 어때요?")
    await asyncio.wait_for(world.telegram.all_confirmed(), _PATIENCE)
    async with locked(world):
        is_away.set()
        for citizen in (known, unknown):
            await _screen_of(citizen, 2)
        assert world.journal
        async with asyncio.timeout(_PATIENCE):
            while len(world.journal.entries) < 2:  # noqa: ASYNC110 - a journal has no event
                await asyncio.sleep(0.01)
    await asyncio.wait_for(_all_stored(world), _PATIENCE)
    assert [len(citizen.screen()) for citizen in (known, unknown)] == [2, 2]
    assert [str(state) for state in await world.states()] == ["open"]


async def _replied_to_without_the_database(world: World, citizen: Citizen, question: str) -> None:
    """The question is asked while nothing can be stored, replied to then, and stored afterwards."""
    await asyncio.wait_for(world.settled(), _PATIENCE)
    async with locked(world):
        await citizen.type(question)
        await _screen_of(citizen, 2)
    await asyncio.wait_for(_all_stored(world), _PATIENCE)


async def test_a_question_for_staff_is_replied_to_at_once_and_recorded_once_the_database_is_back(
    world_with_journal: World,
) -> None:
    world, citizen = world_with_journal, Citizen(world_with_journal.telegram)
    await _replied_to_without_the_database(world, citizen, "날씨 어때요?")
    assert [str(state) for state in await world.states()] == ["open"]
    assert len(citizen.screen()) == 2
    await citizen.press("답변이 나오면 알려 주세요")
    await asyncio.wait_for(_all_stored(world), _PATIENCE)
    assert "접수번호" in citizen.screen()[-1].text


async def test_suggestions_that_were_made_without_the_database_can_be_turned_down(world_with_journal: World) -> None:
    world, citizen = world_with_journal, Citizen(world_with_journal.telegram)
    await _replied_to_without_the_database(world, citizen, "얼마나 들어요?")
    assert [str(state) for state in await world.states()] == ["offered"]
    await citizen.press("찾는 내용이 없어요")
    await asyncio.wait_for(_all_stored(world), _PATIENCE)
    assert [str(state) for state in await world.states()] == ["open"]


async def test_what_was_told_before_is_replaced_by_the_answer_that_the_conversation_gives(
    world_with_journal: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, citizen = world_with_journal, Citizen(world_with_journal.telegram)
    await asyncio.wait_for(world.settled(), _PATIENCE)
    async with locked(world):
        await citizen.type("날씨 어때요?")
        await _screen_of(citizen, 2)
        monkeypatch.setitem(KNOWN, "날씨 어때요?", KNOWN["예산이 얼마예요?"])
    await asyncio.wait_for(_all_stored(world), _PATIENCE)
    assert citizen.screen()[-1].text.startswith("4,116억 원")


async def test_more_than_a_hundred_that_wait_are_all_served(world_with_journal: World) -> None:
    world = world_with_journal
    citizens = [Citizen(world.telegram, user_id=number) for number in range(1000, 1130)]
    await asyncio.wait_for(world.settled(), _PATIENCE)
    async with locked(world):
        await asyncio.gather(*(citizen.type("예산이 얼마예요?") for citizen in citizens))
        for citizen in citizens:
            await _screen_of(citizen, 2)
    await asyncio.wait_for(world.settled(), _PATIENCE)
    assert {len(citizen.screen()) for citizen in citizens} == {2}


async def test_what_was_answered_without_storing_is_not_answered_again_after_a_restart() -> None:
    async with a_stopped_world(busy_timeout=0.1, has_journal=True) as world:
        citizen = Citizen(world.telegram)
        await _replied_to_while_locked(world, citizen, "예산이 얼마예요?")
        update = world.journal.entries[0].update if world.journal else None
        world.__post_init__()  # another process, with what the journal has
        async with running(world.door, world.door.polling.run, ready(world.router)):
            await world.settled()
            assert update
            await world.door.intake.take_raw(update.body.encode())  # brought again, as it came
            await asyncio.wait_for(world.settled(), _PATIENCE)
        assert len(citizen.screen()) == 2


async def test_what_was_replied_to_and_stored_late_is_only_recorded_after_a_restart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("handlers.telegram.updates.intake._EMPTYING_SECONDS", 60.0)
    async with a_stopped_world(busy_timeout=0.1, has_journal=True) as world:
        citizen = Citizen(world.telegram)
        await _replied_to_while_locked(world, citizen, "날씨 어때요?")
        assert world.journal
        (kept,) = world.journal.entries
        body = json.loads(kept.update.body)
        del body["answered"]  # as a commit that was under way has it
        await world.door.inbox.add([replace(kept.update, body=json.dumps(body))], world.clock())
        world.__post_init__()  # another process, with what the journal has
        async with running(world.door, world.door.polling.run, ready(world.router)):
            await asyncio.wait_for(_all_stored(world), _PATIENCE)
        assert len(citizen.screen()) == 2
        assert [str(state) for state in await world.states()] == ["open"]


async def test_not_everybody_waits_to_find_out_that_the_database_is_away(
    world_with_journal: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = world_with_journal
    await asyncio.wait_for(world.settled(), _PATIENCE)
    tries = 0
    add = world.door.inbox.add

    async def counted(*arguments: Any, **named: Any) -> int:
        nonlocal tries
        tries += 1
        return await add(*arguments, **named)

    monkeypatch.setattr(world.door.inbox, "add", counted)
    person = {"id": 7, "is_bot": False, "first_name": ""}
    message = {"date": 1_800_000_000, "chat": {"id": 7, "type": "private"}, "from": person, "text": "날씨 어때요?"}
    bodies = [
        json.dumps({"update_id": 1000 + number, "message": message | {"message_id": 1000 + number}}).encode()
        for number in range(30)
    ]
    async with locked(world):
        await world.door.intake.take_raw(bodies[0])
        await asyncio.gather(*map(world.door.intake.take_raw, bodies[1:]))
        assert tries < 10
    assert world.journal
    async with asyncio.timeout(_PATIENCE):
        while world.journal.entries or (await world.door.inbox.counts()).waiting:  # noqa: ASYNC110 - no event says it
            await asyncio.sleep(0.05)


async def test_what_is_stored_after_it_was_answered_is_not_answered_again(
    world_with_journal: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = world_with_journal
    await asyncio.wait_for(world.settled(), _PATIENCE)
    answered = asyncio.Event()
    add, adding = world.door.inbox.add, set[asyncio.Task[int]]()

    async def commits_late(*arguments: Any, done: bool = False, **_: Any) -> int:
        async def late() -> int:
            if not done:
                await answered.wait()
            return await add(*arguments, done=done)

        adding.add(task := asyncio.create_task(late()))
        return await asyncio.shield(task)

    monkeypatch.setattr(world.door.inbox, "add", commits_late)
    monkeypatch.setattr("handlers.telegram.updates.intake._STORING_SECONDS", 0.1)
    monkeypatch.setattr("handlers.telegram.updates.intake._EMPTYING_SECONDS", 60.0)
    citizen = Citizen(world.telegram)
    await citizen.type("예산이 얼마예요?")
    await _screen_of(citizen, 2)
    answered.set()
    await asyncio.wait(adding)
    await asyncio.wait_for(world.settled(), _PATIENCE)
    assert len(citizen.screen()) == 2
