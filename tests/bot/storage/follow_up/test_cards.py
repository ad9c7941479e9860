"""Where a group is shown is known, and which cards are behind."""

import pytest

from bot.records.groups import StaffMember
from bot.storage.follow_up.cards import Card
from tests.bot.follow_up.building import KIM, Office
from tests.bot.storage.building import NOON

STAFF_CHAT = -100


@pytest.fixture
def office(storage: object) -> Office:
    return Office(storage)  # type: ignore[arg-type]


async def test_card_is_found_by_its_group_and_by_its_message(office: Office) -> None:
    card = Card(7, STAFF_CHAT, 55, 3, 1)
    await office.storage.follow_up.cards.set(card)
    assert await office.storage.follow_up.cards.get(7, STAFF_CHAT) == card
    assert await office.storage.follow_up.cards.of_message(STAFF_CHAT, 55) == card
    assert await office.storage.follow_up.cards.of_message(STAFF_CHAT + 1, 55) is None
    assert await office.storage.follow_up.cards.get(8, STAFF_CHAT) is None


async def test_newer_card_takes_the_place_of_the_older(office: Office) -> None:
    for card in (Card(7, STAFF_CHAT, None, None, 1), Card(7, STAFF_CHAT, 56, None, 2)):
        await office.storage.follow_up.cards.set(card)
    assert await office.storage.follow_up.cards.get(7, STAFF_CHAT) == card


async def test_groups_without_a_card_or_with_an_old_one_are_stale(office: Office) -> None:
    shown, hidden = await office.group("셔틀 있나요?"), await office.group("주차 되나요?", first_chat=200)
    group = await office.follow_up.desk.group(shown)
    cards = office.storage.follow_up.cards
    await cards.set(Card(shown, STAFF_CHAT, 1, None, group.revision))
    assert await cards.stale(STAFF_CHAT, 10, NOON) == [hidden]
    await office.follow_up.desk.take(shown, KIM)
    assert sorted(await cards.stale(STAFF_CHAT, 10, NOON)) == [shown, hidden]
    await office.follow_up.desk.dismiss(hidden, "장난", KIM)
    assert await cards.stale(STAFF_CHAT, 10, NOON) == [shown]
    await cards.remove(shown, STAFF_CHAT)
    assert await cards.stale(STAFF_CHAT, 10, NOON) == [shown]


async def test_card_of_a_destroyed_group_is_an_orphan(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    cards = office.storage.follow_up.cards
    await cards.set(Card(number, STAFF_CHAT, 1, None, 1))
    assert await cards.orphans(STAFF_CHAT, 10) == []
    office.clock.pass_(days=200)
    await office.storage.purge(office.clock(), 180)
    assert [card.group for card in await cards.orphans(STAFF_CHAT, 10)] == [number]


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "'; DROP TABLE audit; --", "가" * 100])
async def test_any_name_of_a_staff_member_can_be_kept(office: Office, name: str) -> None:
    number = await office.group("셔틀 있나요?")
    group = await office.follow_up.desk.take(number, StaffMember("telegram:1", name))
    assert group.standing.taken
    assert len(group.standing.taken.by.name) == len(name)
    assert len((await office.follow_up.desk.audit())[0].by.name) == len(name)
