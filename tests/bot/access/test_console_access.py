"""A code lets one member of the staff in, once and soon; a session ends when it is idle, old, or signed out of."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.access.console_access import ConsoleAccess
from bot.access.errors import NotSignedInError, NotStaffError, UnknownMembershipError, UnusableCodeError
from bot.records.groups import StaffMember
from bot.records.staff_sessions import Membership, tidy_code
from bot.storage.storage import Storage
from tests.bot.follow_up.building import KIM, LEE, Clock
from tests.bot.storage.conftest import file, sqlite_url, storage, url

__all__ = ["file", "sqlite_url", "storage", "url"]
TRIES = 100


@dataclass
class Roll:
    """Who is staff, as a test has it."""

    members: dict[str, Membership] = field(default_factory=dict)

    async def membership(self, member: StaffMember) -> Membership:
        return self.members.get(member.id, Membership.MEMBER)


@dataclass
class Entrance:
    """The way into the console, over a storage."""

    storage: Storage
    clock: Clock = field(default_factory=Clock)
    roll: Roll = field(default_factory=Roll)

    def __post_init__(self) -> None:
        self.access = ConsoleAccess(self.storage, self.roll, self.clock)

    async def enter(self, member: StaffMember = KIM) -> str:
        return await self.access.enter(await self.access.code(member))

    async def is_signed_in(self, key: str) -> bool:
        try:
            await self.access.session(key)
        except NotSignedInError:
            return False
        return True

    async def acts(self) -> list[str]:
        return [record.act.value for record in await self.storage.follow_up.audit.listed()]


@pytest.fixture
def entrance(storage: Storage) -> Entrance:
    return Entrance(storage)


async def test_a_code_lets_its_member_in(entrance: Entrance) -> None:
    session = await entrance.access.session(await entrance.enter(LEE))
    assert session.member == LEE
    assert await entrance.acts() == ["sign_in"]


async def test_a_code_is_taken_however_it_is_typed(entrance: Entrance) -> None:
    code = await entrance.access.code(KIM)
    assert await entrance.access.enter(f" {code.replace('-', ' ').lower()}\n")


async def test_a_code_lets_in_once(entrance: Entrance) -> None:
    code = await entrance.access.code(KIM)
    await entrance.access.enter(code)
    for _ in range(TRIES):
        with pytest.raises(UnusableCodeError):
            await entrance.access.enter(code)


async def test_a_code_is_void_after_five_minutes(entrance: Entrance) -> None:
    code = await entrance.access.code(KIM)
    entrance.clock.pass_(minutes=5)
    with pytest.raises(UnusableCodeError):
        await entrance.access.enter(code)


async def test_a_newer_code_makes_the_older_one_void(entrance: Entrance) -> None:
    older, newer = await entrance.access.code(KIM), await entrance.access.code(KIM)
    with pytest.raises(UnusableCodeError):
        await entrance.access.enter(older)
    assert await entrance.access.enter(newer)


@pytest.mark.parametrize("code", ["", "K7MP-3XQR-9DTW", "가나다", "' OR 1=1 --", "A" * 100_000, "\0", "\ud800"])
async def test_made_up_codes_let_nobody_in(entrance: Entrance, code: str) -> None:
    await entrance.access.code(KIM)
    with pytest.raises(UnusableCodeError):
        await entrance.access.enter(code)


@pytest.mark.parametrize("key", ["", "x", "x" * 10_000, "\0", "\ud800"])
async def test_made_up_keys_are_no_session(entrance: Entrance, key: str) -> None:
    await entrance.enter()
    assert not await entrance.is_signed_in(key)


async def test_a_session_ends_after_half_an_hour_without_a_request(entrance: Entrance) -> None:
    key = await entrance.enter()
    entrance.clock.pass_(minutes=29)
    assert await entrance.is_signed_in(key)
    entrance.clock.pass_(minutes=29)
    assert await entrance.is_signed_in(key)
    entrance.clock.pass_(minutes=30)
    assert not await entrance.is_signed_in(key)


async def test_what_a_page_asks_for_by_itself_keeps_no_session_open(entrance: Entrance) -> None:
    key = await entrance.enter()
    entrance.clock.pass_(minutes=29)
    await entrance.access.session(key, in_use=False)
    entrance.clock.pass_(minutes=1)
    assert not await entrance.is_signed_in(key)


async def test_a_session_ends_after_twelve_hours_however_much_it_is_used(entrance: Entrance) -> None:
    key = await entrance.enter()
    began = entrance.clock()
    while entrance.clock() < began + timedelta(hours=11, minutes=40):
        entrance.clock.pass_(minutes=20)
        assert await entrance.is_signed_in(key)
    entrance.clock.pass_(minutes=20)
    assert not await entrance.is_signed_in(key)


async def test_signing_out_ends_every_session_of_the_member_and_no_others(entrance: Entrance) -> None:
    keys, other = [await entrance.enter() for _ in range(3)], await entrance.enter(LEE)
    code = await entrance.access.code(KIM)
    await entrance.access.leave(KIM)
    assert [await entrance.is_signed_in(key) for key in [*keys, other]] == [False, False, False, True]
    with pytest.raises(UnusableCodeError):
        await entrance.access.enter(code)
    assert (await entrance.acts())[0] == "sign_out"


async def test_who_is_no_member_any_more_is_out_everywhere(entrance: Entrance) -> None:
    keys = [await entrance.enter() for _ in range(2)]
    entrance.roll.members[KIM.id] = Membership.STRANGER
    with pytest.raises(NotStaffError):
        await entrance.access.session(keys[0])
    del entrance.roll.members[KIM.id]
    assert not await entrance.is_signed_in(keys[1])
    assert (await entrance.acts())[0] == "refused"


async def test_a_code_does_not_let_in_who_left_meanwhile(entrance: Entrance) -> None:
    code = await entrance.access.code(KIM)
    entrance.roll.members[KIM.id] = Membership.STRANGER
    with pytest.raises(NotStaffError):
        await entrance.access.enter(code)


async def test_nobody_is_let_in_while_membership_is_unknown(entrance: Entrance) -> None:
    key = await entrance.enter()
    entrance.roll.members[KIM.id] = Membership.UNKNOWN
    with pytest.raises(UnknownMembershipError):
        await entrance.access.session(key)
    del entrance.roll.members[KIM.id]
    assert await entrance.is_signed_in(key)


async def test_neither_codes_nor_keys_are_in_the_database(entrance: Entrance) -> None:
    code, key = await entrance.access.code(LEE), await entrance.enter()
    kept = await entrance.storage._database.read(
        lambda connection: [
            *connection.exec_driver_sql("SELECT * FROM sign_in_codes").all(),
            *connection.exec_driver_sql("SELECT * FROM staff_sessions").all(),
        ]
    )
    assert len(kept) == 2
    assert not any(secret.encode() in repr(row).encode() for row in kept for secret in (code, tidy_code(code), key))


async def test_what_is_over_is_destroyed(entrance: Entrance) -> None:
    await entrance.enter()
    await entrance.access.code(KIM)
    later: datetime = entrance.clock() + timedelta(minutes=30)
    assert await entrance.storage.sign_in.purge(later - timedelta(seconds=1)) == 1
    assert await entrance.storage.sign_in.purge(later) == 1
