"""How much goes into the staff group."""

from handlers.telegram.staff.staff_group import MOST_A_MINUTE, CallBudget


def test_cards_leave_room_for_replies_to_people() -> None:
    now = 100.0
    budget = CallBudget(lambda: now)
    assert 0 < budget.left() < MOST_A_MINUTE
    budget.spend(budget.left())
    assert budget.left() == 0
    now = 159.9
    assert budget.left() == 0
    now = 160.1
    assert budget.left() > 0


def test_replies_to_people_are_counted_however_many() -> None:
    budget = CallBudget(lambda: 5.0)
    budget.spend(100)
    assert budget.left() == 0
