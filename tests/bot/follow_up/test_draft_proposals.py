"""An answer becomes a draft with the citizens' own words, and nothing personal in it."""

from datetime import date

import pytest

from bot.follow_up.drafts.proposals import usable_phrasing
from bot.masking import mask
from bot.records.drafts import DraftKind, new_slug
from knowledge.base import MAX_ID_LENGTH
from tests.bot.follow_up.building import KIM, Office


async def test_answered_group_drafts_an_entry(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀  버스\n언제 와요?", "셔틀있나요", "셔틀 제 번호는 010-1234-5678")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    draft = await office.storage.follow_up.drafts.of_group(number)
    assert draft
    assert (draft.kind, draft.entry_id, draft.group) == (DraftKind.ENTRY, "syeoteul-itnayo", number)
    assert draft.content.question == {"ko": "셔틀 있나요?"}
    assert draft.content.phrasings == {"ko": ("셔틀 버스 언제 와요?",)}
    assert draft.content.answer == {"ko": "있습니다."}
    assert (draft.content.topic, draft.content.as_of) == ("cluster", date(2026, 11, 22).isoformat())


async def test_linked_group_drafts_phrasings_that_the_entry_lacks(office: Office) -> None:
    number = await office.group("예산이 얼마예요??", "예산이 궁금해요")
    await office.follow_up.desk.link(number, "budget", KIM)
    draft = await office.storage.follow_up.drafts.of_group(number)
    assert draft
    assert (draft.kind, draft.entry_id) == (DraftKind.PHRASINGS, "budget")
    assert draft.content.asked() == [("ko", "예산이 궁금해요")]


async def test_linked_group_that_says_nothing_new_drafts_nothing(office: Office) -> None:
    number = await office.group("예산이 얼마예요??")
    await office.follow_up.desk.link(number, "budget", KIM)
    assert await office.storage.follow_up.drafts.listed() == []


async def test_two_drafts_never_have_one_id(office: Office) -> None:
    for first_chat, title in ((100, "셔틀 있나요?"), (200, "셔틀 있나요")):
        number = await office.group(title, first_chat=first_chat)
        await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
        draft = await office.storage.follow_up.drafts.of_group(number)
        assert draft
        await office.storage.follow_up.drafts.end([draft.number], "written", office.clock())  # type: ignore[arg-type]
    ids = [draft.entry_id for draft in await office.storage.follow_up.drafts.listed()]
    assert ids == ["syeoteul-itnayo", "syeoteul-itnayo-2"]


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("주차 요금이 얼마예요?", "jucha-yogeumi-eolmayeyo"),
        ("How much is the parking fee?", "how-much-is-the"),
        ("AI 캠프 2027년 모집", "ai-kaempeu-2027nyeon-mojip"),
        ("!!", "staff-answer"),
        ("가" * 300, "ga" * 22),
        ("😀 ĀĒ", "staff-answer"),
    ],
)
def test_id_is_readable_and_allowed(question: str, slug: str) -> None:
    assert new_slug(question, set()) == slug
    assert len(new_slug(question, {slug})) <= MAX_ID_LENGTH


def test_id_that_is_taken_gets_a_number() -> None:
    assert new_slug("parking", {"parking", "parking-2"}) == "parking-3"


@pytest.mark.parametrize(
    "number", ["010-1234-5678", "900101-1234567", "hong@naver.com", "1234-5678-1234-5678", "a@b.co"]
)
def test_masked_number_makes_no_phrasing(number: str) -> None:
    assert usable_phrasing(mask(f"제 번호는 {number} 입니다")) is None


@pytest.mark.parametrize("text", ["", "  ", "?!", "가" * 301, "\N{ZERO WIDTH SPACE}"])
def test_text_that_asks_nothing_makes_no_phrasing(text: str) -> None:
    assert usable_phrasing(text) is None


@pytest.mark.parametrize("text", ["예산이 얼마예요?", "[2026] 일정", "3 * 4 = 12", "a" * 300])
def test_other_texts_are_phrasings(text: str) -> None:
    assert usable_phrasing(text) == text
