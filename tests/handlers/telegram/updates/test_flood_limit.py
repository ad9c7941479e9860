from handlers.telegram.updates.intake import FloodGuard, Verdict

TAKEN, TELL, TOO_MANY = Verdict.TAKEN, Verdict.TELL, Verdict.TOO_MANY


def test_what_is_too_many_is_told_once() -> None:
    guard = FloodGuard(most=3, seconds=10)
    verdicts = [guard.judge(7, 100, str(number)) for number in range(6)]
    assert verdicts == [TAKEN, TAKEN, TAKEN, TELL, TOO_MANY, TOO_MANY]


def test_other_chats_are_not_counted() -> None:
    guard = FloodGuard(most=1, seconds=10)
    assert [guard.judge(chat, 100, "a") for chat in (7, 8, 9)] == [TAKEN] * 3


def test_a_backlog_that_was_written_slowly_is_no_flood() -> None:
    guard = FloodGuard(most=3, seconds=10)
    assert {guard.judge(7, 100 + 5 * number, str(number)) for number in range(100)} == {TAKEN}


def test_after_a_while_messages_are_taken_and_told_again() -> None:
    guard = FloodGuard(most=1, seconds=10)
    verdicts = [guard.judge(7, at, str(number)) for number, at in enumerate((100, 100, 100, 111, 111, 111))]
    assert verdicts == [TAKEN, TELL, TOO_MANY, TAKEN, TELL, TOO_MANY]


def test_a_second_delivery_gets_the_same_verdict() -> None:
    guard = FloodGuard(most=1, seconds=10)
    first = [guard.judge(7, 100, key) for key in "abc"]
    assert [guard.judge(7, 100, key) for key in "abc"] == first == [TAKEN, TELL, TOO_MANY]


def test_long_messages_count_as_several() -> None:
    guard = FloodGuard(most=10, seconds=10)
    verdicts = [guard.judge(7, 100, str(number), 4096) for number in range(4)]
    assert verdicts == [TAKEN, TAKEN, TELL, TOO_MANY]


def test_what_anybody_writes_counts_once() -> None:
    guard = FloodGuard(most=10, seconds=10)
    assert [guard.judge(7, 100, str(number), 200) for number in range(11)] == [TAKEN] * 10 + [TELL]
