"""Minutes of sending on a clock that jumps."""

import random
from collections import deque
from itertools import pairwise

import pytest

from handlers.telegram.outbox.rate_limiter import RateLimiter
from tests.handlers.telegram.outbox.simulation import Limits, Message, Simulation, at_random, no_limits

BEGIN = 1000.0


def burst(count: int, chats: int, at: float = BEGIN) -> list[Message]:
    """So many messages at once, to so many chats in turn."""
    return [Message(number % chats + 1, at + number * 1e-6) for number in range(count)]


def steady(count: int, chats: int, rate: float, seed: int = 1) -> list[Message]:
    """So many messages a second, to chats that are drawn."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    return [Message(draw.randint(1, chats), BEGIN + number / rate) for number in range(count)]


def took(messages: list[Message]) -> float:
    return max(message.sent or 1e9 for message in messages) - messages[0].asked


@pytest.mark.parametrize("latency", [0.001, 0.05])
def test_without_limits_a_backlog_goes_out_fast(latency: float) -> None:
    messages = burst(1000, 500)
    simulation = Simulation(no_limits, latency)
    simulation.run(messages)
    assert took(messages) < 5
    assert simulation.most_under_way == 16


def test_without_limits_one_citizens_messages_are_not_paced() -> None:
    messages = burst(100, 1)
    Simulation(no_limits, 0.05).run(messages)
    assert took(messages) < 6


@pytest.mark.parametrize("chats", [20, 50, 300])
@pytest.mark.parametrize("latency", [0.001, 0.05, 0.3])
def test_a_burst_under_telegrams_limits_is_refused_at_most_one_call_in_a_hundred(chats: int, latency: float) -> None:
    messages = burst(1000, chats)
    simulation = Simulation(Limits(), latency)
    simulation.run(messages)
    assert simulation.refusals <= 10
    fastest = min(30 / (1 + latency), chats)
    assert took(messages) < 1.1 * 1000 / fastest + 3


@pytest.mark.parametrize("chats", [1, 5, 10])
def test_a_burst_in_few_chats_learns_how_fast_a_chat_may_be(chats: int) -> None:
    messages = burst(300, chats)
    simulation = Simulation(Limits(), 0.05)
    simulation.run(messages)
    assert simulation.refusals <= 8
    assert took(messages) < 1.1 * 300 / chats + 5


def test_groups_never_get_more_than_twenty_a_minute() -> None:
    messages = [Message(-5, BEGIN) for _ in range(100)]
    simulation = Simulation(no_limits, 0.05)
    simulation.run(messages)
    sent = [message.sent or 0 for message in messages]
    assert all(later - earlier >= 60 for earlier, later in zip(sent, sent[20:], strict=False))
    assert 240 <= took(messages) < 250


def test_a_group_that_waits_does_not_hold_back_others() -> None:
    messages = [Message(-5, BEGIN) for _ in range(30)] + burst(100, 100)
    Simulation(no_limits, 0.05).run(messages)
    assert took(messages[30:]) < 3


@pytest.mark.parametrize("seed", range(5))
def test_refusals_at_random_do_not_slow_other_chats(seed: int) -> None:
    messages = steady(500, 500, 50, seed)
    limiter = RateLimiter()
    simulation = Simulation(at_random(0.1, seed), 0.05, limiter)
    simulation.run(messages)
    assert 20 <= simulation.refusals <= 100
    alone = [message for message in messages if not _was_behind_a_refusal(message, messages)]
    delays = sorted((message.sent or 1e9) - message.asked for message in alone)
    assert delays[int(len(delays) * 0.99)] < 0.3


def test_refusals_at_random_are_seldom_taken_for_a_limit() -> None:
    taken = 0
    for seed in range(25):
        simulation = Simulation(at_random(0.1, seed), 0.05)
        simulation.run(steady(500, 50, 50, seed))
        taken += not simulation.limiter.is_free(simulation.now)
    assert taken <= 2


def test_a_limit_on_all_calls_is_kept_and_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.rate_limiter._RATE_FIRST_HOLD", 20.0)
    messages = burst(2000, 40)
    simulation = Simulation(Limits(), 0.05)
    simulation.run(messages)
    assert 10 < simulation.refusals <= 30
    assert took(messages) < 1.1 * 2000 / 28.5


def test_a_limit_that_is_gone_is_forgotten() -> None:
    limits = Limits()
    simulation = Simulation(lambda chat, now: limits(chat, now) if now < BEGIN + 60 else 0, 0.05)
    simulation.run([*burst(300, 100), *(late := burst(800, 100, BEGIN + 400))])
    assert took(late) < 8


def test_a_chats_limit_that_is_gone_is_forgotten() -> None:
    limits = Limits(over_all=1000)
    simulation = Simulation(lambda chat, now: limits(chat, now) if now < BEGIN + 20 else 0, 0.05)
    simulation.run([*burst(30, 2), *(late := burst(200, 2, BEGIN + 100))])
    assert took(late) < 15


def test_a_ban_of_half_a_minute_is_met_with_few_calls() -> None:
    messages = steady(1000, 500, 20)
    simulation = Simulation(lambda _, now: BEGIN + 30 - now if BEGIN + 2 < now < BEGIN + 30 else 0, 0.05)
    simulation.run(messages)
    assert simulation.refusals < 90
    assert took(messages) < 120


def test_a_lower_limit_is_found() -> None:
    messages = burst(1000, 400)
    simulation = Simulation(Limits(over_all=10), 0.05)
    simulation.run(messages)
    assert simulation.refusals < 500
    assert took(messages) < 150


def test_one_chat_that_is_refused_again_and_again_slows_no_other() -> None:
    messages = [Message(1, BEGIN), *steady(1, 1, 1), *[Message(2, BEGIN + 30 + n) for n in range(20)]]
    simulation = Simulation(lambda chat, now: 1 if chat == 1 and now < BEGIN + 60 else 0, 0.05)
    simulation.run(messages)
    assert simulation.refusals > 40
    assert simulation.limiter.is_free(simulation.now)


def test_calls_are_spread_while_a_limit_is_kept() -> None:
    simulation = Simulation(Limits(), 0.05)
    messages = burst(300, 300)
    simulation.run(messages)
    sent = sorted(message.sent or 0 for message in messages)[60:]
    assert max(_most_within(sent, 0.1)) <= 5
    assert all(later > earlier for earlier, later in pairwise(sent))


def _was_behind_a_refusal(message: Message, messages: list[Message]) -> bool:
    """Whether it, or one of its chat that was asked for just before, was refused."""
    return any(
        other.refused and other.chat == message.chat and other.asked <= message.asked <= (other.sent or 1e9)
        for other in messages
    )


def _most_within(times: list[float], seconds: float) -> list[int]:
    window: deque[float] = deque()
    counts = []
    for time in times:
        window.append(time)
        while window[0] < time - seconds:
            window.popleft()
        counts.append(len(window))
    return counts
