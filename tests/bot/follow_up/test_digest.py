"""Staff are reminded once of what is overdue, and get one digest a day."""

from tests.bot.follow_up.building import KIM, Office


async def test_group_is_overdue_after_seven_days_and_reminded_of_once(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    office.clock.pass_(days=7)
    assert await office.follow_up.reports.overdue() == []
    office.clock.pass_(seconds=1)
    assert [group.number for group in await office.follow_up.reports.overdue()] == [number]
    assert [await office.follow_up.reports.remind(number) for _ in range(2)] == [True, False]
    assert await office.follow_up.reports.overdue() == []
    assert (await office.follow_up.reports.digest()).overdue == 1


async def test_closed_groups_are_never_overdue(office: Office) -> None:
    answered = await office.group("셔틀 있나요?")
    dismissed = await office.group("장난 이에요", first_chat=200)
    await office.follow_up.desk.answer(answered, "네", "ko", KIM)
    await office.follow_up.desk.dismiss(dismissed, "장난", KIM)
    office.clock.pass_(days=30)
    assert await office.follow_up.reports.overdue() == []
    assert not (await office.follow_up.desk.group(answered)).is_overdue(office.clock())


async def test_digest_says_how_the_work_stands(strict_office: Office) -> None:
    office = strict_office
    numbers = [await office.group(f"{index} 질문", first_chat=100 + index) for index in range(4)]
    often = await office.group("주차 되나요?", "주차 얼마?", first_chat=200)
    await office.follow_up.desk.take(numbers[0], KIM)
    await office.follow_up.desk.answer(numbers[1], "네", "ko", KIM)
    await office.follow_up.desk.dismiss(numbers[2], "장난", KIM)
    office.clock.pass_(days=8)
    digest = await office.follow_up.reports.digest()
    assert (digest.open, digest.taken, digest.drafted, digest.overdue) == (2, 1, 1, 4)
    assert digest.most_asked[0].number == often
    assert [group.number for group in digest.most_overdue] == [numbers[0], numbers[1], numbers[3], often]


async def test_digest_counts_drafts_and_citizens_that_were_not_reached(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    await office.follow_up.desk.answer(number, "네", "ko", KIM)
    office.clock.pass_(minutes=1)
    await office.tell()
    await office.deliver(blocked=[100])
    digest = await office.follow_up.reports.digest()
    assert (digest.new_drafts, digest.failed) == (1, 1)


async def test_digest_is_sent_once_a_day_of_the_city(office: Office) -> None:
    assert [await office.follow_up.reports.claim_digest("telegram") for _ in range(2)] == [True, False]
    assert await office.follow_up.reports.claim_digest("web")
    office.clock.pass_(hours=4)  # past midnight in Seoul
    assert await office.follow_up.reports.claim_digest("telegram")


async def test_reviews_are_told_once_a_month_of_the_city(office: Office) -> None:
    assert [await office.follow_up.reports.claim_reviews("telegram") for _ in range(2)] == [True, False]
    assert await office.follow_up.reports.claim_digest("telegram")
    office.clock.pass_(days=31)
    assert await office.follow_up.reports.claim_reviews("telegram")
