from itertools import pairwise

from handlers.telegram.outbox.outage import Outage


def fail(outage: Outage, chats: int, times: int = 5) -> None:
    for number in range(times):
        outage.failed(number % chats, 100.0)


def test_begins_after_five_failures_in_more_than_one_chat() -> None:
    outage = Outage()
    fail(outage, 2, 4)
    assert not outage.lasts
    fail(outage, 2, 1)
    assert outage.lasts


def test_a_chat_that_always_fails_is_no_outage() -> None:
    outage = Outage()
    fail(outage, 1, 50)
    assert not outage.lasts
    assert outage.wait(100.0) == 0


def test_an_answer_between_failures_is_no_outage() -> None:
    outage = Outage()
    fail(outage, 4, 4)
    outage.answered()
    fail(outage, 4, 4)
    assert not outage.lasts


def test_one_call_a_second_is_tried_and_later_one_in_five() -> None:
    outage = Outage()
    fail(outage, 2)
    now, tried = 100.0, []
    while now < 130:
        now += outage.wait(now)
        outage.began(now)
        tried.append(now)
    gaps = [round(later - earlier, 3) for earlier, later in pairwise(tried)]
    assert tried[0] == 101
    assert gaps[0] == 1
    assert gaps == sorted(gaps)
    assert gaps[-1] == 5


def test_ends_with_the_first_answer() -> None:
    outage = Outage()
    fail(outage, 2)
    outage.answered()
    assert not outage.lasts
    fail(outage, 2, 4)
    assert not outage.lasts


async def test_whoever_waits_for_its_end_tries_one_after_another() -> None:
    outage = Outage()
    fail(outage, 2)
    moments = iter([100.9995, 101.0005, 101.0005])
    await outage.over(lambda: next(moments))
    assert outage.wait(101.0005) > 0.9
