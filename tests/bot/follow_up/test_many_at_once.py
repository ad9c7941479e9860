"""Citizens, staff and jobs of two instances at once leave no group, count or asker that does not fit."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable

import pytest

from bot.errors import StorageError
from bot.records.errors import FollowUpError
from bot.records.groups import GroupState, StaffMember
from bot.records.questions import AskerState
from bot.storage.follow_up.groups import state_of_questions
from bot.storage.storage import Storage
from tests.bot.follow_up.building import CHANNEL, KIM, LEE, Office

CITIZENS, ACTS = 40, 25
LAST = 5000
"""The citizen who asks when all is over, and is told whatever the others did."""
CLOSED = (GroupState.ANSWERED, GroupState.DISMISSED)


class _Town:
    """Two instances with citizens who ask and withdraw, and staff who do whatever comes into their minds."""

    def __init__(self, offices: list[Office], seed: int) -> None:
        self.offices = offices
        self._chance = random.Random(seed)  # noqa: S311  # seeded draws, not secrets

    async def live(self) -> None:
        one, other = self.offices
        citizens = [self._ask(self._chance.choice(self.offices), 1000 + number) for number in range(CITIZENS)]
        staff = [self._work(one, KIM), self._work(other, LEE), self._work(one, LEE)]
        await asyncio.gather(*citizens, *staff, self._jobs(one), self._jobs(other))

    async def _ask(self, office: Office, chat: int) -> None:
        await asyncio.sleep(self._chance.random())
        await _forgiven(office.ask(f"{self._chance.choice('가나다라')} 질문 {chat}", chat))
        asked = await office.follow_up.citizens.mine(CHANNEL, chat)
        if asked and self._chance.random() < 0.2:
            await _forgiven(office.follow_up.citizens.withdraw(asked[0].receipt, CHANNEL, chat))

    async def _work(self, office: Office, by: StaffMember) -> None:
        for _ in range(ACTS):
            numbers = [group.number for group in await office.follow_up.desk.groups(list(GroupState))]
            if numbers:
                await _forgiven(self._act(office, self._chance.choice(numbers), self._chance.choice(numbers), by))
            office.clock.pass_(seconds=self._chance.choice([1, 20, 70]))
            await asyncio.sleep(0.03)

    async def _act(self, office: Office, group: int, other: int, by: StaffMember) -> None:
        staff = office.follow_up.desk
        members = [question.number for question in await staff.questions(group)]
        acts: list[Awaitable[object]] = [
            staff.take(group, by),
            staff.hand_over(group, by),
            staff.answer(group, "네", "ko", by),
            staff.link(group, "place", by),
            staff.dismiss(group, "무관", by),
            staff.reopen(group, by),
            staff.merge(group, other, by),
            staff.split(group, members[::2], by),
            staff.undo(group, by),
            staff.ask_back(group, "어디요?", by),
        ]
        chosen = acts.pop(self._chance.randrange(len(acts)))
        for act in acts:
            act.close()  # type: ignore[attr-defined]
        await chosen

    async def _jobs(self, office: Office) -> None:
        for _ in range(ACTS):
            await _forgiven(office.follow_up.placement.place_open(office.placer))
            await _forgiven(office.tell())
            await asyncio.sleep(0.05)


async def _forgiven(act: Awaitable[object]) -> None:
    """Being refused belongs to it, and so does being asked to try again."""
    try:
        await act
    except (FollowUpError, StorageError):
        return


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.soak)])
async def test_everything_fits_after_much_at_once(url: str, seed: int) -> None:
    async with Storage.open(url) as one, Storage.open(url) as other:
        town = _Town([Office(one), Office(other)], seed)
        await town.live()
        office = town.offices[0]
        await office.follow_up.desk.answer(await office.group("끝 질문", first_chat=LAST), "네", "ko", KIM)
        office.clock.pass_(days=1)
        await office.follow_up.placement.place_open(office.placer)
        await office.tell()
        told = Counter(chat for chat, text in await office.deliver() if not text.startswith("question"))
        assert told[LAST] == 1
        assert max(told.values()) == 1
        await _assert_groups_fit(office)


async def _assert_groups_fit(office: Office) -> None:
    answered = 0
    for group in await office.follow_up.desk.groups(list(GroupState)):
        members = await office.follow_up.desk.questions(group.number)
        assert len(members) == group.count
        assert {question.state for question in members} <= {state_of_questions(group.state)}
        answered += group.count * (group.state is GroupState.ANSWERED)
        if group.state in CLOSED:
            assert not (await office.follow_up.desk.askers(group.number)).get(AskerState.WAITING)
        if group.state is not GroupState.ANSWERED:
            assert not await office.storage.follow_up.drafts.of_group(group.number)
    assert (await office.follow_up.reports.statistics(400)).total.answered_by_staff == answered
