from itertools import pairwise

from handlers.telegram.outbox.gateway import CALL_SECONDS, CircuitBreaker


def fail(circuit: CircuitBreaker, chats: int, times: int = 5) -> None:
    for number in range(times):
        circuit.failed(number % chats, 100.0)


def test_opens_after_five_failures_in_more_than_one_chat() -> None:
    circuit = CircuitBreaker()
    fail(circuit, 2, 4)
    assert not circuit.is_open
    fail(circuit, 2, 1)
    assert circuit.is_open


def test_a_chat_that_always_fails_opens_nothing() -> None:
    circuit = CircuitBreaker()
    fail(circuit, 1, 50)
    assert not circuit.is_open
    assert circuit.wait(100.0) == 0


def test_an_answer_between_failures_opens_nothing() -> None:
    circuit = CircuitBreaker()
    fail(circuit, 4, 4)
    circuit.answered()
    fail(circuit, 4, 4)
    assert not circuit.is_open


def test_one_call_a_second_is_tried_and_later_one_in_three() -> None:
    circuit = CircuitBreaker()
    fail(circuit, 2)
    now, tried = 100.0, []
    while now < 130:
        now += circuit.wait(now)
        circuit.began(1, now)
        circuit.failed(1, now)
        tried.append(now)
    gaps = [round(later - earlier, 3) for earlier, later in pairwise(tried)]
    assert tried[0] == 101
    assert gaps[0] == 1
    assert gaps == sorted(gaps)
    assert gaps[-1] == 3


def test_closes_with_the_first_answer() -> None:
    circuit = CircuitBreaker()
    fail(circuit, 2)
    circuit.answered()
    assert not circuit.is_open
    fail(circuit, 2, 4)
    assert not circuit.is_open


def test_nothing_else_is_tried_before_a_try_has_ended() -> None:
    circuit = CircuitBreaker()
    fail(circuit, 2)
    circuit.began(7, 101)
    assert circuit.wait(103) > 0
    circuit.failed(8, 104)  # one that was under way before
    assert circuit.wait(104) > 0
    circuit.failed(7, 105)
    assert circuit.wait(105) == 0


def test_a_try_whose_end_nobody_tells_holds_nothing_up_for_longer_than_a_call_may_take() -> None:
    circuit = CircuitBreaker()
    fail(circuit, 2)
    circuit.began(7, 101)
    assert circuit.wait(101 + CALL_SECONDS) == 0


def test_what_says_that_telegram_can_be_reached_lets_the_next_call_be_tried_at_once() -> None:
    circuit = CircuitBreaker()
    fail(circuit, 2)
    circuit.began(7, 101)
    circuit.may_be_tried(102)
    assert circuit.wait(102) == 0
    assert circuit.is_open
