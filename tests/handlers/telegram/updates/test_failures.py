import asyncio
import logging
from typing import Any

import pytest
from telegram import Update

from bot.errors import FinderAwayError, StorageError
from handlers.telegram.updates.dispatcher import CHATS_AT_ONCE
from handlers.telegram.updates.transaction import MOST_ATTEMPTS, Routed
from tests.bot.storage.delivering import until
from tests.bot_api.refusals import Refusal, bad_request, too_many
from tests.handlers.telegram.building import World

SORRY = "지금은 잠시 문제가 있어요. 조금 뒤에 다시 적어 주세요."


class SomeError(Exception):
    """What no handler expects."""


def break_matching(world: World) -> None:
    def match(*_: object) -> None:
        raise SomeError

    world.matcher.match = match  # type: ignore[assignment, method-assign]


async def test_a_failure_is_told_once_and_logged_without_words(world: World, caplog: pytest.LogCaptureFixture) -> None:
    break_matching(world)
    citizen = world.citizen()
    with caplog.at_level(logging.DEBUG):
        await citizen.type("비밀스러운 질문이에요")
    assert [seen.text for seen in citizen.screen() if not seen.own] == [SORRY]
    assert "비밀" not in caplog.text
    assert "SomeError" in caplog.text
    (letter,) = await world.door.inbox.dead_letters()
    assert letter.reason == "SomeError"


async def test_a_failed_update_holds_nobody_up(world: World) -> None:
    citizen = world.citizen()
    find = world.matcher.match
    break_matching(world)
    await citizen.type("비밀스러운 질문이에요")
    world.matcher.match = find  # type: ignore[method-assign]
    await citizen.type("예산이 얼마예요?")
    assert citizen.screen()[-1].text.startswith("4,116억 원")


async def test_an_update_outlasts_a_knowledge_base_that_is_away_for_long(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    find, tries = world.matcher.match, 0

    def away_at_first(*arguments: Any) -> Any:
        nonlocal tries
        tries += 1
        if tries <= 2 * MOST_ATTEMPTS:
            raise FinderAwayError("a question could not be looked up within 60 seconds")
        return find(*arguments)

    monkeypatch.setattr(world.matcher, "match", away_at_first)
    citizen = world.citizen()
    await citizen.type("예산이 얼마예요?")
    (answer,) = (seen.text for seen in citizen.screen() if not seen.own)
    assert answer.startswith("4,116억 원")
    assert await world.door.inbox.dead_letters() == []


async def test_commands_are_handled_while_more_questions_than_there_are_places_wait_to_be_looked_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    consider, is_back = world.router.consider, asyncio.Event()

    async def considered(update: Update) -> Routed:
        if update.message and not str(update.message.text).startswith("/"):
            await is_back.wait()
        return await consider(update)

    monkeypatch.setattr(world.router, "consider", considered)
    waiting = [world.citizen(100 + number) for number in range(2 * CHATS_AT_ONCE)]
    helped = world.citizen()
    asking = [asyncio.create_task(citizen.type("예산이 얼마예요?")) for citizen in waiting]
    asking.append(asyncio.create_task(helped.type("/help")))

    async def is_helped() -> bool:
        return any(not seen.own for seen in helped.screen())

    await until(is_helped)
    assert all(seen.own for citizen in waiting for seen in citizen.screen())
    is_back.set()
    await asyncio.gather(*asking)
    assert all(citizen.screen()[-1].text.startswith("4,116억 원") for citizen in waiting)


async def test_an_answer_is_given_without_a_memory(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise StorageError("the database is locked")

    monkeypatch.setattr(world.storage.conversations, "recall", fail)
    citizen = world.citizen()
    for text in ("/start", "예산이 얼마예요?"):
        await citizen.type(text)
    await citizen.press("언제까지 하나요?")
    assert SORRY not in [seen.text for seen in citizen.screen()]
    assert citizen.screen()[-1].text.startswith("고르신 질문")


async def test_what_telegram_cannot_parse_is_sent_as_plain_text(world: World) -> None:
    world.telegram.refuse_next("sendMessage", bad_request("can't parse entities: Unsupported start tag"))
    citizen = world.citizen()
    await citizen.type("예산이 얼마예요?")
    assert citizen.screen()[-1].text.startswith("4,116억 원입니다 <국비 & 시비>.")
    assert citizen.screen()[-1].labels[0] == "언제까지 하나요?"


async def test_an_edit_that_telegram_cannot_parse_is_plain_too(world: World) -> None:
    citizen = world.citizen()
    await citizen.type("얼마나 들어요?")
    world.telegram.refuse_next("editMessageText", bad_request("can't parse entities: Unexpected end tag"))
    await citizen.press("예산이 얼마예요?")
    assert "4,116억 원입니다" in citizen.screen()[-1].text


async def test_an_answer_waits_when_telegram_asks_for_it(world: World) -> None:
    world.telegram.refuse_next("sendMessage", too_many(1))
    citizen = world.citizen()
    await citizen.type("예산이 얼마예요?")
    assert len(citizen.screen()) == 2


async def test_what_certainly_did_not_arrive_is_sent_again(world: World) -> None:
    world.telegram.refuse_next("sendMessage", Refusal(502, "Bad Gateway"))
    citizen = world.citizen()
    await citizen.type("예산이 얼마예요?")
    assert len(citizen.screen()) == 2


async def test_a_citizen_who_blocked_the_assistant_is_no_error(world: World, caplog: pytest.LogCaptureFixture) -> None:
    citizen = world.citizen()
    citizen.chat.state = "blocked"
    await citizen.type("예산이 얼마예요?")
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert (await world.door.outbox.counts()).closed == 1


@pytest.mark.parametrize(
    "odd",
    [{"message_id": "?", "poll": {"id": 1}}, {"chat": {}, "date": "x"}, {"text": "?", "from": None}],
)
async def test_an_update_that_cannot_be_read_is_put_aside(world: World, odd: dict[str, object]) -> None:
    world.telegram.push("message", odd)
    citizen = world.citizen()
    await citizen.type("예산이 얼마예요?")
    assert len(citizen.screen()) == 2
    assert (await world.door.inbox.counts()).dead == 1
