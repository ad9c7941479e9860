"""`/console` lets members of the staff into the console, in private, and nobody else."""

import re

import pytest

from bot.access.errors import NotSignedInError, NotStaffError, UnknownMembershipError
from handlers.telegram.staff.staff_handlers import StaffHandlers
from tests.bot_api.refusals import Refusal
from tests.handlers.telegram.staff.building import KIM, SIGN_IN, STRANGER, Office
from tests.local_telegram.citizen import Citizen


def _code(citizen: Citizen) -> str:
    found = re.search(re.escape(SIGN_IN) + r"\?code=(\S+)", citizen.screen()[-1].text)
    assert found
    return found[1]


async def _entered(office: Office, user: int = KIM) -> str:
    """The key of a session."""
    member = office.staff(user, user)
    await member.type("/console")
    return await office.access.enter(_code(member))


async def test_a_member_gets_a_link_in_private(office: Office) -> None:
    key = await _entered(office)
    assert (await office.access.session(key)).member.id == f"telegram:{KIM}"


async def test_the_link_is_not_given_where_others_read_along(office: Office) -> None:
    await office.staff(KIM).type("/console")
    assert "1:1 대화" in office.last().text
    assert SIGN_IN not in office.last().text


@pytest.mark.parametrize("user", [STRANGER, 10])
async def test_nobody_else_gets_one_and_the_try_is_recorded(office: Office, user: int) -> None:
    stranger = office.staff(user, user)
    await stranger.type("/console")
    assert SIGN_IN not in stranger.screen()[-1].text
    assert [record.after["tried"] for record in await office.refusals()] == ["/console"]


async def test_nobody_gets_one_while_telegram_cannot_say_who_is_staff(office: Office) -> None:
    office.telegram.refuse_next("getChatMember", Refusal(500, "Internal Server Error"))
    member = office.staff(KIM, KIM)
    await member.type("/console")
    assert SIGN_IN not in member.screen()[-1].text


async def test_who_leaves_the_group_is_out_of_the_console_three_seconds_later(office: Office) -> None:
    key = await _entered(office)
    office.staff().chat.members[KIM] = "left"
    office.seconds += 3
    with pytest.raises(NotStaffError):
        await office.access.session(key)
    office.staff().chat.members[KIM] = "member"
    office.seconds += 3
    with pytest.raises(NotSignedInError):
        await office.access.session(key)


async def test_a_session_waits_while_telegram_cannot_say(office: Office) -> None:
    key = await _entered(office)
    office.seconds += 3
    office.telegram.refuse_next("getChatMember", Refusal(500, "Internal Server Error"))
    with pytest.raises(UnknownMembershipError):
        await office.access.session(key)
    assert (await office.access.session(key)).member.id == f"telegram:{KIM}"


async def test_the_command_says_where_there_is_no_console(office: Office) -> None:
    office.router.staff = StaffHandlers(office.group_chat)
    member = office.staff(KIM, KIM)
    await member.type("/console")
    assert "켜져 있지 않습니다" in member.screen()[-1].text
