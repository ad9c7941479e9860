"""Whatever a program sends, only what a citizen may do changes anything; and what may be shown without a database."""

from collections.abc import AsyncIterator

import pytest

from bot.dialogue.dialogue import apology, too_many
from bot.dialogue.messages import (
    Action,
    ChatAddress,
    ChooseSuggestion,
    Commanded,
    NoneOfThese,
    Pressed,
    Said,
    ShowEntry,
    ShowTopic,
    ShowTopics,
    TellMe,
    Turn,
    Vote,
    Withdraw,
)
from bot.errors import StorageError
from bot.wording import sentences
from tests.bot.dialogue.chat import Chat, a_chat

STALE = sentences("ko").stale_button
ASKED = ChatAddress("test", 7)


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    async with a_chat() as chat:
        yield chat


@pytest.mark.parametrize(
    "action",
    [
        None,
        NoneOfThese(1),
        NoneOfThese(999),
        ChooseSuggestion(1, "budget"),
        TellMe(1),
        Vote("budget", helpful=True),
        Withdraw("A7K-3M4"),
        ShowEntry("gone"),
        ShowTopic("gone"),
        ShowTopic("training", 7),
    ],
)
async def test_a_forged_press_changes_nothing(chat: Chat, action: Action | None) -> None:
    (fallback,) = await chat.type("날씨 어때요?")
    (thanks,) = await chat.press_action(action, 99)
    assert (thanks.number, thanks.text) == (0, STALE)
    assert [str(state) for state in await chat.states()] == ["open"]
    assert fallback.text == chat.shown[fallback.number].text


@pytest.mark.parametrize("action", [ShowTopics(), ShowTopic("training"), ShowEntry("period")])
async def test_what_only_shows_something_needs_no_real_button(chat: Chat, action: Action) -> None:
    chat.shown[99] = (await chat.type("날씨 어때요?"))[0]
    assert [shown.number for shown in await chat.press_action(action, 99)] != [0]


async def test_turning_down_twice_says_so(chat: Chat) -> None:
    (suggestions,) = await chat.type("얼마나 들어요?")
    await chat.press_action(NoneOfThese(1), suggestions.number)
    chat.shown[suggestions.number] = suggestions
    notice, emptied = await chat.press_action(NoneOfThese(1), suggestions.number)
    assert notice.text == sentences("ko").turned_down_before
    assert not emptied.actions
    assert [str(state) for state in await chat.states()] == ["open"]


async def test_in_a_group_only_the_asker_may_and_nothing_is_for_everybody(chat: Chat) -> None:
    for content in (
        Pressed(NoneOfThese(1), "ko", (NoneOfThese(1),), 1, by_asker=False),
        Pressed(TellMe(1), "ko", (TellMe(1),), 1),
        Pressed(Vote("budget", helpful=False), "ko", (Vote("budget", helpful=False),), 1),
    ):
        (shown,) = await chat.take(Turn(ASKED, 2, content, "ko", called="bot"))
        assert shown.text == STALE
    for command in ("myquestions", "forget"):
        assert await chat.take(Turn(ASKED, 3, Commanded(command), "ko", called="bot")) == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("예산이 얼마예요?", True),
        ("/start", True),
        ("/start period", True),
        ("/topics", True),
        ("도움말", True),
        ("😀", True),
        ("날씨 어때요?", False),
        ("얼마나 들어요?", False),
        ("/forget", False),
        ("/myquestions", False),
    ],
)
async def test_without_a_database_what_need_not_be_written_is_shown(chat: Chat, said: str, shown: bool) -> None:
    with chat.storage.offline():
        considered = await chat.dialogue.consider(Turn(ASKED, 1, Said(said), "ko"))
    assert (considered.unwritten is not None) == shown


async def test_a_chosen_suggestion_waits_for_the_database(chat: Chat) -> None:
    (suggestions,) = await chat.type("얼마나 들어요?")
    action = suggestions.buttons[0].action
    pressed = Pressed(action, "ko", (action,), 1)
    considered = await chat.dialogue.consider(Turn(ASKED, suggestions.number, pressed, "ko"))
    assert considered.unwritten is None


async def test_nothing_is_written_while_a_turn_is_considered(chat: Chat) -> None:
    for text in ("날씨 어때요?", "얼마나 들어요?", "/forget"):
        await chat.dialogue.consider(Turn(ASKED, 1, Said(text), "ko"))
    assert await chat.states() == []


@pytest.mark.parametrize("command", ["/start", "/forget"])
async def test_nothing_of_a_conversation_is_kept_once_its_citizen_wants_that(chat: Chat, command: str) -> None:
    await chat.type("얼마나 들어요?")
    await chat.type("예산이 얼마예요?")
    await chat.press(sentences("ko").not_helpful)
    kept = [text async for place, text in chat.storage.texts() if place.startswith("conversations.")]
    assert len(kept) == 3
    await chat.type(command)
    assert [text async for place, text in chat.storage.texts() if place.startswith("conversations.")] == []


async def test_what_cannot_be_settled_is_undone_as_a_whole(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise StorageError("the database is full")

    monkeypatch.setattr(chat.dialogue._follow_up.citizens, "count", fail)
    with pytest.raises(StorageError):
        await chat.type("날씨 어때요?")
    assert await chat.states() == []


def test_an_apology_is_a_notice_for_whoever_pressed() -> None:
    said, pressed = Turn(ASKED, 1, Said("예산?"), "en"), Turn(ASKED, 1, Pressed(None, "ko"), "ko")
    assert apology(said).messages[0].text == sentences("ko").temporary_failure
    assert (apology(pressed).notice, apology(pressed).messages) == (sentences("ko").temporary_failure, ())
    assert too_many(said).messages[0].text == sentences("ko").too_many_questions
