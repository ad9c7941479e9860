"""What citizens chose teaches how else an entry is asked for; it is offered, never added by itself."""

from datetime import timedelta

import pytest

from bot.records.drafts import CitizensWording
from bot.records.errors import UnknownSuggestionError
from tests.bot.follow_up.building import CHANNEL, KIM, Office, offered


async def _suggested(office: Office) -> list[tuple[str, str, int]]:
    return [(each.text, each.entry_id, each.people) for each in await office.follow_up.drafts.suggested()]


async def test_people_are_counted_not_questions(office: Office) -> None:
    first = await offered(office, "돈이 얼마나 든대요", 100, "budget")
    await offered(office, "돈이 얼마나 든대요?", 100, "budget")
    await offered(office, "돈이 얼마나 든대요", 200, "budget")
    await offered(office, "어디 생긴대", 300, "place")
    assert await office.follow_up.drafts.suggested() == [
        CitizensWording(first, "돈이 얼마나 든대요", "ko", "budget", 2),
        CitizensWording(first + 3, "어디 생긴대", "ko", "place", 1),
    ]


async def test_what_was_not_chosen_teaches_nothing(office: Office) -> None:
    await offered(office, "돈이 얼마나 든대요", 100)
    assert await _suggested(office) == []


async def test_the_same_asked_before_in_other_words_counts_too(office: Office) -> None:
    await office.storage.questions.turn_down(await offered(office, "그거 얼마", 100))
    await offered(office, "돈이 얼마나 든대요", 100, "budget")
    await office.storage.questions.turn_down(await offered(office, "남의 말", 200))
    assert await _suggested(office) == [("그거 얼마", "budget", 1), ("돈이 얼마나 든대요", "budget", 1)]


async def test_what_was_asked_long_before_is_another_question(office: Office) -> None:
    await office.storage.questions.turn_down(await offered(office, "그거 얼마", 100))
    office.clock.pass_(minutes=11)
    await offered(office, "돈이 얼마나 든대요", 100, "budget")
    assert await _suggested(office) == [("돈이 얼마나 든대요", "budget", 1)]


async def test_neither_masked_numbers_nor_entries_that_are_gone_are_suggested(office: Office) -> None:
    await offered(office, "010-1234-5678 예산", 100, "budget")
    await offered(office, "옛날 것", 100, "gone")
    assert await _suggested(office) == []


async def test_accepted_wording_is_a_draft_and_suggested_no_more(office: Office) -> None:
    number = await offered(office, "돈이 얼마나 든대요", 100, "budget")
    draft = await office.follow_up.drafts.accept(number, KIM)
    assert (draft.entry_id, draft.content.phrasings) == ("budget", {"ko": ("돈이 얼마나 든대요",)})
    assert await _suggested(office) == []
    with pytest.raises(UnknownSuggestionError, match="drafts suggest"):
        await office.follow_up.drafts.accept(number, KIM)


async def test_discarded_wording_is_not_suggested_again(office: Office) -> None:
    draft = await office.follow_up.drafts.accept(await offered(office, "돈이 얼마나 든대요", 100, "budget"), KIM)
    await office.follow_up.drafts.discard([draft.number], KIM)
    assert await _suggested(office) == []


async def test_who_is_forgotten_teaches_nothing(office: Office) -> None:
    await offered(office, "돈이 얼마나 든대요", 100, "budget")
    await office.follow_up.citizens.forget(CHANNEL, 100)
    assert await _suggested(office) == []


async def test_wordings_are_destroyed_with_their_questions(office: Office) -> None:
    await offered(office, "돈이 얼마나 든대요", 100, "budget")
    await office.storage.purge(office.clock() + timedelta(days=31), 30)
    assert await _suggested(office) == []
