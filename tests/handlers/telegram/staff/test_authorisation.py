"""Who is not of the staff can do nothing, however they try; each try is told and recorded."""

from collections.abc import Awaitable, Callable

import pytest

from bot.records.groups import GroupState
from bot.records.staff_sessions import Membership
from handlers.telegram.staff.authorisation import MOST_ATTEMPTS_AN_HOUR, _membership
from tests.bot_api.chats import Event
from tests.bot_api.refusals import Refusal
from tests.handlers.telegram.staff.building import KIM, STAFF, STRANGER, Office, told

Try = Callable[[Office, int], Awaitable[None]]
CITIZEN = 10
OTHER_GROUP = -100600


async def press_in_group(office: Office, group: int) -> None:
    """Somebody who can see the group, for example after being removed on another telephone."""
    await office.staff(STRANGER).press_data(office.card(group).message_id, f"st{group}")


async def reply_in_group(office: Office, group: int) -> None:
    await office.staff(STRANGER).type("아니요", reply_to=office.card(group).message_id)


async def command_in_group(office: Office, _: int) -> None:
    await office.staff(STRANGER).type("/open")


async def command_in_private(office: Office, _: int) -> None:
    await office.staff(CITIZEN, CITIZEN).type("/stats")


async def command_in_another_group(office: Office, _: int) -> None:
    await office.staff(KIM, OTHER_GROUP).type("/digest@ai_hub_city_bot")


async def press_a_forwarded_card(office: Office, group: int) -> None:
    card = office.staff().chat.messages[office.card(group).message_id]
    other = office.staff(KIM, OTHER_GROUP)
    other.chat.messages[5000] = card | {"message_id": 5000, "chat": other.chat.shown()}
    await other.press_data(5000, f"st{group}")


async def press_forged_data_in_private(office: Office, group: int) -> None:
    citizen = office.citizen(CITIZEN)
    await citizen.press_data(citizen.screen()[1].message_id, f"sx{group}")


async def press_forged_data_on_a_card(office: Office, group: int) -> None:
    """Even a member: what stands under no card is not theirs to press."""
    await office.staff(KIM).press_data(office.card(group).message_id, f"sv{group}:1")


async def act_after_leaving(office: Office, group: int) -> None:
    await office.staff(KIM).press("맡기")
    await office.staff(KIM).press("넘기기") if "넘기기" in office.card(group).labels else None
    office.staff().chat.members[KIM] = "left"
    office.seconds += 3
    await office.staff(KIM).press_data(office.card(group).message_id, f"sh{group}")


async def act_when_kicked(office: Office, group: int) -> None:
    office.staff().chat.members[STRANGER] = "kicked"
    await press_in_group(office, group)


async def act_when_restricted_and_gone(office: Office, group: int) -> None:
    office.staff().chat.members[STRANGER] = "restricted"
    await press_in_group(office, group)


async def act_anonymously(office: Office, group: int) -> None:
    chat = office.staff().chat
    await office.staff(1087968824).type("네", reply_to=office.card(group).message_id, sender_chat=chat.shown())


async def act_as_nobody_telegram_knows(office: Office, group: int) -> None:
    office.staff().chat.members[STRANGER] = "unknown"
    await press_in_group(office, group)


TRIES: tuple[Try, ...] = (
    press_in_group,
    reply_in_group,
    command_in_group,
    command_in_private,
    command_in_another_group,
    press_a_forwarded_card,
    press_forged_data_in_private,
    press_forged_data_on_a_card,
    act_after_leaving,
    act_when_kicked,
    act_when_restricted_and_gone,
    act_anonymously,
    act_as_nobody_telegram_knows,
)


@pytest.mark.parametrize("attempt", TRIES)
async def test_who_may_not_changes_nothing_and_is_recorded(office: Office, attempt: Try) -> None:
    group = await office.asked("수영장 있어요?")
    await attempt(office, group)
    (refused,) = await office.refusals()
    assert refused.after["tried"]
    assert (await office.group(group)).standing.answer is None
    assert (await office.group(group)).state in {GroupState.OPEN, GroupState.TAKEN}
    await office.minutes(2)
    assert told(office.citizen(CITIZEN)) == []


@pytest.mark.parametrize("attempt", [press_in_group, press_a_forwarded_card, press_forged_data_in_private])
async def test_who_pressed_is_told_so(office: Office, attempt: Try) -> None:
    group = await office.asked("수영장 있어요?")
    await attempt(office, group)
    chats = [office.telegram.chats.open(chat, "") for chat in (STAFF, OTHER_GROUP, CITIZEN)]
    notices = [event.text for chat in chats for event in chat.events if event.kind == "notice"]
    assert notices
    assert "할 수 있습니다." in notices[-1]


async def test_a_restricted_member_is_a_member(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    office.staff().chat.members[KIM] = "restricted member"
    await office.staff(KIM).press("맡기")
    assert (await office.group(group)).state is GroupState.TAKEN


async def test_nothing_is_done_while_telegram_cannot_be_asked(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    office.telegram.refuse_next("getChatMember", Refusal(500, "Internal Server Error"))
    before = len(office.staff().events())
    await office.staff(KIM).press("맡기")
    assert "확인할 수 없어" in _last(office.staff().events(before)).text
    assert (await office.group(group)).state is GroupState.OPEN
    await office.staff(KIM).press("맡기")
    assert (await office.group(group)).state is GroupState.TAKEN


async def test_membership_is_believed_for_three_seconds_at_most(office: Office) -> None:
    await office.asked("수영장 있어요?")
    await office.staff(KIM).press("맡기")
    asked = office.calls("getChatMember")
    office.seconds += 2.9
    await office.staff(KIM).press_data(office.card(1).message_id, "st1")
    assert office.calls("getChatMember") == asked
    office.seconds += 0.2
    await office.staff(KIM).press_data(office.card(1).message_id, "st1")
    assert office.calls("getChatMember") == asked + 1


def _last(events: list[Event]) -> Event:
    return events[-1]


async def test_who_tries_again_and_again_is_refused_each_time_and_recorded_some_times(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    card = office.card(group).message_id
    stranger = office.staff(STRANGER)
    for _ in range(MOST_ATTEMPTS_AN_HOUR + 5):
        await stranger.press_data(card, f"st{group}")
    assert len([event for event in stranger.events() if event.kind == "notice"]) == MOST_ATTEMPTS_AN_HOUR + 5
    assert len(await office.refusals()) == MOST_ATTEMPTS_AN_HOUR
    office.seconds += 3600
    await stranger.press_data(card, f"st{group}")
    assert len(await office.refusals()) == MOST_ATTEMPTS_AN_HOUR + 1
    assert (await office.group(group)).state is GroupState.OPEN


@pytest.mark.parametrize("status", ["administrator", "creator", "member"])
def test_another_bot_in_the_group_is_no_staff(status: str) -> None:
    assert _membership({"user": {"id": 9, "is_bot": True}, "status": status}) is Membership.STRANGER
    assert _membership({"user": {"id": 9, "is_bot": False}, "status": status}) is Membership.MEMBER
