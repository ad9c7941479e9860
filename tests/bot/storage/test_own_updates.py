"""What was stored just before the database was gone is surely its own; whatever is older another may have claimed."""

from bot.delivery import WaitingUpdate
from bot.storage.inbox import OwnUpdates
from tests.bot.storage.building import NOON
from tests.bot.storage.delivering import in_seconds


def _waiting(number: int, chat: int = 0, seconds: float = 0.0) -> WaitingUpdate:
    return WaitingUpdate(number, chat or number, "{}", 0, in_seconds(seconds))


def _numbers(own: OwnUpdates, gone_since: float, limit: int = 9) -> list[int]:
    return [waiting.number for waiting in own.taken(limit, (), NOON, gone_since)]


def test_what_was_stored_shortly_before_it_was_gone_is_given_however_late_that_is_seen() -> None:
    own = OwnUpdates()
    own.keep([_waiting(1)], 100.0)
    own.keep([_waiting(2)], 100.4)
    own.keep([_waiting(3)], 101.0)
    assert _numbers(own, 101.6) == [2, 3]
    assert _numbers(own, 101.4) == [1], "each once"


def test_the_first_of_each_chat_is_given_and_no_more_than_is_wanted() -> None:
    own = OwnUpdates()
    own.keep([_waiting(3, 8), _waiting(2, 7), _waiting(1, 7), _waiting(4, 9)], 100.0)
    assert _numbers(own, 100.0, limit=2) == [1, 3]
    assert _numbers(own, 100.0) == [2, 4]


def test_what_is_not_wanted_now_is_left() -> None:
    own = OwnUpdates()
    own.keep([_waiting(1), _waiting(2, seconds=1)], 100.0)
    assert own.taken(9, [1], NOON, 100.0) == []
    assert _numbers(own, 100.0) == [1]
    assert own.taken(9, (), in_seconds(1), 100.0) == [_waiting(2, seconds=1)]


def test_what_is_claimed_or_anybodys_is_forgotten_and_in_the_end_everything() -> None:
    own = OwnUpdates()
    own.keep([_waiting(1), _waiting(2)], 100.0)
    own.forget([1, 99])
    assert _numbers(own, 100.0) == [2]
    own.keep([_waiting(3)], 100.0)
    own.keep([_waiting(4)], 200.0)
    assert len(own) == 1
    own.forget_all()
    assert len(own) == 0
