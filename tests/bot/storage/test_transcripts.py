"""Chats that are kept: each is found by its secret alone, changed in place, and destroyed when its time is over."""

import asyncio
from datetime import timedelta

from bot.records.kept_messages import KeptButton, MessageContent
from bot.storage.storage import Storage
from bot.storage.transcripts import MOST_SHOWN
from tests.bot.storage.building import NOON

SAID = MessageContent("예산이 얼마예요?", "ko", is_own=True, is_literal=True)
ANSWER = MessageContent("**4116억원**", "ko", (KeptButton("도움이 됐어요", "ykbudget", is_short=True),), "적어 주세요")


async def _texts(storage: Storage, chat: int, after: int = 0) -> list[str]:
    return [message.content.text for message in await storage.transcripts.messages(chat, after)]


async def test_chat_is_found_by_its_secret_alone(storage: Storage) -> None:
    mine = await storage.transcripts.open("mine", NOON)
    yours = await storage.transcripts.open("yours", NOON)
    assert mine != yours
    assert await storage.transcripts.open("mine", NOON) == mine
    assert await storage.transcripts.chat("mine") == mine
    assert await storage.transcripts.chat("nobody's") is None


async def test_messages_come_back_as_they_were_kept(storage: Storage) -> None:
    chat = await storage.transcripts.open("mine", NOON)
    asked = await storage.transcripts.add(chat, SAID, NOON)
    answered = await storage.transcripts.add(chat, ANSWER, NOON, asked)
    first, second = await storage.transcripts.messages(chat)
    assert (first.number, first.content, first.reply_to, first.at) == (asked, SAID, None, NOON)
    assert (second.number, second.content, second.reply_to) == (answered, ANSWER, asked)


async def test_only_what_changed_is_asked_for(storage: Storage) -> None:
    chat = await storage.transcripts.open("mine", NOON)
    first = await storage.transcripts.add(chat, SAID, NOON) or 0
    await storage.transcripts.add(chat, ANSWER, NOON)
    seen = (await storage.transcripts.revisions([chat]))[chat]
    assert await _texts(storage, chat, seen) == []
    assert await storage.transcripts.change(chat, first, ANSWER)
    assert await _texts(storage, chat, seen) == [ANSWER.text]
    assert await storage.transcripts.revisions([chat, chat + 1]) == {chat: seen + 1}


async def test_message_is_read_and_changed_in_its_own_chat_alone(storage: Storage) -> None:
    mine = await storage.transcripts.open("mine", NOON)
    yours = await storage.transcripts.open("yours", NOON)
    number = await storage.transcripts.add(yours, SAID, NOON) or 0
    assert await storage.transcripts.message(mine, number) is None
    assert not await storage.transcripts.change(mine, number, ANSWER)
    assert await storage.transcripts.message(mine, 2**70) is None
    assert await _texts(storage, yours) == [SAID.text]


async def test_newest_messages_are_shown_of_a_long_chat(storage: Storage) -> None:
    chat = await storage.transcripts.open("mine", NOON)
    async with storage.unit():
        for number in range(MOST_SHOWN + 5):
            await storage.transcripts.add(chat, MessageContent(str(number), "ko"), NOON)
    shown = await _texts(storage, chat)
    assert (len(shown), shown[0], shown[-1]) == (MOST_SHOWN, "5", str(MOST_SHOWN + 4))


async def test_form_is_taken_once(storage: Storage) -> None:
    chat = await storage.transcripts.open("mine", NOON)
    other = await storage.transcripts.open("yours", NOON)
    assert not await storage.transcripts.has_taken(chat, "form")
    taken = await asyncio.gather(*(storage.transcripts.take(chat, "form", NOON) for _ in range(5)))
    assert sorted(taken) == [False] * 4 + [True]
    assert await storage.transcripts.has_taken(chat, "form")
    assert await storage.transcripts.take(other, "form", NOON)


async def test_nothing_is_added_to_a_chat_that_was_forgotten(storage: Storage) -> None:
    chat = await storage.transcripts.open("mine", NOON)
    await storage.transcripts.add(chat, SAID, NOON)
    await storage.transcripts.take(chat, "form", NOON)
    await storage.transcripts.forget(chat)
    assert await storage.transcripts.add(chat, ANSWER, NOON) is None
    assert await storage.transcripts.messages(chat) == []
    assert await storage.transcripts.open("mine", NOON) > chat


async def test_messages_go_after_thirty_days_and_chats_with_their_questions(storage: Storage) -> None:
    chat = await storage.transcripts.open("mine", NOON)
    await storage.transcripts.add(chat, SAID, NOON)
    await storage.purge(NOON + timedelta(days=29), 180)
    assert await _texts(storage, chat) == [SAID.text]
    await storage.purge(NOON + timedelta(days=31), 180)
    assert await _texts(storage, chat) == []
    assert await storage.transcripts.add(chat, ANSWER, NOON + timedelta(days=31)) is not None
    await storage.purge(NOON + timedelta(days=200), 180)
    assert await storage.transcripts.chat("mine") is None


async def test_shorter_retention_counts_for_messages_too(storage: Storage) -> None:
    chat = await storage.transcripts.open("mine", NOON)
    await storage.transcripts.add(chat, SAID, NOON)
    await storage.purge(NOON + timedelta(days=2), 1)
    assert await _texts(storage, chat) == []


async def test_text_that_no_database_takes_is_kept_without_what_it_refuses(storage: Storage) -> None:
    chat = await storage.transcripts.open("mine", NOON)
    await storage.transcripts.add(chat, MessageContent("a\0b\ud800c", "ko"), NOON)
    assert await _texts(storage, chat) == ["a\ufffdb\ufffdc"]
