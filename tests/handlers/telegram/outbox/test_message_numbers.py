from handlers.telegram.outbox.call_delivery import MOST_CANDIDATES, MessageNumbers, among_all, in_supergroup


def test_numbers_of_others_are_left_out() -> None:
    assert among_all(10, 13, {12}, {11}, 0)[:3] == [13, 14, 15]


def test_some_beyond_the_newest_are_tried() -> None:
    assert among_all(10, 10, set(), set(), 0) == list(range(11, 31))


def test_the_nearest_to_calls_of_the_same_time_come_first() -> None:
    candidates = among_all(100, 1000, {900, 901, 903}, set(), 0)
    assert {902, 899, 904, 101} <= set(candidates[:5])


def test_there_are_not_more_than_can_be_tried() -> None:
    assert len(among_all(0, 10_000_000, set(), set(), 0)) == MOST_CANDIDATES


def test_a_number_that_was_found_to_be_newer_counts() -> None:
    assert max(among_all(0, 5, {50}, {60}, 0)) == 80


def test_what_calls_may_have_sent_whose_ends_are_not_known_is_tried() -> None:
    assert max(among_all(10, 10, set(), set(), 48)) == 78


def test_in_a_supergroup_they_follow_the_newest_one_sent() -> None:
    assert in_supergroup(7)[:2] == [8, 9]
    assert in_supergroup(None) == []


def test_only_the_latest_numbers_are_remembered() -> None:
    numbers = MessageNumbers()
    for number in range(1, 20_003):
        numbers.came_in(number)
    assert min(numbers.above(0)) == 3
    assert numbers.newest == 20_002


def test_the_numbers_of_a_supergroup_are_its_own() -> None:
    numbers = MessageNumbers()
    numbers.was_sent(7, 5, begun=1.0)
    numbers.was_sent(-5, 6, begun=2.0)
    numbers.was_sent(-1_000_000_000_007, 900, begun=3.0)
    assert numbers.newest == 6
    assert numbers.newest_in(-1_000_000_000_007) == 900
    assert numbers.above(0) == {5, 6}


def test_what_was_sent_later_bounds_what_was_sent_before() -> None:
    numbers = MessageNumbers()
    assert numbers.below(1.0) is None
    numbers.was_sent(7, 5, begun=1.0)
    numbers.was_sent(8, 9, begun=3.0)
    numbers.was_sent(9, 8, begun=2.5)
    numbers.was_sent(-1_000_000_000_007, 2, begun=4.0)
    assert numbers.below(2.0) == 8
    assert numbers.below(3.5) is None
