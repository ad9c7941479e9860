"""How much goes into the staff group."""

from handlers.telegram.staff.pace import MOST_A_MINUTE, Pace


def test_cards_leave_room_for_replies_to_people() -> None:
    now = 100.0
    pace = Pace(lambda: now)
    assert 0 < pace.room() < MOST_A_MINUTE
    pace.spend(pace.room())
    assert pace.room() == 0
    now = 159.9
    assert pace.room() == 0
    now = 160.1
    assert pace.room() > 0


def test_replies_to_people_are_counted_however_many() -> None:
    pace = Pace(lambda: 5.0)
    pace.spend(100)
    assert pace.room() == 0
